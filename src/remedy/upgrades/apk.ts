import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, quote, quoteAlways } from '../words.ts';

/** apk, of Alpine, Wolfi and their kin. @see apk-tools doc/apk-package.5 and apk-v2.5 */
export const upgrade: PackageUpgrade = {
  id: 'apk',
  types: ['apk'],
  name: /^[A-Za-z0-9_][A-Za-z0-9._+-]{0,200}$/,
  version: /^[0-9][A-Za-z0-9._~-]{0,200}$/,
  remediations,
};

/** Subpackages of apk always have their origin's version. `>=` takes what the repository has now, for Alpine keeps no older version. */
function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      `apk add --no-cache --upgrade ${quoteAlways(`${name}>=${fixedVersion}`)}`,
      `Upgrades ${name}, and fails when ${fixedVersion} is not to be had`,
    ),
    command(`apk upgrade --no-cache ${quote(name)}`, `Upgrades ${name} to the newest version of the release`),
  ];
}
