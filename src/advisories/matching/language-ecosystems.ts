import { compareText } from '../../foundation/base/order.ts';
import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';
import { bucketRank } from '../store/buckets.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import { schemeOfType } from '../versions/scheme-of-type.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import { namesInStore, packagistName } from './language-names.ts';
import { bitnamiNames } from './language-programs.ts';
import { supplierPrefix } from './language-suppliers.ts';
import { languagePrefix } from './platform.ts';

/** Where the advisories of one package are kept. */
export interface LanguageSource {
  readonly bucket: string;
  /** The names to look up there. */
  readonly names: readonly string[];
  readonly scheme: VersionScheme;
}

/**
 * Ecosystems that trivy-db has nothing on, as OSV and a company's own files name them. A database has them or not: that one has none is no fault of it.
 * conda has no advisories of its own at all; what of it is Python's is found as such, by its metadata.
 */
const otherPrefixes: Readonly<Partial<Record<PackageType, string>>> = {
  conda: 'conda::',
  cpan: 'cpan::',
  cran: 'cran::',
  hackage: 'hackage::',
  luarocks: 'luarocks::',
  nix: 'nix::',
  otp: 'otp::',
  'wordpress-plugin': 'wordpress-plugin::',
};

const BITNAMI = 'bitnami::';

/** Returns where to look up a package, the source believed first first; nothing for one that nobody speaks of. */
export function sourcesOf(
  { type, name, version }: Pick<InstalledPackage, 'type' | 'name' | 'version'>,
  store: AdvisoryStore,
): readonly LanguageSource[] {
  if (type === 'generic') return sourcesOfProgram(name, store);
  const prefix = prefixOf(type, name);
  if (prefix === undefined) return [];
  const names = namesInStore(type, name);
  const supplier = supplierPrefix(type, name, version, (candidate) =>
    bucketsOf(`${candidate}${prefix}`, store).some(({ bucket }) => names.some((known) => store.advisories(bucket, known).length > 0)),
  );
  return toSources(bucketsOf(`${supplier}${prefix}`, store), names);
}

/** The versions of programs follow whatever scheme they like, not Bitnami's: 3.12.0rc1. */
function sourcesOfProgram(name: string, store: AdvisoryStore): readonly LanguageSource[] {
  const known = bitnamiNames.get(name.toLowerCase());
  const scheme = schemeOfType('generic');
  return known === undefined ? [] : bucketsOf(BITNAMI, store).map(({ bucket }) => ({ bucket, names: [known], scheme }));
}

function toSources(buckets: readonly LanguageBucket[], names: readonly string[]): readonly LanguageSource[] {
  const sources: LanguageSource[] = [];
  for (const { bucket, scheme } of buckets) if (scheme !== undefined) sources.push({ bucket, names, scheme });
  return sources;
}

/**
 * Returns whether nobody speaks of a package: no advisory database covers its ecosystem, or the starter set has nothing on it, which says of itself that it is not complete. That the full database
 * lacks a language that it should have is another matter, see `isMissing`.
 */
export function isUncovered({ type, name }: InstalledPackage, store: AdvisoryStore): boolean {
  if (type === 'generic') return sourcesOfProgram(name, store).length === 0;
  const prefix = prefixOf(type, name);
  return prefix === undefined || (bucketsOf(prefix, store).length === 0 && !isMissing(type, store));
}

/** Returns whether a full database lacks a language that every full one has. */
export function isMissing(type: PackageType, store: AdvisoryStore): boolean {
  const prefix = languagePrefix(type);
  return store.used.full && prefix !== undefined && bucketsOf(prefix, store).length === 0;
}

function prefixOf(type: PackageType, name: string): string | undefined {
  if (type === 'pear') return packagistName(name) === undefined ? undefined : languagePrefix('composer');
  return languagePrefix(type) ?? otherPrefixes[type];
}

interface LanguageBucket {
  readonly bucket: string;
  /** Undefined where nobody knows how its versions are ordered. */
  readonly scheme: VersionScheme | undefined;
}

/** A store's list of buckets is read once for each prefix: an open database does not change. */
const listed = new WeakMap<AdvisoryStore, Map<string, readonly LanguageBucket[]>>();

/** Returns the buckets whose names begin with a prefix, those believed first first. */
function bucketsOf(prefix: string, store: AdvisoryStore): readonly LanguageBucket[] {
  let known = listed.get(store);
  if (known === undefined) listed.set(store, (known = new Map<string, readonly LanguageBucket[]>()));
  const buckets = known.get(prefix) ?? listBuckets(prefix, store);
  known.set(prefix, buckets);
  return buckets;
}

function listBuckets(prefix: string, store: AdvisoryStore): readonly LanguageBucket[] {
  const ranked = store.buckets(prefix).map((bucket) => ({ bucket, scheme: schemeOfBucket(bucket), rank: bucketRank(bucket) }));
  return ranked.sort((a, b) => a.rank - b.rank || compareText(a.bucket, b.bucket));
}
