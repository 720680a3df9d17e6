import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJsonc } from '../../../../src/foundation/formats/jsonc.ts';

const encoder = new TextEncoder();

test('comments and last commas', () => {
  const text = '// c\n{"a": [1, 2, /* , */ ], // ]\n "b\\",]": "/*x*/ //y,}", /**/ }';
  assert.deepEqual(parseJsonc(encoder.encode(text)).value, { a: [1, 2], 'b",]': '/*x*/ //y,}' });
});

test('what JSON itself forbids stays forbidden', () => {
  for (const text of ['[1,,]', '{,}', '[1] /', '/* [1]', '']) assert.equal(parseJsonc(encoder.encode(text)).reason, 'it is not JSON', text);
});

test('plain JSON is read as it is', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(parseJsonc(encoder.encode(text)).value, JSON.parse(text));
    }),
  );
});
