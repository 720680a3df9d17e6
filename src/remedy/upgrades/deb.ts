import type { Remediation } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, isSafe, quote } from '../words.ts';

const name = /^[a-z0-9][a-z0-9+.-]{0,200}$/;

/** apt, of Debian, Ubuntu and their kin. @see Debian Policy 5.6.1 and 5.6.12 */
export const upgrade: PackageUpgrade = {
  id: 'deb',
  types: ['deb'],
  name,
  version: /^(?:\d{1,10}:)?[0-9][A-Za-z0-9.+~-]{0,200}$/,
  remediations,
};

/**
 * The fixed version is the source's. Debian's binary packages mostly carry it too, and then it can be named; where they don't (gcc-12-base of gcc-defaults), a version that no repository has
 * would make apt fail, and the newest one is asked for.
 */
function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const line = 'apt-get update && apt-get install -y --only-upgrade';
  const newest = command(
    `${line} ${quote(installed.name)}`,
    `Upgrades ${installed.name} to the newest version of the release; the flaw is gone from ${sourceName(installed)} ${fixedVersion} on`,
  );
  const sameVersion = installed.sourcePackage === undefined || installed.sourcePackage.version === installed.version;
  if (!sameVersion) return [newest];
  return [command(`${line} ${quote(`${installed.name}=${fixedVersion}`)}`, `Upgrades ${installed.name} to exactly ${fixedVersion}`), newest];
}

function sourceName(installed: InstalledPackage): string {
  const source = installed.sourcePackage?.name ?? installed.name;
  return isSafe(source, name) ? source : 'its source';
}
