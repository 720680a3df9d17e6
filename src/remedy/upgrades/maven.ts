import type { Remediation } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, manual, placeOf, quote } from '../words.ts';

/** Maven, and Gradle where its lock file tells. A jar that says nothing of Maven has a name without a group. @see https://maven.apache.org/pom.html#Maven_Coordinates */
export const upgrade: PackageUpgrade = {
  id: 'maven',
  types: ['maven'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,200})?$/,
  version: /^[A-Za-z0-9][A-Za-z0-9._+-]{0,200}$/,
  remediations,
};

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  const place = placeOf(installed) ?? 'the archive';
  if (!name.includes(':')) {
    return [
      manual(
        `Replace the library ${name} in ${place} by version ${fixedVersion} or later where the build brings it in. It does not say which group it is of.`,
      ),
    ];
  }
  if (fileNameOf(installed) === 'gradle.lockfile') return upgradeWithGradle(name, fixedVersion);
  return [
    command(
      `mvn versions:use-dep-version -Dincludes=${quote(name)} -DdepVersion=${quote(fixedVersion)}`,
      `Run it in the project${isInside(installed) ? ` that builds ${place}` : ''}: it sets the version in the pom that names ${name}`,
    ),
    manual(
      `If no pom names it, another dependency brings it in ("mvn dependency:tree -Dincludes=${name}" says which): raise that, or set ${name} to ${fixedVersion} under dependencyManagement or in the property that a parent pom has for it.`,
    ),
    ...(isInside(installed) ? [manual(`If ${place} is not your own program, take a newer release of it: the library lies inside it.`)] : []),
  ];
}

function isInside(installed: InstalledPackage): boolean {
  return installed.insideArchive !== undefined;
}

/** @see https://docs.gradle.org/current/userguide/dependency_locking.html */
function upgradeWithGradle(name: string, fixedVersion: string): readonly Remediation[] {
  return [
    command(`gradle dependencies --update-locks ${quote(name)}`, 'Run it in the project: it locks the newest version that the build allows'),
    manual(
      `If that is still older than ${fixedVersion}, add the constraint implementation("${name}:${fixedVersion}") to the build, and write the lock file anew.`,
    ),
  ];
}
