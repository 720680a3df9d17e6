import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { READ_CHUNK_BYTES, THREAD_HASH_BYTES } from '../../../../src/foundation/base/limits.ts';
import { createStreamHash } from '../../../../src/foundation/io/hash-thread.ts';

/** Pieces of all sizes, from one memory that each overwrites: what is hashed must have been taken by then. */
function* pieces(count: number): Generator<Uint8Array, void, undefined> {
  const memory = new Uint8Array(3 * READ_CHUNK_BYTES);
  const sizes = [0, 1, 511, READ_CHUNK_BYTES - 1, READ_CHUNK_BYTES, READ_CHUNK_BYTES + 1, 3 * READ_CHUNK_BYTES];
  for (let index = 0; index < count; index++) yield memory.subarray(0, sizes[index % sizes.length]).fill(index);
}

async function hashOf(count: number, expectedBytes: number): Promise<string> {
  const hash = createStreamHash(expectedBytes);
  try {
    for (const piece of pieces(count)) await hash.update(piece);
    return await hash.digest();
  } finally {
    hash.close();
  }
}

function expected(count: number): string {
  const hash = createHash('sha256');
  for (const piece of pieces(count)) hash.update(piece);
  return hash.digest('hex');
}

test('the digest is the same whoever takes it, of one stream after the other and of several at once', async () => {
  for (const count of [0, 1, 40, 7])
    assert.deepEqual([await hashOf(count, THREAD_HASH_BYTES), await hashOf(count, 0)], [expected(count), expected(count)]);
  const counts = [9, 21, 14];
  assert.deepEqual(await Promise.all(counts.map((count) => hashOf(count, THREAD_HASH_BYTES))), counts.map(expected));
});

test('a digest that nobody wants any more leaves nothing behind for the next', async () => {
  const abandoned = createStreamHash(THREAD_HASH_BYTES);
  await abandoned.update(new Uint8Array(10));
  abandoned.close();
  assert.equal(await hashOf(5, THREAD_HASH_BYTES), expected(5));
});
