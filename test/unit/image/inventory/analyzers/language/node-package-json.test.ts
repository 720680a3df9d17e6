import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/node-package-json.ts';

test('wants the manifest right below node_modules or a scope in it, and those among the files of a package that it runs', () => {
  for (const path of [
    'node_modules/a/package.json',
    'app/node_modules/a/package.json',
    'app/node_modules/@s/a/package.json',
    'x/node_modules/.pnpm/a@1/node_modules/a/package.json',
    'node_modules/a/dist/compiled/@s/b/package.json',
    'node_modules/test/lib/b/package.json',
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
    'node_modules/@s/package.json',
    'node_modules/a/examples/b/package.json',
    'node_modules/a/node_modules/b/benchmark/package.json',
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

test('a copy that a package has of another lies in a folder of its name; private ones, parts and others are none', () => {
  const at = (path: string, text: string): unknown =>
    analyzer
      .analyze({ path: path as ImagePath, bytes: new TextEncoder().encode(text) })
      .value.packages?.map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(at('node_modules/a/vendor/b/package.json', '{"name":"b","version":"1.0.0"}'), ['b 1.0.0']);
  assert.deepEqual(at('node_modules/@s/a/vendor/@t/b/package.json', '{"name":"@t/b","version":"1.0.0"}'), ['@t/b 1.0.0']);
  for (const [path, text] of [
    ['node_modules/a/vendor/c/package.json', '{"name":"b","version":"1.0.0"}'],
    ['node_modules/a/vendor/cb/package.json', '{"name":"b","version":"1.0.0"}'],
    ['node_modules/a/dist/package.json', '{"name":"dist","version":"1.0.0","private":true}'],
    ['node_modules/a/ajax/package.json', '{"name":"a/ajax","version":"1.0.0"}'],
    ['node_modules/@s/a/sub/package.json', '{"name":"@s/a/sub","version":"1.0.0"}'],
    ['node_modules/a/vendor/b/package.json', '{"name":"b"}'],
  ] as const)
    assert.equal(at(path, text), undefined, path + text);
});
