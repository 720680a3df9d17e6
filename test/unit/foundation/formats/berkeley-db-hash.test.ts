import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { readBerkeleyDbHash } from '../../../../src/foundation/formats/berkeley-db-hash.ts';
import { ProblemList } from '../../../../src/foundation/formats/problem-list.ts';
import { buildBerkeleyDb } from '../../../support/rpm-builder.ts';

const values = [Uint8Array.of(1, 2, 3), Uint8Array.from({ length: 2000 }, (_, index) => index % 251), Uint8Array.from({ length: 486 }, () => 7)];

function read(bytes: Uint8Array): { values: Uint8Array[]; problems: readonly string[] } {
  const problems = new ProblemList();
  const found = [...readBerkeleyDbHash(bytes, problems)].map(({ value }) => Uint8Array.from(value));
  return { values: found, problems: problems.list().map(({ message }) => message) };
}

test('records in their page and in overflow pages, in both byte orders, in pages of every size', () => {
  for (const littleEndian of [true, false]) {
    for (const pageBytes of [512, 4096, 65_536]) {
      const { values: found, problems } = read(buildBerkeleyDb(values, { littleEndian, pageBytes }));
      assert.deepEqual(found.slice(1), values);
      assert.deepEqual(problems, []);
    }
  }
});

test('keys come with the values, and bytes may begin anywhere in their buffer', () => {
  const table = Buffer.concat([Uint8Array.of(9), buildBerkeleyDb(values)]).subarray(1);
  const keys = [...readBerkeleyDbHash(table, new ProblemList())].map(({ key }) => [...key]);
  assert.deepEqual(
    keys,
    [0, 1, 2, 3].map((number) => [number, 0, 0, 0]),
  );
});

test('a table cut at any offset is told to be', () => {
  const whole = buildBerkeleyDb(values);
  for (let cut = 0; cut < whole.length; cut += 37) assert.notEqual(read(whole.subarray(0, cut)).problems.length, 0, `cut at ${cut}`);
});

test('chains that run in a circle or are used twice are told, and end', () => {
  const circle = Uint8Array.from(buildBerkeleyDb([values[1] ?? new Uint8Array()]));
  const view = new DataView(circle.buffer);
  view.setUint32(4 * 512 + 16, 3, true);
  assert.match(read(circle).problems.join(), /goes on in page 3/);

  const shared = Uint8Array.from(buildBerkeleyDb([new Uint8Array(200), new Uint8Array(200)]));
  const second = new DataView(shared.buffer, 4 * 512);
  second.setUint32(second.getUint16(28, true) + 4, 3, true);
  const { values: found, problems } = read(shared);
  assert.equal(found.length, 2);
  assert.match(problems.join(), /of another record/);
});

test('a table that is encrypted, of another kind or of impossible pages is told to be', () => {
  const good = buildBerkeleyDb(values);
  for (const [at, value] of [
    [12, 0],
    [20, 3],
    [22, 0xff],
    [24, 1],
  ] as const) {
    const bad = Uint8Array.from(good);
    bad[at] = value;
    const { values: found, problems } = read(bad);
    assert.deepEqual([found.length, problems.length], [0, 1], `byte ${at}`);
  }
});

test('damage anywhere is survived', () => {
  const good = buildBerkeleyDb(values);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 20 }), fc.uint8Array({ maxLength: 600 }), (damage, bytes) => {
      const bad = Uint8Array.from(good);
      for (const [at, value] of damage) bad[at] = value;
      const total = read(bad).values.reduce((sum, { length }) => sum + length, 0);
      assert.ok(total <= bad.length);
      read(bytes);
    }),
  );
});
