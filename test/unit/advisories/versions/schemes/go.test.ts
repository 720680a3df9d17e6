import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/go.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Go modules and the toolchain are ordered', () => {
  assertOrder(scheme, [
    'v1.2.3 = 1.2.3',
    'v1.2.3-rc.1 < v1.2.3',
    'v2.0.0+incompatible = v2.0.0',
    'v0.0.0-20201119192817-4b595ed4fac7 < v0.0.0-20201120070457-d52dcb253c63',
    'v1.2.4-0.20201120070457-d52dcb253c63 < v1.2.4',
    'v1.2.4-0.20201120070457-d52dcb253c63 > v1.2.3',
    'go1.20 = 1.20.0',
    'go1.21rc2 = 1.21.0-rc.2',
    'go1.21rc2 < go1.21rc10',
    'go1.21beta1 < go1.21rc1',
    '1.20rc1 < 1.20',
    'go1.22.1 X:boringcrypto = 1.22.1',
    'go1.22.1-fips = 1.22.1',
    'go1.9.7 < go1.10',
    '(devel) < v0.0.0-0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['v1.2.3', '1.2.3', 'go1.21rc2', 'go1.22', 'v2.0.0+incompatible', 'v0.0.0-20201119192817-4b595ed4fac7'])
    assert.equal(scheme.isValid(version), true, version);
  for (const version of ['(devel)', '', 'devel go1.23-abc', 'v1.2.3.4']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019agorcv.-+', ['go1.20', 'go1.21rc1', 'v1.0.0', '(devel)']);
});
