import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/nuget.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as NuGet does, with four numbers', () => {
  assertOrder(scheme, [
    '1.0 = 1.0.0.0',
    '1.0.0.1 > 1.0',
    '1.0.0-beta < 1.0.0',
    '1.0.0-Beta.2 = 1.0.0-BETA.2',
    '1.0.0-beta.2 < 1.0.0-beta.10',
    '1.0.0+a = 1.0.0+b',
    '1.0.0-rc < 1.0.0.1-alpha',
    '4.3.0-preview1-24530-04 < 4.3.0',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0', '1.0.0.0', '1.0.0-beta.1+x']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '1.0.0.0.0', 'v1.0', 'latest']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abAB.-+', ['1.0.0-beta', '1.0.0.1', '1.0']);
});
