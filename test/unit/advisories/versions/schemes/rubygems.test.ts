import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/rubygems.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Gem::Version does', () => {
  assertOrder(scheme, [
    '1.0.a < 1.0',
    '1.0.beta2 < 1.0.beta10',
    '1.0.a.2 = 1.0.a2',
    '1.0 = 1.0.0',
    '1.0.0.rc1 = 1.rc1',
    '1.0-1 < 1.0',
    '1.0-1 = 1.0.pre.1',
    '1.0.B < 1.0.a',
    '7.0.4.1 > 7.0.4',
    '3.2.22.2 < 3.2.22.10',
    '1.0.0 < 1.0.1.a',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1', '1.0.0.rc1', '2.0-java']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'a', '1..0', '1.0_1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abrc.-_', ['1.0.rc1', '1.0', '1.0-java']);
});
