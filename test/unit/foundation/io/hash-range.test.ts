import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { HASH_BLOCK_BYTES, RANGE_HASH_BYTES } from '../../../../src/foundation/base/limits.ts';
import { hashRange } from '../../../../src/foundation/io/hash-range.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const bytes = Buffer.alloc(RANGE_HASH_BYTES + 3 * HASH_BLOCK_BYTES + 77);
for (let i = 0; i < bytes.length; i += 997) bytes[i] = i & 0xff;

function openBytes(t: TestContext): number {
  const name = path.join(temporaryDirectory(t), 'file');
  writeFileSync(name, bytes);
  const descriptor = openSync(name, 'r');
  t.after(() => {
    closeSync(descriptor);
  });
  return descriptor;
}

function expected(start: number, length: number): string {
  return createHash('sha256')
    .update(bytes.subarray(start, start + length))
    .digest('hex');
}

test('small ranges and large ones, more of them than there are threads', async (t) => {
  const descriptor = openBytes(t);
  const ranges: readonly (readonly [start: number, length: number])[] = [
    [0, 0],
    [0, bytes.length],
    [1, RANGE_HASH_BYTES],
    [77, RANGE_HASH_BYTES + 1],
    [5, HASH_BLOCK_BYTES - 1],
    [HASH_BLOCK_BYTES, HASH_BLOCK_BYTES + 1],
    [bytes.length, 0],
  ];
  const answers = await Promise.all(ranges.map(([start, length]) => hashRange({ descriptor, start, length })));
  assert.deepEqual(
    answers,
    ranges.map(([start, length]) => expected(start, length)),
  );
  // The threads that are there are used again.
  assert.equal(await hashRange({ descriptor, start: 3, length: 1000 }), expected(3, 1000));
});

test('a file that is shorter than was thought: what there is of it', async (t) => {
  const descriptor = openBytes(t);
  assert.equal(await hashRange({ descriptor, start: 10, length: 2 * bytes.length }), expected(10, bytes.length));
});

test('an abort ends it, and the next is not harmed', async (t) => {
  const descriptor = openBytes(t);
  const whole = { descriptor, start: 0, length: bytes.length };
  await assert.rejects(hashRange(whole, AbortSignal.abort(new Error('enough'))), /enough/);
  const controller = new AbortController();
  const all = [hashRange(whole, controller.signal), hashRange(whole, controller.signal), hashRange(whole, controller.signal)];
  controller.abort(new Error('enough'));
  for (const result of await Promise.allSettled(all)) assert.match(String(result.status === 'rejected' && result.reason), /enough/);
  assert.equal(await hashRange(whole), expected(0, bytes.length));
});

test('what cannot be read is said, by whoever reads it', async (t) => {
  const descriptor = openSync(temporaryDirectory(t), 'r');
  t.after(() => {
    closeSync(descriptor);
  });
  await assert.rejects(hashRange({ descriptor, start: 0, length: 10 }), /EISDIR/);
  await assert.rejects(hashRange({ descriptor, start: 0, length: RANGE_HASH_BYTES }), /EISDIR/);
});
