import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/rpm.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders epoch, version and release as rpm does', () => {
  assertOrder(scheme, [
    '1:1.0-1 > 2.0-1',
    '0:1.0-1 = 1.0-1',
    '1.0~rc1-1 < 1.0-1',
    '1.0^git1-1 > 1.0-1',
    '1.0^git1-1 < 1.0.1-1',
    '1.0-1.el9 < 1.0-1.el9_2',
    '1.0-10.el9 > 1.0-9.el9',
    '1.05-1 = 1.5-1',
    '1.0a-1 > 1.0-1',
    '1.a-1 < 1.1-1',
    '5.14.0-70.13.1.el9_0 < 5.14.0-70.22.1.el9_0',
    '1.0 < 1.0-1',
    '99999999999999999999-1 < 100000000000000000000-1',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0-1', '0:1.0-1.el9_2', '1.0~rc1^git2-1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '-1', 'a b', 'x:1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019az.~^_:-', ['1.0-1.el9', '1:1.0~rc1-1', '1.0^git1-1']);
});
