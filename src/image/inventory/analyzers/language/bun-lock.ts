import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import { parseJsonc } from '../../../../foundation/formats/jsonc.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { splitNpmId } from '../../npm-names.ts';
import { PackageList, reachFrom, toNames, unreadable } from '../../package-list.ts';

/** Bun's lock files in text; the older `bun.lockb` is a memory image of one version of Bun. Packages for development only are left out. @see https://bun.sh/docs/install/lockfile */
export const analyzer: Analyzer = {
  id: 'bun-lock',
  version: 1,
  scope: 'database',
  names: ['bun.lock'],
  wants: (path) => isNamed(path, 'bun.lock') && !isBelow(path, 'node_modules'),
  analyze,
};

/** In UTF-16 units; looking a name up from a place tries each folder above it. */
const LONGEST_PLACE = 4096;

interface BunPackage {
  readonly name: string;
  readonly version: string | undefined;
  readonly dependencies: readonly string[];
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJsonc(file.bytes);
  if (reason !== undefined) return unreadable(`Bun's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("Bun's lock file is not a JSON object");
  const list = new PackageList('npm', 'declared');
  const packages = readPackages(list, isJsonObject(value['packages']) ? value['packages'] : {});
  const isDev = findDevelopment(packages, isJsonObject(value['workspaces']) ? value['workspaces'] : {});
  for (const [place, { name, version, dependencies }] of packages) if (!isDev(place)) list.add(name, version, { dependencies });
  return list.result();
}

/** By the place that each is installed in: `chalk`, and `chalk/ansi-styles` for one that only chalk sees. */
function readPackages(list: PackageList, packages: JsonObject): ReadonlyMap<string, BunPackage> {
  const byPlace = new Map<string, BunPackage>();
  for (const [place, entry] of Object.entries(packages)) {
    const id = splitNpmId(Array.isArray(entry) ? (toText(entry[0]) ?? '') : '');
    if (id === undefined || place.length > LONGEST_PLACE) {
      list.problem(`the package at ${JSON.stringify(place.slice(0, 100))} is not of the form that Bun writes`);
      continue;
    }
    const facts = Array.isArray(entry) ? entry.find(isJsonObject) : undefined;
    byPlace.set(place, { ...id, dependencies: toNames(facts?.['dependencies'], facts?.['optionalDependencies'], facts?.['peerDependencies']) });
  }
  return byPlace;
}

/** Returns what tells whether the package at a place is needed for development only. What nobody is seen to need counts as needed. */
function findDevelopment(packages: ReadonlyMap<string, BunPackage>, workspaces: JsonObject): (place: string) => boolean {
  const rootsOf = (...groups: readonly string[]): readonly string[] =>
    Object.values(workspaces).flatMap((workspace) =>
      isJsonObject(workspace)
        ? toNames(...groups.map((group) => workspace[group])).flatMap((name) => resolve(packages, toText(workspace['name']) ?? '', name))
        : [],
    );
  const edges = (place: string): readonly string[] => packages.get(place)?.dependencies.flatMap((name) => resolve(packages, place, name)) ?? [];
  const developed = reachFrom(rootsOf('devDependencies'), edges);
  const run = reachFrom(rootsOf('dependencies', 'optionalDependencies', 'peerDependencies'), edges);
  return (place) => developed.has(place) && !run.has(place);
}

/** The place of what `name` means at `place`: the nearest, as Node looks it up. */
function resolve(packages: ReadonlyMap<string, BunPackage>, place: string, name: string): readonly string[] {
  for (let folder = place; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const nested = `${folder}/${name}`;
    if (packages.has(nested)) return [nested];
  }
  return packages.has(name) ? [name] : [];
}
