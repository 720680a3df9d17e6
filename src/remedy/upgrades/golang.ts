import type { Remediation } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, placeOf, quote, whereToRun } from '../words.ts';

/** Go modules, and the standard library that a program was built with. @see https://go.dev/ref/mod#go-mod-file-ident */
export const upgrade: PackageUpgrade = {
  id: 'golang',
  types: ['golang'],
  name: /^[A-Za-z0-9_~][A-Za-z0-9._~-]{0,200}(?:\/[A-Za-z0-9_~][A-Za-z0-9._~-]{0,200}){0,30}$/,
  version: /^(?:v|go)?\d[0-9A-Za-z.+-]{0,200}$/,
  remediations,
};

/** Advisories have versions with and without Go's `v`. */
function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const version = fixedVersion.replace(/^(?:v|go)/, '');
  const place = placeOf(installed);
  if (installed.name === 'stdlib') {
    return [
      manual(
        `Build ${place ?? 'the program'} with Go ${version} or later: raise the tag of the golang image in the stage that builds it. If it is not your own program, take a release of it that was built so.`,
      ),
    ];
  }
  return [
    ...upgradeModule(installed, version),
    ...(isProject(installed) ? [] : [manual(`If ${place ?? 'the program'} is not your own, take a newer release of it.`)]),
  ];
}

/** Otherwise it is a program, with the list of its modules inside. */
function isProject(installed: InstalledPackage): boolean {
  return installed.declaredOnly === true || /(?:^|\/)go\.(?:mod|sum)$/.test(installed.files[0] ?? '');
}

function upgradeModule(installed: InstalledPackage, version: string): readonly Remediation[] {
  const { name } = installed;
  const major = Number.parseInt(version, 10);
  const successor = nextModule(installed, major);
  if (successor !== undefined) {
    return [
      manual(
        `The fix is in version ${major}, which is another module to Go: run "go get ${successor}@v${version}", import ${successor} in place of ${name}, and run "go mod tidy".`,
      ),
    ];
  }
  return [
    command(
      `go get ${quote(`${name}@v${version}`)} && go mod tidy`,
      `${whereToRun(installed)}: it raises ${name} to ${version} in go.mod and go.sum`,
    ),
  ];
}

/**
 * Returns the path of the module that has versions of this major number; undefined when it is the installed one. From 2 on the number is part of a module's path, but for those from before modules (`+incompatible`).
 * @see https://go.dev/ref/mod#major-version-suffixes
 */
function nextModule({ name, version }: InstalledPackage, major: number): string | undefined {
  const [, base = name, separator = '/v', own] = /^(.+?)(\/v|(?<=^gopkg\.in\/.{1,200})\.v)(\d{1,9})$/.exec(name) ?? [];
  if (own === undefined) return major < 2 || Number.parseInt(version.replace(/^v/, ''), 10) >= 2 ? undefined : `${name}/v${major}`;
  if (Number(own) >= major) return undefined;
  return `${base}${separator}${major}`;
}
