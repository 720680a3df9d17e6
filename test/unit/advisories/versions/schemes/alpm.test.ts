import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/alpm.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as pacman’s vercmp does', () => {
  assertOrder(scheme, [
    '1.0a < 1.0b',
    '1.0b < 1.0beta',
    '1.0beta < 1.0p',
    '1.0p < 1.0pre',
    '1.0pre < 1.0rc',
    '1.0rc < 1.0',
    '1.0 < 1.0.a',
    '1.0.a < 1.0.1',
    '1 < 1.0',
    '1.0 < 1.1',
    '1.1 < 1.1.1',
    '1.1.1 < 1.2',
    '1.2 < 2.0',
    '2.0 < 3.0.0',
    '1:1.0-1 > 2.0-1',
    '0:1.0-1 = 1.0-1',
    '1.5-1 < 1.5-2',
    '1.5 < 1.5-1',
    '1.5.b-1 > 1.5-1',
    '1.05 = 1.5',
    '1..5 > 1.5',
    '1_2 = 1.2',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0-1', '1:3.2.1-1.1', '1.0rc1-2']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '-1', '1.0-1-1-x']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019az.~^_:-', ['1.0-1', '1.0rc1-1', '1:1.0-1.1']);
});
