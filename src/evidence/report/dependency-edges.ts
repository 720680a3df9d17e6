import { MAX_RELATIONS } from '../../foundation/base/limits.ts';
import { compareText } from '../../foundation/base/order.ts';
import { normalisePythonName } from '../../foundation/formats/python-metadata.ts';
import type { Purl } from '../../foundation/model/brand.ts';
import { isSystemType, type InstalledPackage } from '../../foundation/model/package.ts';
import { ModuleFolders } from './module-folders.ts';

/** Most packages of one name that a need is taken to be met by, when nothing tells which. */
const MOST_CANDIDATES = 8;

/** Characters of a path by which packages are told to lie near each other: real ones differ long before, and a hostile image may have a million needs of packages with the longest paths there are. */
const LONGEST_START = 256;

/** Architectures of packages that hold nothing compiled. */
const INDEPENDENT: ReadonlySet<string> = new Set(['all', 'noarch', 'any']);

/**
 * Returns for each package that needs others which of the image's packages these are: by package URL, sorted, itself left out.
 *
 * Records name what they need; which of several packages of that name is meant follows from where they lie. npm's are found as Node.js finds them, folder by folder upwards. What a lock file names is in that
 * lock file. Of all others the nearest by folder is meant: the same database, program or archive, the same site-packages. Where that leaves several versions, each may be the one, and all are given. A name that no
 * package has is left out: what is optional, and what comes with the language.
 *
 * Costs as much as there are names, times the logarithm of the packages of one name; beyond MAX_RELATIONS edges no more are given.
 */
export function resolveDependencies(packages: readonly InstalledPackage[]): ReadonlyMap<Purl, readonly Purl[]> {
  const index = new PackageIndex(packages);
  const edges = new Map<Purl, Set<Purl>>();
  let left = MAX_RELATIONS;
  for (const dependent of packages) {
    if (dependent.configOnly === true || dependent.dependencies === undefined) continue;
    const needed = edges.get(dependent.purl) ?? new Set<Purl>();
    const before = needed.size;
    for (const purl of index.listNeeded(dependent)) if (purl !== dependent.purl && needed.size - before < left) needed.add(purl);
    left -= needed.size - before;
    if (needed.size > 0) edges.set(dependent.purl, needed);
  }
  return new Map([...edges].map(([purl, needed]) => [purl, [...needed].sort(compareText)]));
}

class PackageIndex {
  /** By type and name, each list sorted by file. */
  readonly #byName = new Map<string, InstalledPackage[]>();
  readonly #modules: ModuleFolders;
  readonly #nativeArchitecture: string | undefined;

  constructor(packages: readonly InstalledPackage[]) {
    for (const installed of packages) {
      if (installed.configOnly === true) continue;
      const key = nameKey(installed, installed.name);
      const known = this.#byName.get(key);
      if (known === undefined) this.#byName.set(key, [installed]);
      else known.push(installed);
    }
    for (const list of this.#byName.values())
      if (list.length > 1) list.sort((a, b) => compareText(fileOf(a), fileOf(b)) || compareText(a.purl, b.purl));
    this.#modules = new ModuleFolders(packages);
    this.#nativeArchitecture = mostFrequentArchitecture(packages);
  }

  *listNeeded(dependent: InstalledPackage): Generator<Purl, void, undefined> {
    const isModule = dependent.type === 'npm' && dependent.declaredOnly !== true;
    const folders = isModule ? this.#modules.around(fileOf(dependent)) : [];
    for (const name of dependent.dependencies ?? []) {
      const found = folders.find((modules) => modules.has(name))?.get(name);
      if (found !== undefined) yield found;
      else for (const { purl } of isModule ? this.#listInSameStore(dependent, name) : this.#listNearest(dependent, name)) yield purl;
    }
  }

  /** pnpm, Bun and linked installations of npm keep every package in a folder of its own below one store, and what each needs as links beside it. */
  #listInSameStore(dependent: InstalledPackage, name: string): readonly InstalledPackage[] {
    const file = fileOf(dependent);
    const store = file.indexOf('node_modules/.');
    if (store < 0) return [];
    const end = file.indexOf('/', store + 'node_modules/.'.length);
    const prefix = file.slice(0, end + 1);
    return this.#listNearest(dependent, name).filter((candidate) => fileOf(candidate).startsWith(prefix));
  }

  #listNearest(dependent: InstalledPackage, name: string): readonly InstalledPackage[] {
    const candidates = nearestTo(dependent, this.#byName.get(nameKey(dependent, name)) ?? []);
    if (dependent.declaredOnly === true) return candidates.filter((candidate) => fileOf(candidate) === fileOf(dependent));
    return isSystemType(dependent.type) && candidates.length > 1 ? this.#ofBestArchitecture(dependent, candidates) : candidates;
  }

  #ofBestArchitecture(dependent: InstalledPackage, candidates: readonly InstalledPackage[]): readonly InstalledPackage[] {
    const ranks = candidates.map(({ architecture = '' }) =>
      architecture === dependent.architecture ? 0 : INDEPENDENT.has(architecture) ? 1 : architecture === this.#nativeArchitecture ? 2 : 3,
    );
    const best = Math.min(...ranks);
    return candidates.filter((_, index) => ranks[index] === best);
  }
}

/** Returns those of `sorted` whose file shares the longest path with that of `dependent`: in a sorted list they stand side by side, around the place where it would stand. */
function nearestTo(dependent: InstalledPackage, sorted: readonly InstalledPackage[]): readonly InstalledPackage[] {
  if (sorted.length < 2) return sorted;
  const start = startOf(dependent);
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startOf(sorted[middle]) < start) low = middle + 1;
    else high = middle;
  }
  const shared = Math.max(sharedPath(start, startOf(sorted[low - 1])), sharedPath(start, startOf(sorted[low])));
  const prefix = start.slice(0, shared);
  let first = low;
  while (first > 0 && low - first < MOST_CANDIDATES && startOf(sorted[first - 1]).startsWith(prefix)) first--;
  let end = low;
  while (end < sorted.length && end - first < MOST_CANDIDATES && startOf(sorted[end]).startsWith(prefix)) end++;
  return sorted.slice(first, end);
}

/** Returns how many characters of `a` are folders that `b` begins with too, or all when they are the same. */
function sharedPath(a: string, b: string): number {
  if (a === b) return a.length;
  let folder = 0;
  for (let i = 0; i < a.length && a[i] === b[i]; i++) if (a[i] === '/') folder = i + 1;
  return folder;
}

function fileOf(installed: InstalledPackage | undefined): string {
  return installed?.files[0] ?? '';
}

/** The beginning of a file's path, by which near ones are told from far ones. */
function startOf(installed: InstalledPackage | undefined): string {
  return fileOf(installed).slice(0, LONGEST_START);
}

function nameKey({ type }: InstalledPackage, name: string): string {
  return `${type}\n${type === 'pypi' ? normalisePythonName(name) : name}`;
}

function mostFrequentArchitecture(packages: readonly InstalledPackage[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { type, architecture } of packages) {
    if (architecture !== undefined && isSystemType(type) && !INDEPENDENT.has(architecture))
      counts.set(architecture, (counts.get(architecture) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  return most?.[0];
}
