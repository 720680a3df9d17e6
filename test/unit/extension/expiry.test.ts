import assert from 'node:assert/strict';
import test from 'node:test';
import { expiryChoices } from '../../../src/extension/expiry.ts';

test('an exception ends on a day, or never; across the end of a year', () => {
  assert.deepEqual(
    expiryChoices(new Date('2026-12-15T23:59:59Z')).map(({ day }) => day),
    ['2027-03-15', '2027-01-14', '2027-12-15', undefined],
  );
});
