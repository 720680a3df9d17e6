import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/cpan.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Perl does, in both notations', () => {
  assertOrder(scheme, [
    '1.002003 = v1.2.3',
    '1.10 = v1.100.0',
    '1.10 > v1.10.0',
    '1.9 > 1.10',
    'v1.9 < v1.10',
    '1.2.3 = v1.2.3',
    '1.02_03 = 1.0203',
    '0.5 < 1',
    '.5 = 0.5',
    'v1.2 = 1.002',
    'undef < 0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.10', 'v1.2.3', '1.2.3', '1.02_03', '.5']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'undef', 'v', '1.0-TRIAL', '.']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019v._', ['1.002', 'v1.2.3', '1.2.3']);
});
