import type { InstalledPackage } from '../../foundation/model/package.ts';

export interface NamedVersion {
  readonly name: string;
  readonly version: string;
}

/** Returns the source package that a package was built from: what it says, else itself. */
export function sourceOf({ name, version, sourcePackage }: InstalledPackage): NamedVersion {
  return sourcePackage ?? { name, version };
}

/** Returns the source of an rpm. The name of a source rpm has no epoch in it, while its packages and the advisories do: it is theirs. */
export function rpmSourceOf(installed: InstalledPackage): NamedVersion {
  const { name, version } = sourceOf(installed);
  const epoch = /^\d+:/.exec(installed.version)?.[0] ?? '';
  return { name, version: /^\d+:/.test(version) ? version : `${epoch}${version}` };
}
