import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/node-package-json.ts';

test('wants the manifest right below node_modules or a scope in it, and no other', () => {
  for (const path of [
    'node_modules/a/package.json',
    'app/node_modules/a/package.json',
    'app/node_modules/@s/a/package.json',
    'x/node_modules/.pnpm/a@1/node_modules/a/package.json',
  ]) {
    assert.equal(analyzer.wants(path as ImagePath), true, path);
  }
  for (const path of [
    'package.json',
    'app/package.json',
    'node_modules/a/test/fixture/package.json',
    'node_modules/a/package-lock.json',
    'old_node_modules/a/package.json',
    'node_modules/package.json',
  ]) {
    assert.equal(analyzer.wants(path as ImagePath), false, path);
  }
});

function analyze(text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path: 'node_modules/a/package.json' as ImagePath, bytes: new TextEncoder().encode(text) });
}

test('name, version, licence', () => {
  assert.deepEqual(analyze('{"name":"@s/a","version":"v1.2.3","license":{"type":"MIT"}}').value.packages, [
    { type: 'npm', name: '@s/a', version: '1.2.3', licenses: ['MIT'] },
  ]);
  assert.deepEqual(analyze('\uFEFF{"name":"a","version":"1.0.0","license":["x"]}').value.packages, [
    { type: 'npm', name: 'a', version: '1.0.0', licenses: ['x'] },
  ]);
  const old =
    '{"name":"a","version":"1.0.0","licenses":[{"type":"MIT","url":"u"},"ISC",7],"dependencies":{"c":"1","b":"1"},"optionalDependencies":{"d":"1"}}';
  assert.deepEqual(analyze(old).value.packages, [
    { type: 'npm', name: 'a', version: '1.0.0', licenses: ['MIT', 'ISC'], dependencies: ['b', 'c', 'd'] },
  ]);
});

test('a name that none can have is told, and never given on', () => {
  assert.deepEqual(
    analyze('{"name":"a\\nb","version":"1.0.0"}').problems.map(({ line }) => line),
    [undefined],
  );
});

test('a manifest of no package is passed over; one that cannot be read is told', () => {
  assert.deepEqual(analyze('{"type":"module"}'), { value: {}, problems: [] });
  assert.deepEqual(analyze('{"name":{"a":1},"version":2}'), { value: {}, problems: [] });
  for (const text of ['{"name":', '[]', '']) assert.equal(analyze(text).problems.length, 1);
});
