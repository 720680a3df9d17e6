import { compareText } from '../../foundation/base/order.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import { buildVariant } from './build-variant.ts';
import { entriesOf } from './record.ts';
import type { AdvisoryEntry, StoredAdvisory } from './record.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Returns what two records of one vulnerability in one package say together. Where they hold for the same architectures, build and products, the higher of two fixed versions
 * counts: a flaw named again under a later version was not quite fixed by the earlier one. Where they hold for different ones, both are kept as entries. Ranges are united; a
 * fix stands above a status.
 */
export function mergeAdvisories(bucket: string, a: StoredAdvisory, b: StoredAdvisory): StoredAdvisory {
  const hasOnePlace = a.entries === undefined && b.entries === undefined && isForEverybody(a) && isForEverybody(b) && placeOf(a) === placeOf(b);
  if (!hasOnePlace) return withSingleFix(bucket, mergeEntries(bucket, [...entriesOf(a), ...entriesOf(b)]));
  const merged: Mutable<StoredAdvisory> = mergeEntry(bucket, a, b);
  delete merged.operatingSystems;
  return {
    ...merged,
    ...unite('vulnerableVersions', a.vulnerableVersions, b.vulnerableVersions),
    ...unite('patchedVersions', a.patchedVersions, b.patchedVersions),
    ...unite('unaffectedVersions', a.unaffectedVersions, b.unaffectedVersions),
    ...unite('symbols', a.symbols, b.symbols),
    ...commonSystems(a, b),
  };
}

/** Beside the entries stands the one fix that readers who know no entries are to go by: the highest that everybody can install, of the normal build. */
function withSingleFix(bucket: string, entries: readonly AdvisoryEntry[]): StoredAdvisory {
  const plain = entries.filter((entry) => entry.cpes === undefined && entry.service === undefined && fixKind(entry) === 'normal');
  const fixedVersion = plain.reduce<string | undefined>((highest, entry) => higherVersion(bucket, highest, entry.fixedVersion), undefined);
  return { ...(fixedVersion !== undefined && { fixedVersion }), entries };
}

/** One that names no operating system speaks of all. */
function commonSystems(a: StoredAdvisory, b: StoredAdvisory): Pick<StoredAdvisory, 'operatingSystems'> {
  return a.operatingSystems === undefined || b.operatingSystems === undefined
    ? {}
    : unite('operatingSystems', a.operatingSystems, b.operatingSystems);
}

function isForEverybody(entry: AdvisoryEntry): boolean {
  return entry.architectures === undefined && entry.cpes === undefined;
}

/** An entry for each architecture, then those that say the same of several put together again; sorted, so that the order of the records does not show. */
function mergeEntries(bucket: string, entries: readonly AdvisoryEntry[]): AdvisoryEntry[] {
  const byPlace = new Map<string, { readonly architecture: string | undefined; readonly entry: AdvisoryEntry }>();
  for (const entry of entries) {
    for (const architecture of entry.architectures ?? [undefined]) {
      const place = placeOf(entry, architecture);
      const known = byPlace.get(place)?.entry;
      byPlace.set(place, { architecture, entry: known === undefined ? entry : mergeEntry(bucket, known, entry) });
    }
  }
  const bySense = new Map<string, AdvisoryEntry>();
  for (const { architecture, entry } of byPlace.values()) {
    const sense: Mutable<AdvisoryEntry> = { ...entry };
    delete sense.architectures;
    const key = JSON.stringify([architecture === undefined, Object.entries(sense).sort(([a], [b]) => compareText(a, b))]);
    const architectures = [...(bySense.get(key)?.architectures ?? []), ...(architecture === undefined ? [] : [architecture])].sort();
    bySense.set(key, { ...sense, ...(architectures.length > 0 && { architectures }) });
  }
  return uniteProducts([...bySense.values()]).sort((a, b) => compareText(JSON.stringify(sortKeys(a)), JSON.stringify(sortKeys(b))));
}

/** For whom an entry holds: entries of one place speak of the same thing. Products are no place yet, see uniteProducts: Red Hat says again for each what differs in few. */
function placeOf(entry: AdvisoryEntry, architecture?: string): string {
  const products = entry.cpes === undefined ? '' : JSON.stringify([entry.cpes, entry.cves, entry.fixedVersion, entry.status]);
  // What begins at one version says nothing of what begins at another.
  return [architecture, entry.service, fixKind(entry), products, entry.affectedVersion].join('|');
}

/** Fixes of one kind can be compared with each other. */
function fixKind({ fixedVersion }: AdvisoryEntry): string {
  if (fixedVersion === undefined) return 'normal';
  return fixedVersion.startsWith('KB') ? 'update' : buildVariant(fixedVersion);
}

function mergeEntry(bucket: string, a: AdvisoryEntry, b: AdvisoryEntry): AdvisoryEntry {
  const fixedVersion = higherVersion(bucket, a.fixedVersion, b.fixedVersion);
  return {
    ...a,
    ...b,
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...unite('vendorIds', a.vendorIds, b.vendorIds),
  };
}

/** Entries that differ in nothing but their products are one entry. */
function uniteProducts(entries: readonly AdvisoryEntry[]): AdvisoryEntry[] {
  const united = new Map<string, AdvisoryEntry>();
  for (const entry of entries) {
    const { cpes, ...rest } = entry;
    const key = JSON.stringify([cpes === undefined, sortKeys(rest)]);
    const known = united.get(key);
    united.set(key, known === undefined ? entry : { ...entry, ...unite('cpes', known.cpes, cpes) });
  }
  return [...united.values()];
}

function higherVersion(bucket: string, a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (schemeOfBucket(bucket)?.compare(a, b) ?? 0) > 0 ? a : b;
}

function sortKeys(entry: object): unknown {
  return Object.entries(entry).sort(([a], [b]) => compareText(a, b));
}

/** Returns the property with the union of both lists, sorted; nothing when neither has one. */
export function unite<Name extends string, T extends string>(
  name: Name,
  a: readonly T[] | undefined,
  b: readonly T[] | undefined,
): Partial<Record<Name, readonly T[]>> {
  if (a === undefined && b === undefined) return {};
  return { [name]: [...new Set([...(a ?? []), ...(b ?? [])])].sort() } as unknown as Partial<Record<Name, readonly T[]>>;
}
