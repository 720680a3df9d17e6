import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/maven.ts';
import { assertOrder, assertTotalOrder } from '../vectors.ts';

test('orders as Maven’s ComparableVersion does', () => {
  assertOrder(scheme, [
    '1.0-alpha-1 < 1.0-beta-1',
    '1.0-milestone-1 < 1.0-rc-1',
    '1.0-rc-1 < 1.0-SNAPSHOT',
    '1.0-SNAPSHOT < 1.0',
    '1.0 < 1.0-sp',
    '1.0-sp < 1.0-jre',
    '1.0-jre < 1.0-1',
    '1.0-1 < 1.0.1',
    '31.0-android < 31.0-jre',
    '1.0.Final = 1.0',
    '1.0.RELEASE = 1.0.0',
    '1.0.RC1 < 1.0',
    '1a1 = 1-alpha-1',
    '1a > 1',
    '1x > 1',
    '1.0.0.RC8 < 1.0.0-RC16',
    '2.17.1 > 2.9',
    '1-0.1 > 1',
    '1-0-1 = 1-1',
    '9.4.44.v20210927 > 9.4.43.v20210629',
    '99999999999999999999.0 < 100000000000000000000',
  ]);
});

test('knows its versions', () => {
  for (const version of ['1.0', '1.0-SNAPSHOT', '9.4.44.v20210927', 'a']) assert.equal(scheme.isValid(version), true, version);
  for (const version of ['', '[1.0]', '1 0', '(,1.0)']) assert.equal(scheme.isValid(version), false, version);
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abrcsp.-_', ['1.0-rc1', '1.0.Final', '1.0-1', '1.0.1']);
});
