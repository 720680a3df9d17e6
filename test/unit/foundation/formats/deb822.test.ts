import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseDeb822 } from '../../../../src/foundation/formats/deb822.ts';

const wanted = new Set(['package', 'description']);

function parse(text: string): { stanzas: Record<string, string>[]; problems: (number | undefined)[] } {
  const { value, problems } = parseDeb822(text, wanted);
  return { stanzas: value.map(({ fields }) => Object.fromEntries(fields)), problems: problems.map(({ line }) => line) };
}

test('stanzas, continuation lines, and fields that nobody wants', () => {
  const text = 'Package: a\nOther: x\n continued\nDescription: one\n two\n .\n\tthree\n\n\nPACKAGE:b\n';
  assert.deepEqual(parse(text), { stanzas: [{ package: 'a', description: 'one\ntwo\n.\nthree' }, { package: 'b' }], problems: [] });
});

test('CRLF, no last newline, no text at all', () => {
  assert.deepEqual(parse('Package: a\r\n\r\nPackage: b'), { stanzas: [{ package: 'a' }, { package: 'b' }], problems: [] });
  assert.deepEqual(parse(''), { stanzas: [], problems: [] });
});

test('lines that are nothing are told, with their number, and the rest is read', () => {
  assert.deepEqual(parse(' lost\nPackage: a\nno colon here\nDescription: d\n'), { stanzas: [{ package: 'a', description: 'd' }], problems: [1, 3] });
});

test('of a field that is there twice, the first counts', () => {
  assert.deepEqual(parse('Package: a\nPackage: b\n').stanzas, [{ package: 'a' }]);
});

test('any text is read without throwing', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      parse(text);
    }),
  );
});

test('what would take endless time or memory does not', () => {
  const garbage = parseDeb822('x\n'.repeat(1_000_000), new Set(['a']));
  assert.deepEqual([garbage.value.length, garbage.problems.length], [1, 500]);
  const stanzas = parseDeb822('a: 1\n\n'.repeat(250_000), new Set(['a']));
  assert.deepEqual([stanzas.value.length, stanzas.problems.length], [200_000, 1]);
  const field = parseDeb822(`a: 1\n${` ${'x'.repeat(1000)}\n`.repeat(2000)}b: 2\n`, new Set(['a', 'b']));
  assert.ok((field.value[0]?.fields.get('a')?.length ?? 0) < 1_100_000);
  assert.deepEqual([field.value[0]?.fields.get('b'), field.problems.length], ['2', 1]);
});
