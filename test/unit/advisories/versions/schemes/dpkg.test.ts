import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/dpkg.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { assertOrder, assertTotalOrder, vectorLines } from '../vectors.ts';

test('orders epochs, tildes, revisions and numbers as dpkg does', () => {
  assertOrder(scheme, [
    '1:1.0 > 2.0',
    '0:1.0 = 1.0',
    '1.0~rc1 < 1.0',
    '1.0~~ < 1.0~',
    '1.0-1~deb12u1 < 1.0-1',
    '1.0-1+deb12u1 > 1.0-1',
    '1.0-1+deb12u10 > 1.0-1+deb12u9',
    '1.0 = 1.0-0',
    '1.0-1-1 > 1.0-1',
    '1.01 = 1.1',
    '1.0a < 1.0+',
    '99999999999999999999 < 100000000000000000000',
  ]);
});

test('gives strings that are no version a place', () => {
  assertOrder(scheme, [' < 1', 'x:1 > 1', ' 1.0 = 1.0']);
  assert.deepEqual(
    ['1.0', '1:1.0-1', 'x', '', 'a:1'].map((version) => scheme.isValid(version)),
    [true, true, false, false, false],
  );
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019az.~+:-', ['1:2.0-1', '1.0~rc1-1', '1.0-1+deb12u1']);
});

test('passes every published vector', needsSharedData('vectors/versions'), () => {
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/debian-versions.txt'));
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/debian-versions-generated.txt'));
  const derived = vectorLines('derived/dpkg-Dpkg_Version.tsv').slice(1);
  assertOrder(
    scheme,
    derived.map((line) => {
      const [a = '', b = '', sign] = line.split('\t');
      return `${a} ${sign === '0' ? '=' : sign === '1' ? '>' : '<'} ${b}`;
    }),
  );
});
