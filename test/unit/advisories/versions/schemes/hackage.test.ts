import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/hackage.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Cabal does', () => {
  assertOrder(scheme, ['1.0 < 1.0.0', '1.0.0 < 1.0.1', '1.10 > 1.9', '1.0-beta = 1.0', '2.0.0.1 > 2.0']);
});

test('knows its versions', () => {
  for (const version of ['1.0', '0.1.0.0', '1.0-beta']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'v1', '1..0', '1.0a']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0', '1.0.0', '1.0-x']);
});
