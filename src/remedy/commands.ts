import type { FixStatus, Remediation } from '../foundation/model/finding.ts';
import type { Distro } from '../foundation/model/image.ts';
import { isSystemType, type InstalledPackage, type PackageType } from '../foundation/model/package.ts';
import type { PackageUpgrade, VulnerablePackage } from './upgrade.ts';
import { upgrades } from './upgrades.generated.ts';
import { isSafe, manual, placeOf } from './words.ts';

const byType: ReadonlyMap<PackageType, PackageUpgrade> = new Map(
  upgrades.flatMap((upgrade) => upgrade.types.map((type) => [type, upgrade] as const)),
);

/**
 * Returns what puts a vulnerable package right, best first: a command for the image's build, or prose when there is no fixed version or the names are not fit for a shell.
 * Every word from the image is checked against its package manager's own grammar, and quoted.
 */
export function remediationsFor(vulnerable: VulnerablePackage): readonly Remediation[] {
  const { package: installed, fixedVersion, status, distro } = vulnerable;
  const upgrade = byType.get(installed.type);
  if (fixedVersion === undefined) return [withoutFix(installed, upgrade, status, distro)];
  if (upgrade === undefined || !isSafe(installed.name, upgrade.name) || !isSafe(fixedVersion, upgrade.version)) {
    return [manual('Update the package with its package manager. Its name or version is not one that belongs into a command, so none is given.')];
  }
  const remedies = upgrade.remediations({ ...vulnerable, fixedVersion });
  return installed.declaredOnly === true ? namingLockFile(remedies, installed) : remedies;
}

/** What only a lock file names may not be in the image at all, and a command that changes the image alone would be undone by it. */
function namingLockFile([best, ...others]: readonly Remediation[], installed: InstalledPackage): readonly Remediation[] {
  if (best === undefined) return [];
  const place = placeOf(installed);
  const note = `${place === undefined ? 'The lock file' : `The lock file ${place}`} names it, and no installed copy was seen.`;
  const named =
    best.kind === 'command'
      ? { ...best, description: best.description === undefined ? note : `${best.description}. ${note}` }
      : { ...best, text: `${best.text} ${note}` };
  return [named, ...others];
}

function withoutFix(installed: InstalledPackage, upgrade: PackageUpgrade | undefined, status: FixStatus, distro: Distro | undefined): Remediation {
  const name = upgrade !== undefined && isSafe(installed.name, upgrade.name) ? installed.name : 'the package';
  return manual(`${statusText(status, distro)} ${alternatives(installed.type, name)}`);
}

function statusText(status: FixStatus, distro: Distro | undefined): string {
  const maintainer = distro === undefined ? 'its maintainers' : `the maintainers of ${releaseName(distro)}`;
  switch (status) {
    case 'will-not-fix':
      return `No fix will come: ${maintainer} decided against one, mostly because the flaw is minor or hard to reach.`;
    case 'end-of-life':
      return distro === undefined
        ? 'No fix will come: this version is no longer maintained. Move to a maintained one.'
        : `No fix will come: ${releaseName(distro)} is no longer maintained. Move to a newer base image.`;
    case 'under-investigation':
      return `There is no fix yet: ${maintainer} are still looking into it.`;
    case 'fixed':
    case 'affected':
    case 'unknown':
      return 'There is no fixed version yet.';
  }
}

function alternatives(type: PackageType, name: string): string {
  if (!isSystemType(type)) return `Replace ${name}, or check whether the application reaches the flawed code at all.`;
  return `Leave ${name} out if nothing in the image needs it, or use a smaller base image that has it not.`;
}

function releaseName(distro: Distro): string {
  // os-release is a file of the image: only what a release's name is made of.
  const name = `${distro.id} ${distro.versionId}`.replaceAll(/[^A-Za-z0-9 ._-]/g, '').trim();
  return name === '' ? 'this distribution' : name.slice(0, 60);
}
