import { zstdCompressSync, constants } from 'node:zlib';
import { MAX_COMPACT_BLOCK_BYTES } from '../../foundation/base/limits.ts';
import { compareBytes } from '../../foundation/formats/bolt-format.ts';
import type { BoltBucket, BoltEntry } from '../../foundation/formats/bolt-reader.ts';
import type { BoltLeaf } from '../../foundation/formats/bolt-writer.ts';
import type { BoltFile } from './bolt-file.ts';
import { AdvisoryStoreError } from './store.ts';

/** Returns what to keep of a value, undefined to leave it out. */
export type Keep = (key: string, json: unknown) => unknown;

/** Neighbours share a block up to this, unpacked: large enough to compress well, small enough that a look-up unpacks little. */
const BLOCK_BYTES = 8192;
const COMPRESSION_LEVEL = 12;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Yields the blocks of a bucket of values; `added` are further ones, in order, of which those count whose keys are not in the bucket. */
export function* blockLeaves(source: BoltFile, bucket: BoltBucket, keep: Keep, added: readonly AddedRow[] = []): Generator<BoltLeaf> {
  yield* toBlocks(
    mergeRows(
      rowsOf(source, bucket, keep),
      added.map(({ key, value }) => ({ key: encoder.encode(key), json: JSON.stringify([key, value]) })),
    ),
  );
}

export interface AddedRow {
  readonly key: string;
  readonly value: unknown;
}

/** Yields the blocks of a bucket of buckets of values. */
export function* tableLeaves(source: BoltFile, bucket: BoltBucket, keep: Keep): Generator<BoltLeaf> {
  yield* toBlocks(tablesOf(source, bucket, keep));
}

/** A value under its key, both as they stand in a block. */
interface PackedRow {
  readonly key: Uint8Array;
  readonly json: string;
}

function* rowsOf(source: BoltFile, bucket: BoltBucket, keep: Keep): Generator<PackedRow> {
  for (const { key, value, isBucket } of entriesOf(source, bucket)) {
    if (isBucket) throw mixed(source);
    const name = decoder.decode(key);
    const kept = keep(name, source.parseJson(value));
    if (kept !== undefined) yield { key, json: JSON.stringify([name, kept]) };
  }
}

function* tablesOf(source: BoltFile, bucket: BoltBucket, keep: Keep): Generator<PackedRow> {
  for (const { key, isBucket } of entriesOf(source, bucket)) {
    if (!isBucket) throw mixed(source);
    const table = source.ask(() => bucket.bucket(key));
    const rows = table === undefined ? [] : [...rowsOf(source, table, keep)];
    yield { key, json: `[${JSON.stringify(decoder.decode(key))},[${rows.map(({ json }) => json).join(',')}]]` };
  }
}

function* mergeRows(rows: Iterable<PackedRow>, added: readonly PackedRow[]): Generator<PackedRow> {
  let next = 0;
  for (const row of rows) {
    for (let more = added[next]; more !== undefined && compareBytes(more.key, row.key) <= 0; more = added[next]) {
      if (compareBytes(more.key, row.key) < 0) yield more;
      next += 1;
    }
    yield row;
  }
  yield* added.slice(next);
}

function* toBlocks(rows: Iterable<PackedRow>): Generator<BoltLeaf> {
  let block: PackedRow[] = [];
  let size = 0;
  for (const row of rows) {
    if (block.length > 0 && size + row.json.length > BLOCK_BYTES) {
      yield toLeaf(block);
      block = [];
      size = 0;
    }
    block.push(row);
    size += row.json.length;
  }
  if (block.length > 0) yield toLeaf(block);
}

function toLeaf(block: readonly PackedRow[]): BoltLeaf {
  const plain = encoder.encode(`[${block.map(({ json }) => json).join(',')}]`);
  if (plain.length > MAX_COMPACT_BLOCK_BYTES)
    throw new AdvisoryStoreError('malformed', 'more is known of one package than a compact database can hold');
  const value = zstdCompressSync(plain, { params: { [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL } });
  return { key: block[0]?.key ?? new Uint8Array(), value, isBucket: false };
}

/** A bucket's entries with keys of their own: pages are let go while the walk goes on. Damage is thrown where it is met. */
function* entriesOf(source: BoltFile, bucket: BoltBucket): Generator<BoltEntry> {
  for (const { key, value, isBucket } of bucket.entries()) {
    yield { key: key.slice(), value, isBucket };
    source.ask(() => undefined);
  }
  source.ask(() => undefined);
}

function mixed(source: BoltFile): AdvisoryStoreError {
  return new AdvisoryStoreError('malformed', `the advisory database ${source.path} mixes values and buckets; download it again`);
}
