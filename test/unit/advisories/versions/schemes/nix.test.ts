import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/nix.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as builtins.compareVersions does', () => {
  assertOrder(scheme, [
    '1.0 < 2.3',
    '2.1 < 2.3',
    '2.3 = 2.3',
    '2.5 > 2.3',
    '3.1 > 2.3',
    '2.3.1 > 2.3',
    '2.3.1 > 2.3a',
    '2.3pre1 < 2.3',
    '2.3pre3 < 2.3pre12',
    '2.3a < 2.3c',
    '2.3pre1 < 2.3c',
    '2.3pre1 < 2.3q',
    '1.0-1 = 1.0.1',
    'unstable-2024-01-01 < unstable-2024-02-01',
  ]);
});

test('knows its versions', () => {
  for (const version of ['2.3', 'unstable-2024-01-01', '2.3pre1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '-1', 'a b']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019apre.-+', ['1.0', '1.0pre1', '1.0a']);
});
