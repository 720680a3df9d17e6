import type { BoltBucket } from '../../foundation/formats/bolt-reader.ts';
import type { BoltFile } from './bolt-file.ts';

/** How a database keeps its values, told from what they mean: in buckets of values, and in buckets of buckets of values. Values are JSON. */
export interface Shelves {
  /** Names of buckets that start with `prefix`, sorted. */
  names(prefix: string): readonly string[];
  /** The value of `key` in a bucket of values. */
  value(bucket: string, key: string): unknown;
  /** The values below `bucket` and `name`, sorted by their keys. */
  rows(bucket: string, name: string): readonly Row[];
  /** One of them. */
  row(bucket: string, name: string, key: string): unknown;
}

export type Row = readonly [key: string, value: unknown];

const NOTHING: readonly Row[] = [];

/** As trivy-db and `plimsoll db build` write it: every value is an entry of its own. */
export class PlainShelves implements Shelves {
  readonly #file: BoltFile;
  readonly #buckets: OpenBuckets;

  constructor(file: BoltFile) {
    this.#file = file;
    this.#buckets = new OpenBuckets(file);
  }

  names(prefix: string): readonly string[] {
    return bucketNames(this.#file, prefix);
  }

  value(bucket: string, key: string): unknown {
    return this.#parse(this.#file.ask(() => this.#buckets.get(bucket)?.get(Buffer.from(key))));
  }

  rows(bucket: string, name: string): readonly Row[] {
    const texts = this.#file.ask(() => this.#nested(bucket, name)?.texts());
    return texts === undefined ? NOTHING : texts.map(({ key, value }): Row => [key, this.#file.parseJson(value)]);
  }

  row(bucket: string, name: string, key: string): unknown {
    return this.#parse(this.#file.ask(() => this.#nested(bucket, name)?.get(Buffer.from(key))));
  }

  #nested(bucket: string, name: string): BoltBucket | undefined {
    return this.#buckets.get(bucket)?.bucket(Buffer.from(name));
  }

  #parse(bytes: Uint8Array | undefined): unknown {
    return bytes === undefined ? undefined : this.#file.parseJson(bytes);
  }
}

/** Returns the names of a file's outermost buckets that start with `prefix`. */
export function bucketNames(file: BoltFile, prefix: string): readonly string[] {
  const decoder = new TextDecoder();
  const entries = file.ask((root) => [...root.entries(new TextEncoder().encode(prefix))]);
  return entries.filter(({ isBucket }) => isBucket).map(({ key }) => decoder.decode(key));
}

/** The outermost buckets that were asked for: found once, then at hand. There are some hundred in all. */
export class OpenBuckets {
  readonly #file: BoltFile;
  readonly #known = new Map<string, BoltBucket>();

  constructor(file: BoltFile) {
    this.#file = file;
  }

  get(name: string): BoltBucket | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const found = this.#file.ask((root) => root.bucket(new TextEncoder().encode(name)));
    if (found !== undefined) this.#known.set(name, found);
    return found;
  }
}
