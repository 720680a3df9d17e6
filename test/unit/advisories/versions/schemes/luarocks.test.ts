import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/luarocks.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as LuaRocks does', () => {
  assertOrder(scheme, [
    '3.0-1 < 3.0-2',
    '3.0-10 > 3.0-9',
    '3.0.1-1 > 3.0-2',
    '1.0alpha-1 < 1.0beta-1',
    '1.0beta2-1 > 1.0beta1-1',
    '1.0pre-1 < 1.0rc1-1',
    '1.0rc1-1 < 1.0-1',
    '1.0a-1 > 1.0-1',
    '1.0a-1 < 1.0.1-1',
    'scm-1 > 99.0-1',
    'cvs-1 < scm-1',
    'scm-1 < dev-1',
    '1.0 = 1.0.0',
    '1.0_2 = 1.0.2',
  ]);
});

test('knows its versions', () => {
  for (const version of ['3.0-1', 'scm-1', '1.0rc1-1']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '-1', 'a b']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abrcscm._-', ['3.0-1', 'scm-1', '1.0rc1-1']);
});
