import { compareText } from '../../foundation/base/order.ts';
import { MAX_BOLT_KEY_BYTES } from '../../foundation/formats/bolt-writer.ts';
import { toByteText } from './record-sorter.ts';
import type { RecordSorter } from './record-sorter.ts';
import { entriesOf } from './record.ts';
import type { AdvisoryRecord, RedHatProductsOf, RedHatProductsRecord, StoredAdvisory, VulnerabilityDetail } from './record.ts';
import { reservedBuckets } from './schema.ts';

/** All that records say of one thing, in the order in which they came. Names are byte texts (see toByteText). */
export type CollectedGroup =
  | {
      readonly kind: 'affected';
      readonly bucket: string;
      readonly packageName: string;
      readonly id: string;
      readonly advisories: readonly StoredAdvisory[];
    }
  | { readonly kind: 'vulnerability'; readonly id: string; readonly details: readonly VulnerabilityDetail[] };

const SEPARATOR = '\0';
/** First parts of the keys: what affects a package comes before what the vulnerabilities are. */
const AFFECTED = 'a';
const VULNERABILITY = 'v';

/** The records of a database to be, packed as JSON and sorted; of Red Hat's products, which are few, the records themselves. */
export class CollectedRecords {
  readonly #sorter: RecordSorter;
  readonly #products = new Map<RedHatProductsOf, Map<string, Set<string>>>();
  readonly #cpes = new Set<string>();

  constructor(sorter: RecordSorter) {
    this.#sorter = sorter;
  }

  /** Takes a record. Returns false for one that no database can hold. */
  add(record: AdvisoryRecord): boolean {
    switch (record.kind) {
      case 'redhat-products':
        return this.#addProducts(record);
      case 'vulnerability':
        if (!isKey(record.id)) return false;
        this.#sorter.add(toKey([VULNERABILITY, record.id]), JSON.stringify(record.detail));
        return true;
      case 'affected': {
        const { bucket, packageName, id, advisory } = record;
        if (![bucket, packageName, id].every(isKey) || reservedBuckets.has(bucket)) return false;
        for (const { cpes } of entriesOf(advisory)) cpes?.forEach((cpe) => this.#cpes.add(cpe));
        this.#sorter.add(toKey([AFFECTED, bucket, packageName, id]), JSON.stringify(advisory));
        return true;
      }
    }
  }

  /** Yields what was collected, sorted by the bytes of bucket, package and id: first all that affects packages, then what the vulnerabilities are. Once. */
  *groups(): Generator<CollectedGroup> {
    for (const { key, values } of this.#sorter.groups()) {
      const [kind = '', first = '', packageName = '', id = ''] = key.split(SEPARATOR);
      const said = values.map((value) => JSON.parse(value) as unknown);
      if (kind === AFFECTED) yield { kind: 'affected', bucket: first, packageName, id, advisories: said as StoredAdvisory[] };
      else yield { kind: 'vulnerability', id: first, details: said as VulnerabilityDetail[] };
    }
  }

  /** Returns the number of every Red Hat product that a record names: by the order of their names, so that the same records give the same numbers. */
  numberCpes(): ReadonlyMap<string, number> {
    return new Map([...this.#cpes].sort(compareText).map((name, index) => [name, index]));
  }

  /** Returns what Red Hat's repositories and image builds belong to: names to CPE names. */
  productsOf(of: RedHatProductsOf): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#products.get(of) ?? new Map<string, ReadonlySet<string>>();
  }

  #addProducts({ of, name, cpes }: RedHatProductsRecord): boolean {
    if (!isKey(name)) return false;
    const table = this.#products.get(of) ?? new Map<string, Set<string>>();
    this.#products.set(of, table);
    table.set(name, new Set([...(table.get(name) ?? []), ...cpes]));
    for (const cpe of cpes) this.#cpes.add(cpe);
    return true;
  }
}

function toKey(parts: readonly string[]): string {
  return parts.map(toByteText).join(SEPARATOR);
}

/** Whether bolt can hold it as a key; a zero character would be taken for the end of a part. */
function isKey(text: string): boolean {
  return text !== '' && !text.includes(SEPARATOR) && Buffer.byteLength(text) <= MAX_BOLT_KEY_BYTES;
}
