import { compareBytes } from '../../foundation/formats/bolt-format.ts';
import type { BoltLeaf, BoltWriter } from '../../foundation/formats/bolt-writer.ts';
import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import { bucketSource } from './buckets.ts';
import type { CollectedGroup, CollectedRecords } from './collected-records.ts';
import { mergeAll } from './merge-advisories.ts';
import { mergeDetails } from './merge-details.ts';
import { toBytes } from './record-sorter.ts';
import { entriesOf } from './record.ts';
import type { StoredAdvisory } from './record.ts';
import {
  DATA_SOURCE_BUCKET,
  formatDataSource,
  formatOwnMetadata,
  METADATA_KEY,
  PLIMSOLL_BUCKET,
  REDHAT_CPE_BUCKET,
  REDHAT_CPE_NAMES,
  VULNERABILITY_BUCKET,
} from './schema.ts';
import { formatAdvisory } from './schema-advisory.ts';
import { formatDetail } from './schema-detail.ts';

export interface StoreCounts {
  /** Platforms and language sources. */
  readonly buckets: number;
  /** Pairs of a package and a vulnerability. */
  readonly advisories: number;
  /** Those that something is known of apart from whom they affect. */
  readonly vulnerabilities: number;
}

/** Groups that are looked at one ahead. */
class Groups {
  readonly #rest: Iterator<CollectedGroup>;
  #next: CollectedGroup | undefined;

  constructor(groups: Iterable<CollectedGroup>) {
    this.#rest = groups[Symbol.iterator]();
    this.advance();
  }

  get next(): CollectedGroup | undefined {
    return this.#next;
  }

  advance(): void {
    const next = this.#rest.next();
    this.#next = next.done === true ? undefined : next.value;
  }
}

/** Writes the database that records make, a bucket a step, and returns how much is in it. Never holds more than one package's advisories. */
export function* writeStore(records: CollectedRecords, writer: BoltWriter, used: AdvisoriesUsed): Generator<undefined, StoreCounts> {
  const groups = new Groups(records.groups());
  const cpeNumbers = records.numberCpes();
  const counts = { buckets: 0, advisories: 0, vulnerabilities: 0 };
  const named = new Set<string>();
  const root: BoltLeaf[] = [];

  function* packagesOf(bucket: string): Generator<BoltLeaf> {
    while (groups.next?.kind === 'affected' && groups.next.bucket === bucket) {
      const { packageName } = groups.next;
      yield { key: toBytes(packageName), value: writer.writeBucket(advisoriesOf(bucket, packageName)), isBucket: true };
    }
  }

  function* advisoriesOf(bucket: string, packageName: string): Generator<BoltLeaf> {
    const bucketName = toText(bucket);
    for (let group = groups.next; group?.kind === 'affected' && group.bucket === bucket && group.packageName === packageName; group = groups.next) {
      const merged = mergeAll(bucketName, group.advisories);
      named.add(toText(group.id));
      addNamed(merged, named);
      counts.advisories += 1;
      yield leaf(
        toBytes(group.id),
        formatAdvisory(merged, (cpe) => cpeNumbers.get(cpe)),
      );
      groups.advance();
    }
  }

  function* vulnerabilities(): Generator<BoltLeaf> {
    for (let group = groups.next; group?.kind === 'vulnerability'; group = groups.next) {
      if (named.has(toText(group.id))) {
        counts.vulnerabilities += 1;
        yield leaf(toBytes(group.id), formatDetail(group.details.reduce((a, b) => mergeDetails(a, b))));
      }
      groups.advance();
    }
  }

  const buckets: string[] = [];
  while (groups.next?.kind === 'affected') {
    const { bucket } = groups.next;
    root.push({ key: toBytes(bucket), value: writer.writeBucket(packagesOf(bucket)), isBucket: true });
    buckets.push(bucket);
    yield;
  }
  counts.buckets = buckets.length;
  root.push(bucketLeaf(VULNERABILITY_BUCKET, writer.writeBucket(vulnerabilities())));
  yield;
  if (cpeNumbers.size > 0) root.push(bucketLeaf(REDHAT_CPE_BUCKET, writer.writeBucket(redhatTables(records, cpeNumbers, writer))));
  const sources = buckets.map((bucket) => leaf(toBytes(bucket), formatDataSource(bucketSource(toText(bucket)))));
  root.push(bucketLeaf(DATA_SOURCE_BUCKET, writer.writeBucket(sources)));
  root.push(bucketLeaf(PLIMSOLL_BUCKET, writer.writeBucket([leaf(encode(METADATA_KEY), formatOwnMetadata(used))])));
  writer.finish(root.sort((a, b) => compareBytes(a.key, b.key)));
  return counts;
}

/** Other ids under which an advisory's vulnerabilities may be described. */
function addNamed(advisory: StoredAdvisory, named: Set<string>): void {
  for (const { vendorIds, cves } of entriesOf(advisory)) {
    for (const other of vendorIds ?? []) named.add(other);
    for (const cve of cves ?? []) named.add(cve.id);
  }
}

function* redhatTables(records: CollectedRecords, numbers: ReadonlyMap<string, number>, writer: BoltWriter): Generator<BoltLeaf> {
  const names = [...numbers].map(([name, number]) => leaf(encode(String(number)), name));
  const tables: Readonly<Record<string, readonly BoltLeaf[]>> = {
    [REDHAT_CPE_NAMES]: names,
    nvr: productLeaves(records.productsOf('nvr'), numbers),
    repository: productLeaves(records.productsOf('repository'), numbers),
  };
  for (const [table, leaves] of Object.entries(tables))
    yield bucketLeaf(table, writer.writeBucket(leaves.toSorted((a, b) => compareBytes(a.key, b.key))));
}

function productLeaves(products: ReadonlyMap<string, ReadonlySet<string>>, numbers: ReadonlyMap<string, number>): readonly BoltLeaf[] {
  return [...products].map(([name, cpes]) =>
    leaf(
      encode(name),
      [...cpes].flatMap((cpe) => numbers.get(cpe) ?? []).sort((a, b) => a - b),
    ),
  );
}

function leaf(key: Uint8Array, json: unknown): BoltLeaf {
  return { key, value: encode(JSON.stringify(json)), isBucket: false };
}

function bucketLeaf(name: string, value: Uint8Array): BoltLeaf {
  return { key: encode(name), value, isBucket: true };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toText(byteText: string): string {
  return new TextDecoder().decode(toBytes(byteText));
}
