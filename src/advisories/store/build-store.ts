import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import { writeBolt } from '../../foundation/formats/bolt-writer.ts';
import type { BoltTree } from '../../foundation/formats/bolt-writer.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import { bucketSource } from './buckets.ts';
import type { AdvisoryRecord, StoredAdvisory, VulnerabilityDetail } from './record.ts';
import {
  DATA_SOURCE_BUCKET,
  formatAdvisory,
  formatDetail,
  formatOwnMetadata,
  METADATA_KEY,
  PLIMSOLL_BUCKET,
  VULNERABILITY_BUCKET,
} from './schema.ts';

/**
 * Returns the bytes of an advisory database that holds the records, with `used` inside. Records of one vulnerability, or of one vulnerability in one package, are merged:
 * see mergeAdvisories and mergeDetails. Vulnerabilities that affect no package are left out. The same records give the same bytes, whatever their order, but for details that contradict each other: there the later one counts.
 */
export function writeAdvisoryStore(records: Iterable<AdvisoryRecord>, used: AdvisoriesUsed): Uint8Array {
  const details = new Map<string, VulnerabilityDetail>();
  const platforms = new Map<string, Map<string, Map<string, StoredAdvisory>>>();
  for (const record of records) {
    if (record.kind === 'vulnerability') {
      const known = details.get(record.id);
      details.set(record.id, known === undefined ? record.detail : mergeDetails(known, record.detail));
      continue;
    }
    const packages = getOrCreate(platforms, record.bucket, () => new Map<string, Map<string, StoredAdvisory>>());
    const advisories = getOrCreate(packages, record.packageName, () => new Map<string, StoredAdvisory>());
    const known = advisories.get(record.id);
    advisories.set(record.id, known === undefined ? record.advisory : mergeAdvisories(record.bucket, known, record.advisory));
  }
  const tree = new Map<string, BoltTree>();
  for (const [bucket, packages] of platforms) {
    tree.set(
      bucket,
      mapValues(packages, (advisories) => mapValues(advisories, (advisory) => encodeJson(formatAdvisory(advisory)))),
    );
  }
  const sources = [...platforms.keys()].map((bucket) => [bucket, toDataSource(bucket)] as const);
  tree.set(DATA_SOURCE_BUCKET, new Map(sources.map(([bucket, source]) => [bucket, encodeJson(source)])));
  const named = namedIds(platforms);
  const kept = new Map([...details].filter(([id]) => named.has(id)));
  tree.set(
    VULNERABILITY_BUCKET,
    mapValues(kept, (detail) => encodeJson(formatDetail(detail))),
  );
  tree.set(PLIMSOLL_BUCKET, new Map([[METADATA_KEY, encodeJson(formatOwnMetadata(used))]]));
  return writeBolt(tree);
}

/**
 * Returns what two records of one vulnerability in one package say together. Of two fixed versions the higher counts: a flaw named again under a later version was not
 * quite fixed by the earlier one. Ranges are united; a fix stands above a status.
 */
export function mergeAdvisories(bucket: string, a: StoredAdvisory, b: StoredAdvisory): StoredAdvisory {
  const fixedVersion = higherVersion(bucket, a.fixedVersion, b.fixedVersion);
  return {
    ...a,
    ...b,
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...unite('vulnerableVersions', a.vulnerableVersions, b.vulnerableVersions),
    ...unite('patchedVersions', a.patchedVersions, b.patchedVersions),
    ...unite('unaffectedVersions', a.unaffectedVersions, b.unaffectedVersions),
    ...unite('vendorIds', a.vendorIds, b.vendorIds),
  };
}

/** Returns what two records of one vulnerability say together: lists are united, and where both name the same thing `b` counts. */
export function mergeDetails(a: VulnerabilityDetail, b: VulnerabilityDetail): VulnerabilityDetail {
  const ratings = [...(a.ratings ?? []), ...(b.ratings ?? [])];
  const distinct = [...new Map(ratings.map((rating) => [`${rating.source} ${rating.cvssVector?.slice(0, 6) ?? ''}`, rating])).values()];
  const vendorSeverities = { ...a.vendorSeverities, ...b.vendorSeverities };
  return {
    ...a,
    ...b,
    ...(distinct.length > 0 && { ratings: distinct }),
    ...(Object.keys(vendorSeverities).length > 0 && { vendorSeverities }),
    ...unite('references', a.references, b.references),
    ...unite('aliases', a.aliases, b.aliases),
  };
}

/** Ids and other ids of all that affects a package. */
function namedIds(platforms: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, StoredAdvisory>>>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const packages of platforms.values()) {
    for (const advisories of packages.values()) {
      for (const [id, { vendorIds }] of advisories) {
        named.add(id);
        for (const other of vendorIds ?? []) named.add(other);
      }
    }
  }
  return named;
}

function higherVersion(bucket: string, a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (schemeOfBucket(bucket)?.compare(a, b) ?? 0) > 0 ? a : b;
}

function unite<Name extends string, T extends string>(
  name: Name,
  a: readonly T[] | undefined,
  b: readonly T[] | undefined,
): Partial<Record<Name, readonly T[]>> {
  if (a === undefined && b === undefined) return {};
  return { [name]: [...new Set([...(a ?? []), ...(b ?? [])])].sort() } as unknown as Partial<Record<Name, readonly T[]>>;
}

function toDataSource(bucket: string): { ID: string; Name: string } {
  const { id, name } = bucketSource(bucket);
  return { ID: id, Name: name };
}

function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, change: (value: T) => U): Map<string, U> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

function getOrCreate<T>(map: Map<string, T>, key: string, create: () => T): T {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}
