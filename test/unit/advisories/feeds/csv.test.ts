import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCsv } from '../../../../src/advisories/feeds/csv.ts';
import { MAX_CSV_RECORD_LENGTH } from '../../../../src/foundation/base/limits.ts';

function read(text: string, separator?: string): readonly (readonly string[])[] {
  return [...readCsv([new TextEncoder().encode(text)], separator)].map((record) => record.fields);
}

test('reads plain and quoted fields, doubled quotes, empty ones, and separators and ends of lines in quotes', () => {
  assert.deepEqual(read('a,b,c\n"1,5","say ""hi""",\n"two\nlines",x,""\r\n\nlast'), [
    ['a', 'b', 'c'],
    ['1,5', 'say "hi"', ''],
    ['two\nlines', 'x', ''],
    ['last'],
  ]);
  assert.deepEqual(read('a\tb\n1\t"2\t3"', '\t'), [
    ['a', 'b'],
    ['1', '2\t3'],
  ]);
});

test('a record is told with the line it begins on', () => {
  assert.deepEqual(
    [...readCsv([new TextEncoder().encode('a\n"b\nb"\nc')])].map((record) => record.line),
    [1, 2, 4],
  );
});

test('quotes inside a field stand for themselves', () => {
  assert.deepEqual(read('5" disk,b\nc,d'), [
    ['5" disk', 'b'],
    ['c', 'd'],
  ]);
});

test('a quote that does not close costs its record, and not the rest of the file', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `row ${index},x`);
  const found = read(['"open,1', ...rows].join('\n'));
  assert.ok(rows.join('\n').length > MAX_CSV_RECORD_LENGTH);
  assert.equal(found.length, rows.length + 1);
  assert.deepEqual(found.at(-1), ['row 9999', 'x']);
  assert.deepEqual(read('a,b\n"open,1\nc,d'), [['a', 'b'], ['"open,1'], ['c', 'd']]);
});

test('what is written in quotes is read as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é') });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\n');
      assert.deepEqual(read(text), rows);
    }),
  );
});
