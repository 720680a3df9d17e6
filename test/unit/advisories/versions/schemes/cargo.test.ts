import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/cargo.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Cargo does', () => {
  assertOrder(scheme, [
    '1.0.0-alpha < 1.0.0-alpha.1',
    '1.0.0-alpha.beta < 1.0.0-beta',
    '1.0.0-rc.1 < 1.0.0',
    '1.10.0 > 1.9.0',
    '1.0.0+a = 1.0.0+b',
    '0.12 = 0.12.0',
    '0.3.0-0.gat.0 < 0.3.0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.2.3', '0.12', '1.0.0-0.gat.0+x']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['v1.2.3', '', '1.2.3.4', '*', '1.2.3beta']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', '1.0.0-rc.1', '0.12']);
});
