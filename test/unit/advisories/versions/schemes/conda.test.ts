import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/conda.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as conda does', () => {
  assertOrder(scheme, [
    '0.4 = 0.4.0',
    '0.4.0 < 0.4.1.rc',
    '0.4.1.rc = 0.4.1.RC',
    '0.4.1.RC < 0.4.1',
    '0.4.1 < 0.5a1',
    '0.5a1 < 0.5b3',
    '0.5b3 < 0.5C1',
    '0.5C1 < 0.5',
    '0.9.6 < 0.960923',
    '1.0 < 1.1dev1',
    '1.1dev1 < 1.1_',
    '1.1_ < 1.1a1',
    '1.1.0dev1 = 1.1.dev1',
    '1.1.dev1 < 1.1.a1',
    '1.1.a1 < 1.1.0rc1',
    '1.1.0rc1 < 1.1.0',
    '1.1.0 = 1.1',
    '1.1 < 1.1.0post1',
    '1.1.0post1 = 1.1.post1',
    '1.1.post1 < 1.1post1',
    '1.1post1 < 1996.07.12',
    '1996.07.12 < 1!0.4.1',
    '1!0.4.1 < 1!3.1.1.6',
    '1!3.1.1.6 < 2!0.4.1',
    '1.0+a < 1.0+b',
    '1.0 < 1.0+1',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0', '1!2.0', '1.1.post1', '1.0+local', '1.0.1_']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '1.0+', 'a b', '1!']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019adevpost._-!+', ['1.0.dev1', '1.0post1', '1!1.0', '1.0_']);
});
