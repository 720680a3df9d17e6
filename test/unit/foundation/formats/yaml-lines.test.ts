import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { yamlLinesOf } from '../../../../src/foundation/formats/yaml-lines.ts';

function linesOf(text: string): readonly string[] {
  return [...yamlLinesOf(text)].map(({ line, indent, kind, key, value }) => [line, indent, kind, key, value].join('|'));
}

test('entries, items, documents and comments', () => {
  const text = `\uFEFF# c\n---\na: 1 # c\n'b ''c': "d\\te"\n"k: k":\n  - x\n  - y: z\n  -\nurl: http://x:1/#y\nk:\n`;
  assert.deepEqual(linesOf(text), [
    '2|0|document||',
    '3|0|entry|a|1',
    "4|0|entry|b 'c|d\te",
    '5|0|entry|k: k|',
    '6|2|item||x',
    '7|2|item|y|z',
    '8|2|item||',
    '9|0|entry|url|http://x:1/#y',
    '10|0|entry|k|',
  ]);
});

test('texts over several lines are passed over', () => {
  const text = 'a: |-\n  b: 1\n\n  c: 2\nd: >\n  e: 1\nf: "g\n  h: 1"\ni: 1\n';
  assert.deepEqual(linesOf(text), ['1|0|entry|a|', '5|0|entry|d|', '7|0|entry|f|g', '9|0|entry|i|1']);
});

test('what is none of them is unknown', () => {
  assert.deepEqual(linesOf('this is not\n\tyaml\n'), ['1|0|unknown||this is not', '2|0|unknown||yaml']);
});

test('mappings of texts are read as the YAML library writes them', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ minLength: 1, maxLength: 30 }), fc.string({ maxLength: 30 }), { maxKeys: 5, noNullPrototype: true }),
      (members) => {
        const text = stringify(members, { lineWidth: 0, blockQuote: false, defaultStringType: 'QUOTE_DOUBLE' });
        fc.pre(Object.keys(members).length > 0);
        const read = [...yamlLinesOf(text)].map(({ key, value }) => [key, value]);
        assert.deepEqual(read, Object.entries(members));
      },
    ),
  );
});

test('any text is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ':', ' ', '-', '\n', '"', "'", '#', '|', '\\', '?', '{') }), (text) => {
      for (const { line, indent } of yamlLinesOf(text)) assert.ok(line > 0 && indent >= 0);
    }),
  );
});
