import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { manual } from '../words.ts';

/** Updates of Windows itself. They come with the base image: a build cannot install them. @see https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/update-containers */
export const upgrade: PackageUpgrade = {
  id: 'windows-update',
  types: ['windows-update'],
  name: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,200}$/,
  version: /^(?:KB)?\d{1,12}(?:\.\d{1,12}){0,5}$/i,
  remediations,
};

function remediations({ fixedVersion }: FixablePackage): readonly Remediation[] {
  const what = /^\d+\./.test(fixedVersion)
    ? `of build ${fixedVersion} or later`
    : `that has ${/^KB/i.test(fixedVersion) ? fixedVersion : `KB${fixedVersion}`} or a later update`;
  return [
    manual(
      `Take a newer tag of the Windows base image, ${what}, and build again: updates of Windows come with the base image and are not installed in a build.`,
    ),
  ];
}
