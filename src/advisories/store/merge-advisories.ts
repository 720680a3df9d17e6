import { MAX_ADVISORY_ENTRIES } from '../../foundation/base/limits.ts';
import { compareText } from '../../foundation/base/order.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import { buildVariant } from './build-variant.ts';
import { approximateUnion, hasRanges, uniteRanges } from './merge-ranges.ts';
import type { Ranges } from './merge-ranges.ts';
import { entriesOf } from './record.ts';
import type { AdvisoryEntry, StoredAdvisory } from './record.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Returns what two records of one vulnerability in one package say together. Where they hold for the same architectures, build and products, the higher of two fixed versions
 * counts: a flaw named again under a later version was not quite fixed by the earlier one. Where they hold for different ones, both are kept as entries. Ranges affect what those of
 * either record affect: they are united where lists of ranges can say that, and kept as entries where what one clears would clear it of the other. A fix stands above a status.
 */
export function mergeAdvisories(bucket: string, a: StoredAdvisory, b: StoredAdvisory): StoredAdvisory {
  return mergeAll(bucket, [a, b]);
}

/** Returns what any number of records of one vulnerability in one package say together, see mergeAdvisories. */
export function mergeAll(bucket: string, records: readonly StoredAdvisory[]): StoredAdvisory {
  const [first = {}] = records;
  if (records.length < 2) return first;
  const entries = mergeEntries(bucket, records.flatMap(entriesOf));
  const [only] = entries;
  return only !== undefined && entries.length === 1 && isForEverybody(only) ? only : withPlainFields(bucket, entries);
}

/** Beside the entries stands what readers who know no entries are to go by: the highest fix that everybody can install, of the normal build, or ranges. */
function withPlainFields(bucket: string, entries: readonly AdvisoryEntry[]): StoredAdvisory {
  const plain = entries.filter((entry) => entry.cpes === undefined && entry.service === undefined && fixKind(entry) === 'normal');
  const fixedVersion = plain.reduce<string | undefined>((highest, entry) => higherVersion(bucket, highest, entry.fixedVersion), undefined);
  if (fixedVersion !== undefined) return { fixedVersion, entries };
  const ranged = entries.filter(hasRanges);
  if (ranged.length === 0) return { entries };
  const vendorIds = ranged.reduce<readonly string[]>((known, entry) => [...known, ...(entry.vendorIds ?? [])], []);
  return { ...approximateUnion(schemeOfBucket(bucket), ranged), ...(vendorIds.length > 0 && unite('vendorIds', vendorIds, undefined)), entries };
}

function isForEverybody(entry: AdvisoryEntry): boolean {
  return entry.architectures === undefined && entry.cpes === undefined;
}

/** An entry for each architecture and system, then those that say the same of several put together again; sorted, so that the order of the records does not show. */
function mergeEntries(bucket: string, entries: readonly AdvisoryEntry[]): AdvisoryEntry[] {
  const byPlace = new Map<
    string,
    { readonly architecture: string | undefined; readonly system: string | undefined; readonly said: readonly AdvisoryEntry[] }
  >();
  for (const entry of entries) {
    for (const architecture of entry.architectures ?? [undefined]) {
      for (const system of entry.operatingSystems ?? [undefined]) {
        const place = placeOf(entry, architecture, system);
        byPlace.set(place, { architecture, system, said: addEntry(bucket, byPlace.get(place)?.said ?? [], entry) });
      }
    }
  }
  const bySense = new Map<string, AdvisoryEntry>();
  for (const { architecture, system, said } of byPlace.values()) {
    for (const entry of said) {
      const sense: Mutable<AdvisoryEntry> = { ...entry };
      delete sense.architectures;
      delete sense.operatingSystems;
      const key = JSON.stringify([architecture === undefined, system === undefined, sortKeys(sense)]);
      const known = bySense.get(key);
      bySense.set(key, {
        ...sense,
        ...(architecture !== undefined && unite('architectures', known?.architectures, [architecture])),
        ...(system !== undefined && unite('operatingSystems', known?.operatingSystems, [system])),
      });
    }
  }
  return uniteProducts([...bySense.values()]).sort((a, b) => compareText(JSON.stringify(sortKeys(a)), JSON.stringify(sortKeys(b))));
}

/** What is said of one place, and one thing more: one entry, but for ranges that cannot be united. What was united may be united with others. */
function addEntry(bucket: string, said: readonly AdvisoryEntry[], entry: AdvisoryEntry): readonly AdvisoryEntry[] {
  for (const [index, other] of said.entries()) {
    const ranges = rangesOfBoth(bucket, other, entry);
    if (ranges !== undefined) return addEntry(bucket, said.toSpliced(index, 1), mergeEntry(bucket, other, entry, ranges));
  }
  const all = [...said, entry];
  // So many are no records of anybody's: what is lost is what clears a version, and what affects one is kept.
  if (all.length <= MAX_ADVISORY_ENTRIES || !all.every(hasRanges)) return all;
  const ranges = approximateUnion(schemeOfBucket(bucket), all);
  return [all.reduce((a, b) => mergeEntry(bucket, a, b, ranges))];
}

/** Undefined when both are to be kept. Where ranges say for whom a fix is, another fix is another entry. */
function rangesOfBoth(bucket: string, a: AdvisoryEntry, b: AdvisoryEntry): Ranges | undefined {
  if (!hasRanges(a) && !hasRanges(b)) return {};
  if (hasRanges(a) !== hasRanges(b) || a.fixedVersion !== b.fixedVersion || a.status !== b.status) return undefined;
  return uniteRanges(schemeOfBucket(bucket), a, b);
}

/** For whom an entry holds: entries of one place speak of the same thing. Products are no place yet, see uniteProducts: Red Hat says again for each what differs in few. */
function placeOf(entry: AdvisoryEntry, architecture: string | undefined, system: string | undefined): string {
  const products = entry.cpes === undefined ? '' : JSON.stringify([entry.cpes, entry.cves, entry.fixedVersion, entry.status]);
  // What begins at one version says nothing of what begins at another.
  return [architecture, system, entry.service, entry.filedUnder, fixKind(entry), products, entry.affectedVersion].join('|');
}

/** Fixes of one kind can be compared with each other. */
function fixKind({ fixedVersion }: AdvisoryEntry): string {
  if (fixedVersion === undefined) return 'normal';
  return fixedVersion.startsWith('KB') ? 'update' : buildVariant(fixedVersion);
}

function mergeEntry(bucket: string, a: AdvisoryEntry, b: AdvisoryEntry, ranges: Ranges): AdvisoryEntry {
  const fixedVersion = higherVersion(bucket, a.fixedVersion, b.fixedVersion);
  const merged: Mutable<AdvisoryEntry> = { ...a, ...b };
  delete merged.vulnerableVersions;
  delete merged.patchedVersions;
  delete merged.unaffectedVersions;
  return {
    ...merged,
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...unite('vendorIds', a.vendorIds, b.vendorIds),
    ...ranges,
    ...unite('symbols', a.symbols, b.symbols),
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
