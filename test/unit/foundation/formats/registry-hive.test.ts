import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { HiveKey, RegistryHive } from '../../../../src/foundation/formats/registry-hive.ts';
import { openHive, toHiveNumber, toHiveText } from '../../../../src/foundation/formats/registry-hive.ts';
import { buildHive } from '../../../support/hive-builder.ts';

const sample = buildHive({
  name: 'ROOT',
  keys: [
    { name: 'Plain', list: 'li', keys: [{ name: 'one' }, { name: 'two' }] },
    { name: 'Fast', list: 'lf', keys: [{ name: 'one' }, { name: 'gone', deleted: true }] },
    { name: 'Many', list: 'ri', keys: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name })) },
    { name: 'Ωmega', values: { Ω: 'ω', Number: 7, Empty: '', Large: new Uint8Array(40_000).fill(3), Gone: { deleted: true } } },
  ],
});

function open(bytes: Uint8Array): RegistryHive {
  const { value, problems } = openHive(bytes);
  assert.deepEqual(problems, []);
  assert.ok(value);
  return value;
}

const namesOf = (key: HiveKey | undefined): string[] => [...(key?.children() ?? [])].map(({ name }) => name);

test('keys in lists of every kind', () => {
  const hive = open(sample);
  assert.deepEqual(namesOf(hive.find('')), ['Fast', 'Many', 'Plain', 'Ωmega']);
  assert.deepEqual(namesOf(hive.find('plain')), ['one', 'two']);
  assert.deepEqual(namesOf(hive.find('MANY')), ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(
    [...(hive.find('Fast')?.children() ?? [])].map(({ isDeleted }) => isDeleted),
    [true, false],
  );
  assert.equal(hive.find('Fast\\three'), undefined);
  assert.deepEqual(hive.problems.list(), []);
});

test('values: text, numbers, nothing, more than one cell holds, and what is deleted', () => {
  const values = open(sample).find('Ωmega')?.values();
  assert.equal(toHiveText(values?.get('ω')), 'ω');
  assert.equal(toHiveNumber(values?.get('number')), 7);
  assert.equal(toHiveText(values?.get('empty')), '');
  assert.deepEqual(values?.get('large')?.bytes, new Uint8Array(40_000).fill(3));
  assert.equal(values.has('gone'), false);
  assert.equal(toHiveText(values.get('number')), undefined);
  assert.equal(toHiveNumber(values.get('ω')), undefined);
});

test('what is no hive, and one that was not closed', () => {
  assert.match(openHive(new Uint8Array(5000)).problems[0]?.message ?? '', /no registry hive/);
  assert.match(openHive(sample.subarray(0, 4000)).problems[0]?.message ?? '', /no registry hive/);
  const open = new Uint8Array(sample);
  open[4] = 9;
  assert.match(openHive(open).problems[0]?.message ?? '', /was not closed/);
});

/** Reads all there is, as somebody would who knows no names. */
function walk(bytes: Uint8Array): number {
  const hive = openHive(bytes).value;
  let count = 0;
  const pending = [hive?.find('')];
  for (let key = pending.pop(); key !== undefined && count < 2000; key = pending.pop()) {
    count++;
    key.values();
    pending.push(...key.children());
  }
  return count;
}

test('a list that names itself, and a key that is its own child', () => {
  const bytes = buildHive({ name: 'ROOT', list: 'ri', keys: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const root = 4096 + view.getUint32(4096 - 4096 + 36, true) + 4;
  const list = view.getUint32(root + 28, true);
  const looped = new Uint8Array(bytes);
  new DataView(looped.buffer).setUint32(4096 + list + 4 + 4, list, true);
  const hive = open(looped);
  assert.deepEqual(namesOf(hive.find('')), []);
  assert.match(hive.problems.list()[0]?.message ?? '', /unknown kind "ri"/);
  const own = new Uint8Array(bytes);
  const inner = view.getUint32(4096 + list + 4 + 4, true);
  new DataView(own.buffer).setUint32(4096 + inner + 4 + 4, view.getUint32(36, true), true);
  // Nobody but the test follows it: looking up a name goes as deep as the name.
  assert.equal(open(own).find('ROOT\\ROOT\\a'), undefined);
  assert.equal(walk(own), 2000);
});

test('counts that lie are told', () => {
  const bytes = new Uint8Array(sample);
  const view = new DataView(bytes.buffer);
  for (let offset = 4096; offset < bytes.length - 80; offset += 4)
    if (bytes[offset] === 0x6e && bytes[offset + 1] === 0x6b && view.getUint32(offset + 36, true) > 0) view.setUint32(offset + 36, 0xffff_fff0, true);
  const hive = open(bytes);
  assert.equal(hive.find('Ωmega')?.values().size, 4);
  assert.match(hive.problems.list()[0]?.message ?? '', /claims 4294967280 values/);
});

test('cut anywhere, changed anywhere: no error and no end of it', () => {
  for (let length = 0; length <= sample.length; length += 61) walk(sample.subarray(0, length));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: sample.length - 1 }), fc.integer({ min: 0, max: 255 })), { maxLength: 20 }),
      (changes) => {
        const bytes = new Uint8Array(sample);
        for (const [offset, byte] of changes) bytes[offset] = byte;
        walk(bytes);
      },
    ),
    { numRuns: 300 },
  );
});
