import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeText, readLines } from '../../../../src/advisories/feeds/text.ts';
import { MAX_FEED_LINE_LENGTH } from '../../../../src/foundation/base/limits.ts';

const text = '{"id":"é€"}\r\nzweite\n\nlast';

function utf16(value: string, isBigEndian: boolean, mark: boolean): Uint8Array {
  const units = `${mark ? '\uFEFF' : ''}${value}`;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < units.length; index += 1) view.setUint16(index * 2, units.charCodeAt(index), !isBigEndian);
  return bytes;
}

const encodings: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['UTF-8', new TextEncoder().encode(text)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${text}`)],
  ...[false, true].flatMap((isBigEndian) =>
    [false, true].map(
      (mark) => [`UTF-16 ${isBigEndian ? 'big' : 'little'} endian${mark ? ' with a mark' : ''}`, utf16(text, isBigEndian, mark)] as const,
    ),
  ),
];

for (const [name, bytes] of encodings) {
  test(`${name} is decoded, whole and in lines, wherever it is cut in pieces`, () => {
    assert.equal(decodeText(bytes), text);
    const expected = [
      { text: '{"id":"é€"}', number: 1 },
      { text: 'zweite', number: 2 },
      { text: '', number: 3 },
      { text: 'last', number: 4 },
    ];
    for (let at = 2; at <= bytes.length; at += 1) assert.deepEqual([...readLines([bytes.subarray(0, at), bytes.subarray(at)])], expected);
  });
}

test('what is in another encoding does not stop the reading', () => {
  assert.equal(decodeText(Uint8Array.of(0x61, 0xe9, 0x62)), 'a\uFFFDb');
});

test('a line that does not end is cut off, and the next one is read', () => {
  const long = 'x'.repeat(MAX_FEED_LINE_LENGTH);
  const lines = [...readLines([new TextEncoder().encode(`${long}${long}${long}\nnext`)])];
  assert.deepEqual(
    lines.map((line) => [line.text.length, line.number]),
    [
      [MAX_FEED_LINE_LENGTH, 1],
      [4, 2],
    ],
  );
});

test('lines are those of the whole text, however the bytes come', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '\n', 'bc', '\r\n', 'é')), fc.array(fc.nat(20)), (parts, cuts) => {
      const bytes = new TextEncoder().encode(`:${parts.join('')}`);
      const ends = [...cuts, bytes.length].sort((a, b) => a - b);
      const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
      const expected = `:${parts.join('')}`
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.replace(/\r$/, ''));
      assert.deepEqual(
        [...readLines(pieces)].map((line) => line.text),
        expected,
      );
    }),
  );
});
