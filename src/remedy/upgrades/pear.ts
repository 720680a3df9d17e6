import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote } from '../words.ts';

/** PEAR's packages and PECL's extensions of PHP. @see https://pear.php.net/manual/en/guide.users.commandline.installing.php */
export const upgrade: PackageUpgrade = {
  id: 'pear',
  types: ['pear'],
  name: /^[a-z0-9][a-z0-9.-]{0,200}\/[A-Za-z0-9_]{1,200}$/,
  version: /^\d[0-9A-Za-z.+]{0,100}$/,
  remediations,
};

const PECL = 'pecl.php.net/';

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  const isExtension = name.startsWith(PECL);
  const wanted = quote(`${isExtension ? name.slice(PECL.length) : name}-${fixedVersion}`);
  return [
    command(
      `${isExtension ? 'pecl' : 'pear'} upgrade ${wanted}`,
      `Installs ${name} ${fixedVersion}${isExtension ? '; PHP needs to be started again' : ''}`,
    ),
    manual(`What comes with PHP itself is replaced by a newer image of PHP: it has the PEAR packages of its day.`),
  ];
}
