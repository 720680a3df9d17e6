import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/generic.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders most versions as their makers mean them', () => {
  assertOrder(scheme, [
    '1.1.1 < 1.1.1t',
    '1.1.1g < 1.1.1t',
    '3.0.0-beta1 < 3.0.0',
    '1.0b2 < 1.0',
    '1.0rc2 < 1.0rc10',
    '1.0-SNAPSHOT < 1.0',
    'v20.11.0 = 20.11',
    '8u382 < 8u392',
    '1.8.0_382 < 1.8.0_392',
    '17.0.8+7 = 17.0.8',
    '9.6p1 > 9.6',
    '2.4.9 < 2.4.10',
    'R28 < R29',
    '1.0-pre1 < 1.0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.1.1t', 'v20.11.0', '8u382', 'R28', '2023-10-01']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'latest', 'a b', '1;rm']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abrcpu.-_+', ['1.1.1t', '1.0rc1', 'v1.0', '8u382']);
});
