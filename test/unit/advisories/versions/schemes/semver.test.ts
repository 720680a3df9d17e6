import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { scheme } from '../../../../../src/advisories/versions/schemes/semver.ts';
import { needsSharedData, sharedData } from '../../../../support/shared-data.ts';
import { assertOrder, assertTotalOrder, vectorLines } from '../vectors.ts';

test('orders as Semantic Versioning does, read loosely', () => {
  assertOrder(scheme, [
    '1.0.0-alpha < 1.0.0-alpha.1',
    '1.0.0-alpha.1 < 1.0.0-alpha.beta',
    '1.0.0-rc.1 < 1.0.0',
    '1.10.0 > 1.9.0',
    'v1.2.3 = 1.2.3',
    '1.2.3+a = 1.2.3+b',
    '1.2 = 1.2.0',
    '1.2.3beta < 1.2.3',
    'latest < 0.0.0-0',
    'latest < next',
  ]);
  assert.deepEqual(
    ['1.2.3', '1.2', 'latest', '99999999999999999999.0.0'].map((version) => scheme.isValid(version)),
    [true, false, false, false],
  );
});

test('is a total order', () => {
  assertTotalOrder(scheme, '019av.-+', ['1.0.0', '1.0.0-rc.1', '1.0.0-1', 'latest']);
});

test('passes every published vector', needsSharedData('vectors/versions'), () => {
  assertOrder(scheme, vectorLines('osv-scalibr-semantic/semver-versions.txt'));
  const tables = JSON.parse(readFileSync(sharedData('vectors/versions/derived/node-semver-fixtures.json') ?? '', 'utf8')) as Record<
    string,
    (readonly unknown[])[]
  >;
  const pairs = (name: string) => (tables[name] ?? []).map(([a, b]) => [a as string, b as string] as const);
  assert.ok(pairs('comparisons').length > 0);
  assert.deepEqual(
    pairs('comparisons').filter(([a, b]) => scheme.compare(a, b) <= 0 || scheme.compare(b, a) >= 0),
    [],
  );
  assert.deepEqual(
    pairs('equality').filter(([a, b]) => scheme.compare(a, b) !== 0),
    [],
  );
  const isNone = (entry: readonly unknown[]) => typeof entry[0] === 'string' && entry[1] !== 'too big';
  assert.deepEqual(
    (tables['invalid-versions'] ?? []).filter((entry) => isNone(entry) && scheme.isValid(entry[0] as string)),
    [],
  );
});
