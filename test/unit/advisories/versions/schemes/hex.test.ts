import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/hex.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Elixir does', () => {
  assertOrder(scheme, ['1.0.0-rc.0 < 1.0.0', '1.0.0-rc.2 < 1.0.0-rc.10', '1.0.0+1 = 1.0.0+2', '1.2 = 1.2.0', '1.10.0 > 1.9.9']);
});

test('knows its versions', () => {
  for (const version of ['1.2.3', '1.2', '1.0.0-rc.0']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['v1.2.3', '', 'latest', '1.2.3.4']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', '1.0.0-rc.1']);
});
