import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { LookUp } from './family.ts';
import { modularName } from './modular-name.ts';

export interface NamedVersion {
  readonly name: string;
  readonly version: string;
}

/** Returns the source package that a package was built from: what it says, else itself. */
export function sourceOf({ name, version, sourcePackage }: InstalledPackage): NamedVersion {
  return sourcePackage ?? { name, version };
}

/**
 * Returns the source of an rpm, as a look-up. The name of a source rpm has no epoch in it, while the advisories do: it is that of the packages, but for one that has a version of its own (`perl-Errno` 1.28
 * of `perl` 4:5.26.3), whose epoch is its own, too.
 */
export function rpmSourceLookUp(bucket: string, installed: InstalledPackage): LookUp {
  const { name, version } = sourceOf(installed);
  const epoch = /^\d+:/.exec(installed.version)?.[0] ?? '';
  const found = { bucket, packageName: modularName({ ...installed, name }) };
  if (/^\d+:/.test(version)) return { ...found, version };
  return installed.version === `${epoch}${version}` ? { ...found, version: installed.version } : { ...found, version, ignoresEpoch: true };
}

/** Returns the look-ups of an rpm whose advisories are filed under binary packages by some publishers and under source packages by others. */
export function rpmLookUps(bucket: string, installed: InstalledPackage): readonly LookUp[] {
  return [
    { bucket, packageName: modularName(installed), version: installed.version },
    { ...rpmSourceLookUp(bucket, installed), filedUnder: 'source' },
  ];
}
