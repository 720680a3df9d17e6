import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/apk.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { assertOrder, assertTotalOrder, vectorLines } from '../vectors.ts';

test('orders numbers, letters, suffixes, hashes and revisions as apk does', () => {
  assertOrder(scheme, [
    '1.1.1d-r0 < 1.1.1g-r0',
    '1.2.11-r9 < 1.2.11-r10',
    '1.0_rc1 < 1.0',
    '1.0_p1 > 1.0',
    '1.0_alpha2 < 1.0_beta1',
    '1.0_git20240101 > 1.0_git20231231',
    '1.02 < 1.1',
    '1.10 > 1.9',
    '006 = 6',
    '1.0 < 1.0-r1',
    '1.0 < 1.0.0',
    '1.0~abc < 1.0~abd',
    '0 < 0.1-r0',
  ]);
});

test('keeps a place for what it cannot read, just below the end', () => {
  assertOrder(scheme, ['1.2_blah < 1.2', '1.2_blah = 1.2_foo', '1.2_blah > 1.2_rc1', ' < 1', '1.2.0A < 1.2.0d']);
  assert.deepEqual(
    ['1.0-r0', '1.0_rc1-r2', '1a', '1.0_blah', '1..0', '', '1-r', '1.0-r1-r2'].map((version) => scheme.isValid(version)),
    [true, true, true, false, false, false, false, false],
  );
});

test('is a total order', () => {
  assertTotalOrder(scheme, '0129abr._-~', ['1.0_rc1-r0', '1.0_p1', '1.0a', '1..2', '1.02', '1.0~ab-r1']);
});

test('passes every published vector', needsSharedData('vectors/versions'), () => {
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/alpine-versions.txt'));
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/alpine-versions-generated.txt'));
});
