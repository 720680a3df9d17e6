import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/cocoapods.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as CocoaPods does', () => {
  assertOrder(scheme, [
    '1.0 = 1.0.0',
    '1.0.0.1 > 1.0',
    '1.0.0-beta.1 < 1.0.0',
    '1.0.0-beta.2 < 1.0.0-beta.10',
    '1.0.0-1 < 1.0.0-a',
    '1.0.0+x = 1.0.0',
    '10.2.0.3 < 10.2.0.12',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0', '1.0.0.1', '1.0.0-beta.1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'v1', 'master', '-1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', '1.0.0-rc.1', '1.0.0.1']);
});
