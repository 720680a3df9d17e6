import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { linesOf } from '../../../../src/foundation/formats/lines.ts';

test('lines are what lies between line ends; the last needs none', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', 'é') }), (text) => {
      const lines = text.split('\n');
      if (lines.at(-1) === '') lines.pop();
      assert.deepEqual([...linesOf(text)], lines);
    }),
  );
});
