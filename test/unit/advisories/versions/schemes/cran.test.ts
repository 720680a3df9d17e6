import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/cran.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as R does', () => {
  assertOrder(scheme, ['1.0-2 = 1.0.2', '0.9 < 0.75', '1.0 < 1.0.0', '1.10-1 > 1.9-5', '3.4.0 < 3.4.0.9000']);
});

test('knows its versions', () => {
  for (const version of ['1.0', '1.0-2', '0.1.0.9000']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '1', '1.0a', 'v1.0']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0', '1.0-1', '1.0.0']);
});
