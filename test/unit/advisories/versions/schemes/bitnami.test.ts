import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/bitnami.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders revisions above the version they rebuild', () => {
  assertOrder(scheme, [
    '2.4.6 < 2.4.6-1',
    '2.4.6-9 < 2.4.6-10',
    '2.4.6-r10 = 2.4.6-10',
    '2.4.6-10 < 2.4.7',
    '1.0.0-rc.1 < 1.0.0',
    '2023.3.13 > 2020.12.23',
    'v1.2.3 = 1.2.3',
  ]);
});

test('knows its versions', () => {
  for (const version of ['2.4.6-3', '2.4.6', '1.0.0-rc.1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', 'latest', 'a-1']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019arv.-+', ['1.0.0', '1.0.0-1', '1.0.0-rc.1']);
});
