import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/portage.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Gentoo’s package manager specification does', () => {
  assertOrder(scheme, [
    '1.0_alpha1 < 1.0_beta1',
    '1.0_beta < 1.0_pre',
    '1.0_pre < 1.0_rc',
    '1.0_rc1 < 1.0',
    '1.0 < 1.0_p1',
    '1.0_p1 < 1.0_p2',
    '1.0-r1 > 1.0',
    '1.0-r0 = 1.0',
    '1.0a < 1.0b',
    '1.0 < 1.0a',
    '1.02 < 1.1',
    '1.10 > 1.9',
    '1.0 < 1.0.0',
    '1.0_rc1_p1 > 1.0_rc1',
    '1.0_p = 1.0_p0',
    '1.01 = 1.010',
    'trunk < 0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0', '1.0a_rc1_p2-r3', '9999']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '1.0_foo', 'v1.0', '1.0-r', '1.0-1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abrcp._-', ['1.0_rc1', '1.0-r1', '1.02', '1.0a']);
});
