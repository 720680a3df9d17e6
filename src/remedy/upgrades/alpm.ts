import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command } from '../words.ts';

/** pacman, of Arch Linux and its kin. @see https://man.archlinux.org/man/PKGBUILD.5 */
export const upgrade: PackageUpgrade = {
  id: 'alpm',
  types: ['alpm'],
  name: /^[A-Za-z0-9@_+][A-Za-z0-9@._+-]{0,200}$/,
  version: /^(?:\d{1,10}:)?[A-Za-z0-9][A-Za-z0-9._+~]{0,100}(?:-\d{1,10}(?:\.\d{1,10})?)?$/,
  remediations,
};

/** @see https://wiki.archlinux.org/title/System_maintenance#Partial_upgrades_are_unsupported */
function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      'pacman -Syu --noconfirm',
      `Upgrades everything, and with it ${name} to ${fixedVersion} or later: partial upgrades are unsupported, so it cannot go up alone`,
    ),
  ];
}
