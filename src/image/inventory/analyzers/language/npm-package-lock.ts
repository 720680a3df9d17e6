import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { toNpmLicenses, toNpmName } from '../../npm-names.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';

/**
 * npm's lock files, of lockfileVersion 1 to 3. Packages for development only are left out, and so are links and workspaces, which are the project's own.
 *
 * Those below node_modules are not read: `.package-lock.json` is npm's list of what it installed there, each of which has a manifest of its own, and a dependency's own lock file says nothing of this image.
 *
 * @see https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export const analyzer: Analyzer = {
  id: 'npm-package-lock',
  version: 1,
  scope: 'database',
  names: ['package-lock.json', 'npm-shrinkwrap.json'],
  wants: (path) => (isNamed(path, 'package-lock.json') || isNamed(path, 'npm-shrinkwrap.json')) && !isBelow(path, 'node_modules'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`npm's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("npm's lock file is not a JSON object");
  const list = new PackageList('npm', 'declared');
  // Version 2 has both, for old clients; the flat one says more.
  if (isJsonObject(value['packages'])) addPackages(list, value['packages']);
  else if (isJsonObject(value['dependencies'])) addTree(list, value['dependencies']);
  return list.result();
}

/** Versions 2 and 3: by the folder that each is installed in. */
function addPackages(list: PackageList, packages: JsonObject): void {
  for (const [folder, entry] of Object.entries(packages)) {
    const start = folder.lastIndexOf('node_modules/');
    if (start < 0 || !isJsonObject(entry) || entry['dev'] === true || entry['link'] === true) continue;
    // An alias has another folder than its name.
    const name = toText(entry['name']) ?? folder.slice(start + 'node_modules/'.length);
    list.add(name, toText(entry['version']), {
      licenses: toNpmLicenses(entry),
      dependencies: toNames(entry['dependencies'], entry['optionalDependencies']),
    });
  }
}

/** Version 1: by name, each with those that are installed below it. */
function addTree(list: PackageList, tree: JsonObject): void {
  const pending = [tree];
  for (let level = pending.pop(); level !== undefined; level = pending.pop()) {
    for (const [alias, entry] of Object.entries(level)) {
      if (!isJsonObject(entry)) continue;
      // What it has below it may be needed by others, but then it would not be below it.
      if (entry['dev'] === true) continue;
      const { name, version } = toNpmName(alias, toText(entry['version']) ?? '');
      list.add(name, version, { dependencies: toNames(entry['requires']) });
      if (isJsonObject(entry['dependencies'])) pending.push(entry['dependencies']);
    }
  }
}
