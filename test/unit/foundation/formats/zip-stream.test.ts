import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { unpack } from '../../../../src/foundation/formats/zip.ts';
import { ZipStream } from '../../../../src/foundation/formats/zip-stream.ts';
import { buildZip, type ZipForm, type ZipMember } from '../../../support/zip-builder.ts';

interface Outcome {
  readonly contents: Record<string, string>;
  readonly count: number;
  readonly damage?: string;
}

function readPieces(bytes: Uint8Array, pieceBytes: number, wanted = 1000): Outcome {
  const contents: Record<string, string> = {};
  const stream = new ZipStream({
    wants: () => wanted,
    content: (entry, packed) => {
      contents[entry.name] =
        packed === undefined ? '(too large)' : new TextDecoder().decode(unpack(packed, entry, 10_000).value ?? new Uint8Array(0));
    },
  });
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    // A piece is only lent: what is kept of it must be a copy.
    const piece = Uint8Array.from(bytes.subarray(start, start + pieceBytes));
    const wantsMore = stream.push(piece);
    piece.fill(0xee);
    if (!wantsMore) break;
  }
  return { contents, ...stream.finish() };
}

const nested = buildZip([
  { name: 'x', content: 'inner', isStored: true, isStreamed: true },
  { name: 'y', content: 'inner y', isStreamed: true },
]);
const members: readonly ZipMember[] = [
  { name: 'a/', isStored: true },
  { name: 'a/packed.txt', content: 'text '.repeat(100) },
  { name: 'stored.bin', content: 'stored', isStored: true },
  { name: 'nothing.txt', isStreamed: true },
  { name: 'streamed.txt', content: 'streamed', isStreamed: true },
  { name: 'large-streamed.txt', content: 'more', isStreamed: true, isLarge: true },
  { name: 'large.txt', content: 'large', isLarge: true },
  // Headers of an archive in an archive, and its sizes after its bytes: none of them is the end.
  { name: 'nested.jar', content: nested, isStored: true, isStreamed: true },
  { name: 'last', content: 'last', isStreamed: true },
];
const expected = Object.fromEntries(
  members.map(({ name, content }) => [name, typeof content === 'string' ? content : new TextDecoder().decode(content)]),
);

test('entries of every form, in pieces of every size', () => {
  const forms: readonly ZipForm[] = [{}, { isLarge: true }, { prefix: new TextEncoder().encode('#!/bin/sh\nPK is not the beginning\n') }];
  for (const form of forms) {
    const bytes = buildZip(members, form);
    for (const size of [1, 2, 7, 29, 64, 1000, bytes.length])
      assert.deepEqual(readPieces(bytes, size), { contents: expected, count: 9 }, String(size));
  }
});

test('what is larger than wanted is told and not kept', () => {
  assert.equal(readPieces(buildZip(members), 16, 5).contents['last'], '(too large)');
  assert.deepEqual(readPieces(buildZip(members), 16, 0), { contents: {}, count: 9 });
});

test('cut short anywhere: what was whole before counts, and the damage is told', () => {
  const bytes = buildZip(members, { withoutDirectory: true });
  for (let end = 1; end < bytes.length; end++) {
    const { contents, count, damage } = readPieces(bytes.subarray(0, end), 50);
    assert.notEqual(damage, undefined);
    assert.ok(Object.keys(contents).length <= count);
    for (const [name, content] of Object.entries(contents)) assert.equal(content, expected[name]);
  }
  assert.match(readPieces(new TextEncoder().encode('no archive at all'), 4).damage ?? '', /no zip archive/);
});

test('damage in the middle ends it', () => {
  const bytes = buildZip([members[1]!, members[2]!]);
  bytes.fill(0, 42 + 20, 80);
  const { damage } = readPieces(bytes, 9);
  assert.match(damage ?? '', /damaged after/);
});

test('random bytes after a header do not throw', () => {
  const start = buildZip(members).subarray(0, 60);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.integer({ min: 1, max: 60 }),
      (random, cut) => void readPieces(Uint8Array.from([...start.subarray(0, cut), ...random]), 13),
    ),
  );
});
