import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sortFew } from '../../../src/advisories/sort-few.ts';

test('sorts as the language does, equal values in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat()), { maxLength: 30 }), (values) => {
      const compare = ([a]: readonly [number, number], [b]: readonly [number, number]): number => a - b;
      assert.deepEqual(sortFew([...values], compare), values.toSorted(compare));
    }),
  );
});
