import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/pub.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as pub does, build metadata included', () => {
  assertOrder(scheme, [
    '1.0.0-dev.1 < 1.0.0-dev.10',
    '1.0.0-dev < 1.0.0',
    '1.0.0 < 1.0.0+1',
    '1.0.0+1 < 1.0.0+2',
    '1.0.0+9 < 1.0.0+a',
    '1.0.0+99 < 1.0.1-dev',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.2.3', '1.2.3-dev.1+2']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['1.2', 'v1.2.3', '', 'any']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', '1.0.0+1', '1.0.0-dev']);
});
