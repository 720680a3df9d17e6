import { zstdDecompressSync } from 'node:zlib';
import { MAX_COMPACT_BLOCK_BYTES, MAX_COMPACT_CACHE_BYTES } from '../../foundation/base/limits.ts';
import { RecentlyUsed } from '../../foundation/base/recently-used.ts';
import type { BoltFile } from './bolt-file.ts';
import { bucketNames, OpenBuckets } from './shelves.ts';
import type { Row, Shelves } from './shelves.ts';
import { AdvisoryStoreError } from './store.ts';

/**
 * As `plimsoll db compact` writes it: neighbouring values of a bucket lie together in blocks, each under the first of their keys. A block is a zstd frame of JSON: of a bucket
 * of values `[[key, value], …]`, of a bucket of buckets `[[name, [[key, value], …]], …]`.
 */
export class CompactShelves implements Shelves {
  readonly #file: BoltFile;
  readonly #buckets: OpenBuckets;
  /** By bucket and first key. */
  readonly #blocks = new RecentlyUsed<string, Block>(MAX_COMPACT_CACHE_BYTES, ({ sizeBytes }) => sizeBytes);

  constructor(file: BoltFile) {
    this.#file = file;
    this.#buckets = new OpenBuckets(file);
  }

  names(prefix: string): readonly string[] {
    return bucketNames(this.#file, prefix);
  }

  value(bucket: string, key: string): unknown {
    return this.#find(bucket, key);
  }

  rows(bucket: string, name: string): readonly Row[] {
    const rows = this.#find(bucket, name);
    if (rows === undefined) return [];
    if (!isRows(rows)) throw this.#malformed();
    return rows;
  }

  row(bucket: string, name: string, key: string): unknown {
    return this.rows(bucket, name).find(([candidate]) => candidate === key)?.[1];
  }

  #find(bucket: string, key: string): unknown {
    const entry = this.#file.ask(() => this.#buckets.get(bucket)?.lastNotAbove(Buffer.from(key)));
    if (entry === undefined) return undefined;
    if (entry.isBucket) throw this.#malformed();
    const place = `${bucket}\0${Buffer.from(entry.key).toString('latin1')}`;
    return this.#blocks.get(place, () => this.#unpack(entry.value)).rows.get(key);
  }

  #unpack(packed: Uint8Array): Block {
    let plain: Uint8Array;
    try {
      plain = zstdDecompressSync(packed, { maxOutputLength: MAX_COMPACT_BLOCK_BYTES });
    } catch (error) {
      throw this.#malformed(error);
    }
    const rows = this.#file.parseJson(plain);
    if (!isRows(rows)) throw this.#malformed();
    return { rows: new Map(rows), sizeBytes: plain.length };
  }

  #malformed(cause?: unknown): AdvisoryStoreError {
    const message = `a block of the advisory database ${this.#file.path} is damaged; download it again with \`plimsoll db update\``;
    return new AdvisoryStoreError('malformed', message, { cause });
  }
}

interface Block {
  readonly rows: ReadonlyMap<string, unknown>;
  readonly sizeBytes: number;
}

function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => Array.isArray(row) && typeof row[0] === 'string');
}
