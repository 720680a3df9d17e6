import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { StoredAdvisory } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { toNames } from './match-candidate.ts';

/** One record that affects a package. */
export interface Candidate {
  readonly bucket: string;
  readonly id: AdvisoryId;
  readonly advisory: StoredAdvisory;
}

/** The records of one vulnerability, the source believed first first. */
export interface Group<T extends Candidate> {
  /** The CVE where there is one, else the first record's own. */
  readonly id: AdvisoryId;
  /** Every other name of it, sorted. */
  readonly aliases: readonly AdvisoryId[];
  readonly records: readonly T[];
}

/** Most ids whose aliases are looked up for one record: real records have a handful, and a ring of aliases has no end. */
const MAX_ALIASES_FOLLOWED = 16;

/**
 * Returns records of one package put together by vulnerability, in the order of their first records; those that were withdrawn are left out. Two records tell of one vulnerability when one names the
 * other, or a third, which may lie in the store only, and so on. Two CVEs are two vulnerabilities, whatever else goes by both names: a record that stands for several counts for each.
 */
export function groupByVulnerability<T extends Candidate>(candidates: readonly T[], store: AdvisoryStore): readonly Group<T>[] {
  if (candidates.length === 0) return [];
  const named: { readonly record: T; readonly names: ReadonlySet<AdvisoryId> }[] = [];
  for (const record of candidates) {
    const names = namesOf(record, store);
    if (names !== undefined) named.push({ record, names });
  }
  let index: Index | undefined;
  const groups = new Map<string, { readonly id: AdvisoryId; readonly names: Set<AdvisoryId>; readonly records: T[] }>();
  for (const one of named) {
    // Most records are kept under a CVE: what they are linked with says nothing more.
    const ids = isCve(one.record.id) ? [one.record.id] : idsOf(one, (index ??= indexByName(named)));
    for (const id of ids) {
      let group = groups.get(id);
      if (group === undefined) groups.set(id, (group = { id, names: new Set(), records: [] }));
      group.records.push(one.record);
      for (const name of one.names) group.names.add(name);
    }
  }
  return [...groups.values()].map(({ id, names, records }) => toGroup(id, names, records));
}

function toGroup<T extends Candidate>(id: AdvisoryId, names: ReadonlySet<AdvisoryId>, records: readonly T[]): Group<T> {
  const own = isCve(id) ? id : (records[0]?.id ?? id);
  return { id: own, aliases: toNames([...names], own), records };
}

interface Named {
  readonly record: Candidate;
  readonly names: ReadonlySet<AdvisoryId>;
}

/** Records by each of their names. */
type Index = ReadonlyMap<AdvisoryId, readonly Named[]>;

function indexByName(all: readonly Named[]): Index {
  const index = new Map<AdvisoryId, Named[]>();
  for (const one of all) {
    for (const name of one.names) {
      const known = index.get(name) ?? [];
      index.set(name, known);
      known.push(one);
    }
  }
  return index;
}

/** The vulnerabilities that a record tells of: its CVEs, or those of the records that are the fewest links away; without any, the first name of all that are linked. */
function idsOf(start: Named, index: Index): readonly AdvisoryId[] {
  const linked = new Set([start]);
  let nearest: readonly Named[] = [start];
  while (nearest.length > 0) {
    const cves = new Set(nearest.flatMap(cvesOf));
    if (cves.size > 0) return [...cves].sort(compareText);
    const names = nearest.flatMap((one) => [...one.names]);
    nearest = [...new Set(names.flatMap((name) => index.get(name) ?? []))].filter((other) => !linked.has(other));
    for (const other of nearest) linked.add(other);
  }
  const [first] = [...linked].flatMap(({ names }) => [...names]).sort(compareText);
  return [first ?? start.record.id];
}

/** A record that is kept under a CVE tells of that one: the same record is kept under its others, too. */
function cvesOf({ record, names }: Named): readonly AdvisoryId[] {
  return isCve(record.id) ? [record.id] : [...names].filter(isCve);
}

/** Returns all names of a record, undefined when it was withdrawn. Where a CVE is known, nothing more is looked for. */
function namesOf({ id, advisory }: Candidate, store: AdvisoryStore): ReadonlySet<AdvisoryId> | undefined {
  const names = new Set([id]);
  if (advisory.vendorIds !== undefined) for (const other of advisory.vendorIds) names.add(toAdvisoryId(other));
  if (isCve(id)) return names;
  let followed = 0;
  for (const name of names) {
    if (followed++ === MAX_ALIASES_FOLLOWED) break;
    const detail = store.detail(name);
    if (name === id && detail?.withdrawn === true) return undefined;
    for (const alias of detail?.aliases ?? []) names.add(alias);
    if ([...names].some(isCve)) break;
  }
  return names;
}

function isCve(id: string): boolean {
  return id.startsWith('CVE-');
}
