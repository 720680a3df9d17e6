import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/conan.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders whatever upstream calls its versions', () => {
  assertOrder(scheme, [
    '1.1.1 < 1.1.1a',
    '1.1.1g < 1.1.1t',
    '1.0.2z < 1.0.2za',
    '1.0.2za < 1.0.2zd',
    '1.0.2zd < 1.1.0',
    '9c < 9d',
    '1.0 = 1.0.0',
    '1.10 > 1.9',
    '1.0-rc1 < 1.0',
    '1.0-rc1 > 0.9',
    '1.0+b1 = 1.0',
    'cci.20200203 < cci.20210101',
    '3.0.0 > 1.1.1t',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.1.1t', 'cci.20200203', '1.13.1-1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '-1', 'a b', '[>1]']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abtz.-+', ['1.1.1t', '1.0-rc1', 'cci.1']);
});
