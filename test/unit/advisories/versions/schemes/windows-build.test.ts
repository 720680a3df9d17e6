import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/windows-build.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders builds by their four numbers', () => {
  assertOrder(scheme, [
    '10.0.20348.2700 > 10.0.20348.887',
    '10.0.17763.6414 < 10.0.20348.1',
    '10.0.20348 = 10.0.20348.0',
    '10.0.26100.1 > 10.0.9999.9999',
    '6.3.9600.20778 < 10.0.14393.0',
    '20348.2762.1.9 < 20348.2762.1.10',
  ]);
});

test('knows its versions', () => {
  for (const version of ['10.0.20348.2700', '10.0.20348']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '10', 'KB5034441', '10.0.20348.2700.1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['10.0.20348.1', '10.0']);
});
