import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/kb.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders update ids by number', () => {
  assertOrder(scheme, [
    'KB5034441 > KB5033372',
    'KB5034441 = 5034441',
    'kb999999 < KB1000000',
    'hotfix < KB1',
    'KB4000000000000000000001 > KB4000000000000000000000',
  ]);
});

test('knows its versions', () => {
  for (const version of ['KB5034441', '5034441', 'kb1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'KB', 'MS17-010', 'KB12a']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019KBkb ', ['KB1', 'KB10', '2']);
});
