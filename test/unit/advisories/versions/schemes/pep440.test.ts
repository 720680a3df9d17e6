import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/pep440.ts';
import { needsSharedData } from '../../../../support/shared-data.ts';
import { assertOrder, assertTotalOrder, vectorLines } from '../vectors.ts';

test('orders as PEP 440 does', () => {
  assertOrder(scheme, [
    '1.0.dev1 < 1.0a1',
    '1.0a1 < 1.0b1',
    '1.0b1 < 1.0rc1',
    '1.0rc1 < 1.0',
    '1.0 < 1.0.post1',
    '1.0.post1.dev1 < 1.0.post1',
    '1.0a1.dev1 < 1.0a1',
    '1.0 < 1.0+local',
    '1.0+a < 1.0+1',
    '1.0+1 < 1.0+1.1',
    '1!0.1 > 2.0',
    '1.0 = 1',
    '1.0 = 1.0.0',
    '1.0-1 = 1.0.post1',
    '1.0-preview2 = 1.0rc2',
    'V1.0 = 1.0',
    '1.10 > 1.9',
    '20240101000000000000001 > 20240101000000000000000',
  ]);
});

test('keeps what came before PEP 440 below it, in the order it had', () => {
  assertOrder(scheme, ['0.9-horsea < 0.1', 'foo-1 < foo-2', '1.x.dev < 1.x', 'bar < foo']);
  assert.deepEqual(
    ['1.0', '1.0.post1+ab', 'trunk', '1.0-foo', ''].map((version) => scheme.isValid(version)),
    [true, true, false, false, false],
  );
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019abcdevpostr.!+-', ['1.0rc1', '1.0.post1', '1.0.dev1', '1.0+x.1', 'trunk', '0.9-horsea']);
});

test('passes every published vector', needsSharedData('vectors/versions'), () => {
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/pypi-versions.txt'));
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/pypi-versions-generated.txt'));
});
