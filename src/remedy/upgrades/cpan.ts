import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, manual, quote } from '../words.ts';

/** Perl: cpanm, and Carton where its lock file tells. Both take names of modules. @see https://metacpan.org/dist/App-cpanminus/view/bin/cpanm */
export const upgrade: PackageUpgrade = {
  id: 'cpan',
  types: ['cpan'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,100}(?:::[A-Za-z0-9_]{1,100}){0,20}$/,
  version: /^v?\d[0-9A-Za-z._-]{0,100}$/,
  remediations,
};

/** A distribution is mostly named after its main module: `HTTP-Tiny` after `HTTP::Tiny`. */
function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const module = name.replaceAll('-', '::');
  const caveat = manual(`If ${name} has no module ${module}, name one of the modules that it has.`);
  if (fileNameOf(installed) === 'cpanfile.snapshot') {
    return [
      command(
        `carton update ${quote(module)}`,
        `Run it in the project: it takes the newest ${module} that the cpanfile allows; the flaw is gone from ${fixedVersion} on`,
      ),
      caveat,
    ];
  }
  return [command(`cpanm ${quote(`${module}~${fixedVersion}`)}`, `Installs ${module} ${fixedVersion} or later`), caveat];
}
