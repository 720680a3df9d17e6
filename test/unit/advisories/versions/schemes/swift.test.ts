import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/swift.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders tags as SwiftPM does', () => {
  assertOrder(scheme, ['v1.2.3 = 1.2.3', '1.2 = 1.2.0', '1.0.0-beta.1 < 1.0.0', '1.0.0+x = 1.0.0', 'main < 0.0.1', '5.10.0 > 5.9.0']);
});

test('knows its versions', () => {
  for (const version of ['1.2.3', 'v1.2', '1.0.0-beta.1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['main', '', '1', 'release-1.0']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', 'v1.0.0-rc.1', 'main']);
});
