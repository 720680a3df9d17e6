import { compareBy, compareText } from '../../foundation/base/order.ts';
import { formatPlace, type PackagePlace } from '../../foundation/formats/package-place.ts';
import type { ImagePath, Purl } from '../../foundation/model/brand.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import { resolveDependencies } from './dependency-edges.ts';

/** One place of a package; `otherPaths` are the further files that tell of it, when a bill of materials that was read lists several. */
export interface BillPlace extends PackagePlace {
  readonly otherPaths: readonly ImagePath[];
}

/** A package of an image, once, however many places it lies at: what stands in a bill of materials is named by its package URL. */
export interface BillEntry {
  /** What is the same wherever it lies. `layer` is that of the first place; `declaredOnly`, `configOnly` and `broughtBy` are there when they are so at every place. */
  readonly installed: InstalledPackage;
  readonly places: readonly BillPlace[];
  /** Sorted; each is the package URL of another entry. */
  readonly dependsOn: readonly Purl[];
}

/** Returns the packages, each package URL once, sorted by it. The same packages in another order give the same. */
export function toBill(packages: readonly InstalledPackage[]): readonly BillEntry[] {
  const edges = resolveDependencies(packages);
  const byPurl = new Map<Purl, InstalledPackage[]>();
  for (const installed of packages) {
    const same = byPurl.get(installed.purl);
    if (same === undefined) byPurl.set(installed.purl, [installed]);
    else same.push(installed);
  }
  return [...byPurl]
    .sort(([a], [b]) => compareText(a, b))
    .map(([purl, same]) => ({ installed: unite(same), places: listPlaces(same), dependsOn: edges.get(purl) ?? [] }));
}

const comparePlaces = compareBy<InstalledPackage>(
  (a, b) => compareText(a.files[0] ?? '', b.files[0] ?? ''),
  (a, b) => compareText(a.insideArchive ?? '', b.insideArchive ?? ''),
  (a, b) => a.layer - b.layer,
);

function unite(same: InstalledPackage[]): InstalledPackage {
  if (same.length > 1) same.sort(comparePlaces);
  const [first, ...others] = same;
  if (first === undefined) throw new Error('no package to unite');
  const { declaredOnly, configOnly, broughtBy, ...rest } = first;
  const licenses = same.map((installed) => installed.licenses?.filter((license) => license.trim() !== '') ?? []).find((list) => list.length > 0);
  return {
    ...rest,
    licenses: licenses ?? [],
    ...(declaredOnly === true && others.every((other) => other.declaredOnly === true) && { declaredOnly }),
    ...(configOnly === true && others.every((other) => other.configOnly === true) && { configOnly }),
    ...(broughtBy !== undefined && others.every((other) => other.broughtBy === broughtBy) && { broughtBy }),
  };
}

function listPlaces(same: readonly InstalledPackage[]): readonly BillPlace[] {
  const places = new Map<string, BillPlace>();
  for (const { files, layer, insideArchive, declaredOnly, configOnly, broughtBy } of same) {
    const [path, ...otherPaths] = files;
    const place = {
      layer,
      otherPaths,
      ...(path !== undefined && { path }),
      ...(insideArchive !== undefined && { insideArchive }),
      ...(declaredOnly === true && { declaredOnly }),
      ...(configOnly === true && { configOnly }),
      ...(broughtBy !== undefined && { broughtBy }),
    };
    places.set(formatPlace(place), place);
  }
  return [...places.values()];
}
