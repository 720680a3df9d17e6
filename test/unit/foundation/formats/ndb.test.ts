import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { readNdb } from '../../../../src/foundation/formats/ndb.ts';
import { ProblemList } from '../../../../src/foundation/formats/problem-list.ts';
import { buildNdb } from '../../../support/rpm-builder.ts';

const blobs = [Uint8Array.of(1), Uint8Array.from({ length: 100 }, (_, index) => index), Uint8Array.from({ length: 4 }, () => 5)];

function read(bytes: Uint8Array): { blobs: Uint8Array[]; problems: readonly string[] } {
  const problems = new ProblemList();
  const found = [...readNdb(bytes, problems)].map((blob) => Uint8Array.from(blob));
  return { blobs: found, problems: problems.list().map(({ message }) => message) };
}

test('blobs in the order of their slots', () => {
  assert.deepEqual(read(Buffer.concat([Uint8Array.of(9), buildNdb(blobs)]).subarray(1)), { blobs, problems: [] });
  assert.deepEqual(read(buildNdb([])), { blobs: [], problems: [] });
});

test('a database cut at any offset is told to be', () => {
  const whole = buildNdb(blobs);
  for (let cut = 0; cut < whole.length; cut += cut < 4000 ? 97 : 1) {
    const { blobs: found, problems } = read(whole.subarray(0, cut));
    assert.ok(found.length < blobs.length);
    assert.notEqual(problems.length, 0, `cut at ${cut}`);
  }
});

test('slots and blobs that do not agree are told', () => {
  const whole = buildNdb(blobs);
  // The slot's mark, its number, where its blob begins and how long it is; the blob's mark, number, length and its end.
  for (const at of [48, 52, 56, 60, 4096 + 32, 4096 + 36, 4096 + 44, 4096 + 32 + 124, 4096 + 32 + 120]) {
    const bad = Uint8Array.from(whole);
    bad[at] = (bad[at] ?? 0) ^ 0x55;
    const { blobs: found, problems } = read(bad);
    assert.deepEqual([found.length, problems.length], [2, 1], `byte ${at}`);
  }
});

test('a blob that a thousand slots name is not read a thousand times', () => {
  const bad = Uint8Array.from(buildNdb([new Uint8Array(5000)]));
  for (let at = 48; at < 4096; at += 16) bad.copyWithin(at, 32, 48);
  const { blobs: found, problems } = read(bad);
  assert.equal(found.length, 1);
  assert.equal(problems.length, 253);
});

test('any bytes are read without throwing', () => {
  const good = buildNdb(blobs);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 20 }), fc.uint8Array({ maxLength: 100 }), (damage, bytes) => {
      const bad = Uint8Array.from(good);
      for (const [at, value] of damage) bad[at] = value;
      read(bad);
      read(bytes);
    }),
  );
});
