import { isJsonObject, toStrings, toText } from '../../foundation/formats/json.ts';
import { toNames, type PackageList } from './package-list.ts';

/** Adds the packages that Composer describes in an array, in its lock file and in its record of what is installed alike. */
export function addComposerPackages(list: PackageList, packages: unknown): void {
  if (!Array.isArray(packages)) return;
  for (const entry of packages) {
    if (!isJsonObject(entry)) continue;
    // A platform package (`php`, `ext-json`) has no vendor: it is no package that Composer installs.
    const dependencies = toNames(entry['require']).filter((name) => name.includes('/'));
    list.add(toText(entry['name']), toText(entry['version']), { licenses: toStrings([entry['license']].flat()), dependencies });
  }
}
