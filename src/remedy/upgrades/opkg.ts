import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote } from '../words.ts';

/** opkg, of OpenWrt, Yocto and their kin. @see https://openwrt.org/docs/guide-user/additional-software/opkg */
export const upgrade: PackageUpgrade = {
  id: 'opkg',
  types: ['opkg'],
  name: /^[A-Za-z0-9][A-Za-z0-9+._-]{0,200}$/,
  version: /^(?:\d{1,10}:)?[A-Za-z0-9][A-Za-z0-9.+~_-]{0,200}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      `opkg update && opkg upgrade ${quote(name)}`,
      `Upgrades ${name} to the newest version of the feeds; the flaw is gone from ${fixedVersion} on`,
    ),
    manual(
      `If the feeds of this release have no ${fixedVersion}, take a newer release of the base image: feeds of a release seldom get new versions.`,
    ),
  ];
}
