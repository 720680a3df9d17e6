import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/julia.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Julia does, build numbers included', () => {
  assertOrder(scheme, [
    '1.2.11+0 < 1.2.11+1',
    '1.2.11+2 < 1.2.11+10',
    '1.2.11 < 1.2.11+0',
    'v1.2 = 1.2.0',
    '1.0.0-rc1 < 1.0.0',
    '1.0.0-DEV.5 < 1.0.0-DEV.10',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.2.3', 'v1.2', '1.2.11+0', '1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'nightly', '1.2.3.4']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', '1.0.0+1', '1.0.0-rc1']);
});
