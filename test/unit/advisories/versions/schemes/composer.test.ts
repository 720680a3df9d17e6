import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/composer.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Composer and PHP do', () => {
  assertOrder(scheme, [
    '1.0-dev < 1.0-alpha1',
    '1.0a1 = 1.0-alpha.1',
    '1.0-beta2 < 1.0-beta10',
    '1.0-RC1 < 1.0',
    '1.0 < 1.0-p1',
    '1.0-pl1 = 1.0-patch1',
    'v1.2.3 = 1.2.3',
    '1.0.0-stable = 1.0.0',
    '1.0-ALPHA1 < 1.0-BETA1',
    '2.1.x-dev > 2.1.99',
    '2.1.x-dev < 2.2.0-dev',
    'dev-main < 0.0.1',
    'dev-main as 1.2.0 = 1.2.0',
    '1.0.1@dev = 1.0.1',
    '1.0.0 > 1.0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0', 'v1.2.3-beta.2', '1.x-dev', '2.1.*-dev', 'dev-main as 1.0', '1.0.0-stable', '20240101'])
    assert.equal(scheme.isValid(version), true, version);
  for (const version of ['dev-main', '', 'trunk', '1.0.foo']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abrcdevpx.-+#', ['1.0-rc1', 'dev-main', '1.x-dev', '1.0-p1']);
});
