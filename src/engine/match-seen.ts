import { isDistroOwned } from '../advisories/matching/distro-owned.ts';
import { matchPackages, type MatchResult, type Vulnerability } from '../advisories/matching/match.ts';
import type { AdvisoryStore } from '../advisories/store/store.ts';
import type { Distro } from '../foundation/model/image.ts';
import { isSystemType, type InstalledPackage } from '../foundation/model/package.ts';
import type { SeenImage } from './seen-images.ts';

export type SeenMatches = Pick<MatchResult, 'vulnerabilities' | 'problems'>;

/**
 * Returns the vulnerabilities of each image, in no particular order: the same as if each were matched alone. Images of one distribution share most of their packages, and each of these is matched once.
 * @throws {AdvisoryStoreError} when the database is damaged
 */
export function* matchSeen(images: readonly SeenImage[], store: AdvisoryStore, now: Date): Generator<readonly [SeenImage, SeenMatches]> {
  const groups = new Map<string, SeenImage[]>();
  for (const image of images) {
    const key = JSON.stringify(image.distro ?? null);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [image]);
    else group.push(image);
  }
  for (const group of groups.values()) yield* matchGroup(group, store, now);
}

function* matchGroup(images: readonly SeenImage[], store: AdvisoryStore, now: Date): Generator<readonly [SeenImage, SeenMatches]> {
  const distro = images[0]?.distro;
  const shared = isPackageByPackage(distro) ? matchShared(images, distro, store, now) : undefined;
  for (const image of images) yield [image, shared?.(image) ?? matchAlone(image, store, now)];
}

/** What is wrong with one Windows package hangs on which updates the others are. */
function isPackageByPackage(distro: Distro | undefined): boolean {
  return distro?.id !== 'windows';
}

function matchAlone({ packages, distro }: SeenImage, store: AdvisoryStore, now: Date): SeenMatches {
  return matchPackages({ packages, ...(distro === undefined ? {} : { distro }), store, now });
}

/** Undefined when anything could not be matched: then each image has to say what, of its own packages. */
function matchShared(
  images: readonly SeenImage[],
  distro: Distro | undefined,
  store: AdvisoryStore,
  now: Date,
): ((image: SeenImage) => SeenMatches) | undefined {
  const pool = new PackagePool();
  const parts = new Map(images.map((image) => [image, partsOf(image, pool)]));
  const [system, language] = (['system', 'language'] as const).map((kind) => {
    const packages = [...new Set([...parts.values()].flatMap((part) => part[kind]))];
    return packages.length === 0 ? undefined : matchPackages({ packages, ...(distro === undefined ? {} : { distro }), store, now });
  });
  if ([system, language].some((result) => (result?.problems.length ?? 0) > 0)) return undefined;
  const byPackage = Map.groupBy(
    [...(system?.vulnerabilities ?? []), ...(language?.vulnerabilities ?? [])],
    (vulnerability: Vulnerability) => vulnerability.package,
  );
  return (image) => {
    const { system: own = [], language: others = [] } = parts.get(image) ?? {};
    return { vulnerabilities: [...new Set([...own, ...others])].flatMap((installed) => byPackage.get(installed) ?? []), problems: [] };
  };
}

/** As matching parts them: which of a language's packages a distribution looks after hangs on the image that they are in. */
function partsOf({ packages }: SeenImage, pool: PackagePool): Readonly<Record<'system' | 'language', readonly InstalledPackage[]>> {
  const system = packages.filter((installed) => isSystemType(installed.type) && installed.configOnly !== true);
  const language = packages.filter((installed) => !isSystemType(installed.type) && !isDistroOwned(installed, system));
  return { system: system.map((installed) => pool.take(installed)), language: language.map((installed) => pool.take(installed)) };
}

/** Packages that are the same but for their layer, as one. */
class PackagePool {
  readonly #known = new Map<string, InstalledPackage>();

  take(installed: InstalledPackage): InstalledPackage {
    const same: InstalledPackage = { ...installed, layer: 0 };
    const key = JSON.stringify(same);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, same);
    return same;
  }
}
