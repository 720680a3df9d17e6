import { compareBy, compareText } from '../../foundation/base/order.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import type { Distro, Platform } from '../../foundation/model/image.ts';
import { isSystemType, type InstalledPackage, type PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { FileRecords } from '../layers/inspection.ts';
import type { SquashedTree } from '../layers/squash.ts';
import { ProblemLog } from '../problem-log.ts';
import type { AnalyzedPackage } from './analyzer.ts';
import { debLicenses } from './deb-licenses.ts';
import { collectOwnedFiles } from './owned-files.ts';
import { pickDistro } from './pick-distro.ts';
import { toPurl } from './purl.ts';
import { withoutRepeats, type Copy } from './seen-records.ts';

export interface Inventory {
  readonly distro?: Distro;
  readonly packages: readonly InstalledPackage[];
  readonly problems: readonly Problem[];
}

/** A package as found, before it has a purl. */
interface Found {
  readonly record: AnalyzedPackage;
  readonly path: ImagePath;
  readonly layer: number;
  /** Of a database that a system has one of. */
  readonly isUnique: boolean;
  /** A package manager of the distribution lists it in its database, whoever owns the database's file. */
  readonly isListed: boolean;
}

/** Returns the packages that are installed in the image that `tree` is the view of. `layers` are the records of each of its layers, bottom first. */
export function buildInventory(layers: readonly (readonly FileRecords[])[], tree: SquashedTree, platform?: Platform): Inventory {
  const problems = new ProblemLog();
  const seen: Copy[] = [];
  const lower = new Map<string, Copy>();
  layers.forEach((files, layer) => {
    for (const records of files) {
      const copy = { layer, records };
      if (records.analyzer.scope === 'addition' || tree.isVisible(records.path, layer)) seen.push(copy);
      else if (records.analyzer.scope === 'database') lower.set(copyKey(records, layer), copy);
    }
  });
  const visible = withoutRepeats(seen);
  const records = visible.map((copy) => copy.records);
  const distro = pickDistro(records, platform);
  const all = visible.flatMap((copy) => (copy.records.analyzer.scope === 'database' ? fromDatabase(copy, lower, tree) : fromFile(copy)));
  const owned = collectOwnedFiles(records);
  const licensesOf = debLicenses(records, tree);
  const found = withoutDescribed(withoutInstalled(all.filter(({ isListed, path }) => isListed || !owned.isDistributions(path))), visible);
  const packages = new Map<string, InstalledPackage>();
  for (const { record, path, layer, isUnique } of found) {
    const purl = toPurl(record, distro);
    if (purl === undefined) {
      problems.add({
        code: 'malformed',
        message: `the package name ${JSON.stringify(record.name.slice(0, 100))} is not one that can be looked up`,
        path,
        layer,
      });
      continue;
    }
    // One database may name a package twice, and a symlink may give it a second path; the same library in two folders is two findings.
    const key = isUnique || isSystemType(record.type) ? purl : `${purl}\n${path}\n${record.insideArchive ?? ''}`;
    // Portage keeps a package's name and its licence in two files: the second adds what the first did not say.
    const broughtBy = isSystemType(record.type) ? undefined : owned.vendorPackageOf(path);
    const licenses = licensesOf(record);
    packages.set(key, {
      ...record,
      purl,
      files: [path],
      layer,
      ...(licenses !== undefined && { licenses }),
      ...(broughtBy !== undefined && { broughtBy }),
      ...packages.get(key),
    });
  }
  return { packages: [...packages.values()].sort(comparePackages), problems: problems.list(), ...(distro !== undefined && { distro }) };
}

function fromFile({ layer, records }: Copy): Found[] {
  const { path, analyzer } = records;
  return records.packages.map((record) => ({
    record,
    path,
    layer,
    isUnique: analyzer.isUnique === true,
    isListed: analyzer.scope !== 'file' && isSystemType(record.type),
  }));
}

/** A package belongs to the lowest layer from which on every copy of the database up to the one that is seen lists it: removed and installed again, it belongs to the second time. */
function fromDatabase(top: Copy, lower: ReadonlyMap<string, Copy>, tree: SquashedTree): Found[] {
  const origin = new Map(top.records.packages.map((record) => [packageKey(record), top.layer]));
  let pending = [...origin.keys()];
  for (const layer of tree.copiesOf(top.records.path).slice(1)) {
    const copy = lower.get(copyKey(top.records, layer));
    if (copy === undefined || pending.length === 0) break;
    const listed = new Set(copy.records.packages.map(packageKey));
    pending = pending.filter((key) => listed.has(key));
    for (const key of pending) origin.set(key, layer);
  }
  return fromFile(top).map((found) => ({ ...found, layer: origin.get(packageKey(found.record)) ?? top.layer }));
}

/** Package managers that install below the folder of the lock file, and those that install into folders of their own. */
const installsBeside: ReadonlySet<PackageType> = new Set<PackageType>(['npm', 'composer', 'nuget']);
const installsElsewhere: ReadonlySet<PackageType> = new Set<PackageType>(['pypi', 'gem']);

/**
 * A lock file says what may be installed; what is seen installed says it better. Of a lock file whose packages were installed, the others (of development, of another platform) are not in the image.
 * Programs that are compiled leave nothing to be seen, so their lock files count but for what the program itself lists.
 */
function withoutInstalled(found: readonly Found[]): readonly Found[] {
  const installed = found.filter(({ record }) => record.declaredOnly !== true);
  if (installed.length === found.length) return found;
  const names = new Set(installed.map(({ record }) => `${record.type}\n${record.name}\n${record.version}`));
  const types = new Set(installed.map(({ record }) => record.type));
  const folders = new Set<string>();
  for (const { record, path } of installed) {
    if (!installsBeside.has(record.type)) continue;
    for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = `${record.type}\n${path.slice(0, end)}`;
      if (folders.has(folder)) break;
      folders.add(folder);
      if (end === 0) break;
    }
  }
  return found.filter(({ record, path }) => {
    if (record.declaredOnly !== true) return true;
    const { type, name, version } = record;
    if (names.has(`${type}\n${name}\n${version}`)) return false;
    if (installsElsewhere.has(type)) return !types.has(type);
    const slash = path.lastIndexOf('/');
    return !installsBeside.has(type) || !(slash < 0 ? types.has(type) : folders.has(`${type}\n${path.slice(0, slash)}`));
  });
}

const DESCRIBES_ASSEMBLIES = '.deps.json';
const ASSEMBLY = /\.(?:dll|exe)$/i;

/** What an assembly of .NET says of itself is a guess at its package; the file that the program was published with, in the same folder or one above, knows. */
function withoutDescribed(found: readonly Found[], visible: readonly Copy[]): readonly Found[] {
  const folders = new Set<string>();
  for (const { records } of visible) {
    const { path } = records;
    if (path.endsWith(DESCRIBES_ASSEMBLIES)) folders.add(path.slice(0, path.lastIndexOf('/') + 1));
  }
  if (folders.size === 0) return found;
  return found.filter(({ record, path }) => {
    if (record.type !== 'nuget' || !ASSEMBLY.test(path)) return true;
    for (let end = path.lastIndexOf('/') + 1; end > 0; end = path.lastIndexOf('/', end - 2) + 1) if (folders.has(path.slice(0, end))) return false;
    return !folders.has('');
  });
}

function copyKey(records: FileRecords, layer: number): string {
  return `${records.analyzer.id}\n${layer}\n${records.path}`;
}

function packageKey(record: AnalyzedPackage): string {
  return `${record.name}\n${record.version}\n${record.architecture ?? ''}`;
}

const comparePackages = compareBy<InstalledPackage>(
  (a, b) => compareText(a.type, b.type),
  (a, b) => compareText(a.name, b.name),
  (a, b) => compareText(a.version, b.version),
  (a, b) => compareText(a.purl, b.purl),
  (a, b) => a.layer - b.layer,
  (a, b) => compareText(a.files[0] ?? '', b.files[0] ?? ''),
);
