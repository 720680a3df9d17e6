import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, quoteAlways } from '../words.ts';

/** Portage, of Gentoo and its kin. @see https://projects.gentoo.org/pms/8/pms.html#names-and-versions */
export const upgrade: PackageUpgrade = {
  id: 'portage',
  types: ['portage'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_+.-]{0,100}\/[A-Za-z0-9_][A-Za-z0-9_+-]{0,100}$/,
  version: /^\d{1,20}(?:\.\d{1,20}){0,20}[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d{0,20}){0,10}(?:-r\d{1,20})?$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  return [
    command(
      `emerge-webrsync && emerge --oneshot --update ${quoteAlways(`>=${name}-${fixedVersion}`)}`,
      `Fetches the tree and builds ${name} ${fixedVersion} or later, without adding it to the world file`,
    ),
  ];
}
