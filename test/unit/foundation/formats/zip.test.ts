import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isZip, readZipDirectory, readZipEntry } from '../../../../src/foundation/formats/zip.ts';
import { buildZip, type ZipForm, type ZipMember } from '../../../support/zip-builder.ts';

const members: readonly ZipMember[] = [
  { name: 'a/', isStored: true },
  { name: 'a/packed.txt', content: 'text '.repeat(100) },
  { name: 'stored.bin', content: 'stored', isStored: true },
  { name: 'streamed.txt', content: 'streamed', isStreamed: true },
  { name: 'large.txt', content: 'large', isLarge: true },
  { name: '../../etc/passwd\n\0', content: 'hostile name' },
];

function readAll(bytes: Uint8Array): Record<string, string> | undefined {
  const directory = readZipDirectory(bytes, () => true);
  if (directory === undefined) return undefined;
  return Object.fromEntries(
    directory.entries.map((entry) => [entry.name, new TextDecoder().decode(readZipEntry(bytes, entry, 1000).value ?? new Uint8Array(0))]),
  );
}

const expected = Object.fromEntries(members.map(({ name, content }) => [name, content ?? '']));

test('entries of every form, by the directory', () => {
  const forms: readonly ZipForm[] = [
    {},
    { isLarge: true },
    { comment: 'a comment' },
    { comment: 'PK\x05\x06 quoted end'.padEnd(60, '\0') },
    { prefix: new TextEncoder().encode('#!/bin/sh\nexec java -jar "$0"\n') },
    { prefix: new Uint8Array(70_000), isLarge: true, comment: 'x' },
    { claimedEntries: 1 },
    { claimedEntries: 65_535 },
  ];
  for (const form of forms) assert.deepEqual(readAll(buildZip(members, form)), expected, JSON.stringify(form));
});

test('only what is asked for', () => {
  const bytes = buildZip(members);
  const { entries, count } = readZipDirectory(bytes, (name) => name.endsWith('.bin'))!;
  assert.deepEqual([entries.map(({ name }) => name), count], [['stored.bin'], 6]);
  assert.match(readZipDirectory(bytes, () => true, 3)?.damage ?? '', /more entries than are looked at/);
});

test('an archive without a directory, and no archive', () => {
  const bytes = buildZip(members, { withoutDirectory: true });
  assert.equal(isZip(bytes), true);
  assert.equal(readAll(bytes), undefined);
  assert.equal(isZip(new TextEncoder().encode('version https://git-lfs')), false);
  assert.deepEqual(readAll(buildZip([])), {});
});

test('content that cannot be had is told', () => {
  const reasonOf = (member: ZipMember, maxBytes: number, change?: (bytes: Uint8Array) => void): string | undefined => {
    const bytes = buildZip([member]);
    change?.(bytes);
    return readZipEntry(bytes, readZipDirectory(bytes, () => true)!.entries[0]!, maxBytes).reason;
  };
  const text = { name: 'a', content: 'x'.repeat(100_000) };
  assert.equal(reasonOf(text, 100_000), undefined);
  assert.match(reasonOf(text, 99_999) ?? '', /unpacks to more than 99999 bytes/);
  assert.match(reasonOf({ ...text, isStored: true }, 10) ?? '', /more than 10 bytes/);
  assert.match(reasonOf(text, 0) ?? '', /more than 0 bytes/);
  assert.match(reasonOf({ ...text, isEncrypted: true }, 100_000) ?? '', /encrypted/);
  assert.match(reasonOf(text, 100_000, (bytes) => bytes.fill(0xff, 31, 60)) ?? '', /damaged/);
  assert.match(reasonOf(text, 100_000, (bytes) => (bytes[0] = 0)) ?? '', /not where the archive says/);
});

test('an entry of another size than the archive says ends where the archive does', () => {
  const bytes = buildZip([{ name: 'a', content: 'abc', isStored: true }]);
  const entry = readZipDirectory(bytes, () => true)!.entries[0]!;
  for (const compressedBytes of [1e6, 2 ** 40, Number.MAX_SAFE_INTEGER * 4])
    assert.match(readZipEntry(bytes, { ...entry, compressedBytes }, 10).reason ?? '', /ends inside/);
  for (const offset of [-1, 1e9, 2 ** 60]) assert.match(readZipEntry(bytes, { ...entry, offset }, 10).reason ?? '', /not where/);
});

test('cut short anywhere it loses its directory; with any byte changed it does not throw', () => {
  const bytes = buildZip(members, { isLarge: true });
  for (let end = 0; end < bytes.length; end++) assert.equal(readAll(bytes.subarray(0, end)), undefined);
  for (let at = 0; at < bytes.length; at++) {
    for (const value of [0, 0xff]) {
      const changed = Uint8Array.from(bytes);
      changed[at] = value;
      readAll(changed);
    }
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (random) => void readAll(Uint8Array.from([...random, ...bytes.subarray(-100)]))));
});
