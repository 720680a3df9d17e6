import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/npm-package-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const FLAT = JSON.stringify({
  name: 'app',
  version: '9.9.9',
  lockfileVersion: 3,
  packages: {
    '': { name: 'app', version: '9.9.9', dependencies: { '@s/a': '^1.0.0' } },
    'node_modules/@s/a': { version: '1.2.3', license: 'MIT', dependencies: { d: '1', c: '1' }, optionalDependencies: { b: '1' } },
    'node_modules/@s/a/node_modules/b': { version: '2.0.0', optional: true },
    'node_modules/alias': { name: 'real', version: '3.0.0' },
    'node_modules/tool': { version: '4.0.0', dev: true },
    'node_modules/either': { version: '5.0.0', devOptional: true },
    'node_modules/own': { resolved: 'packages/own', link: true },
    'packages/own': { version: '0.1.0' },
    'packages/own/node_modules/b': { version: '2.1.0' },
  },
});

const TREE = JSON.stringify({
  lockfileVersion: 1,
  dependencies: {
    a: { version: '1.0.0', requires: { b: '^2' }, dependencies: { b: { version: '2.0.0' }, a: { version: '0.9.0' } } },
    b: { version: '1.0.0' },
    alias: { version: 'npm:@s/real@3.0.0' },
    git: { version: 'git+ssh://git@example.com/x.git#abc' },
    archive: { version: 'https://example.com/x-1.0.0.tgz' },
    folder: { version: 'file:x' },
    tool: { version: '4.0.0', dev: true, dependencies: { t: { version: '1.0.0', dev: true } } },
  },
});

test('wants the lock files of a project and not those of its dependencies', () => {
  assertWants(
    analyzer,
    ['package-lock.json', 'app/package-lock.json', 'app/npm-shrinkwrap.json', 'my_node_modules/package-lock.json'],
    ['app/node_modules/.package-lock.json', 'app/node_modules/a/npm-shrinkwrap.json', 'node_modules/a/package-lock.json', 'app/my-package-lock.json'],
  );
});

test('versions 2 and 3: by folder, without what is of development or of the project', () => {
  const { value } = analyzeText(analyzer, 'app/package-lock.json', FLAT);
  assert.deepEqual(value.packages, [
    { type: 'npm', name: '@s/a', version: '1.2.3', declaredOnly: true, licenses: ['MIT'], dependencies: ['b', 'c', 'd'] },
    { type: 'npm', name: 'b', version: '2.0.0', declaredOnly: true },
    { type: 'npm', name: 'real', version: '3.0.0', declaredOnly: true },
    { type: 'npm', name: 'either', version: '5.0.0', declaredOnly: true },
    { type: 'npm', name: 'b', version: '2.1.0', declaredOnly: true },
  ]);
});

test('version 1: a tree, where what has no version is no package of the registry', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'app/package-lock.json', TREE)), ['a 1.0.0', 'b 1.0.0', '@s/real 3.0.0', 'b 2.0.0', 'a 0.9.0']);
});

test('a tree of any depth and hostile names', () => {
  const levels = 20_000;
  const nested = `{"dependencies":${'{"a":{"version":"1.0.0","dependencies":'.repeat(levels)}{}${'}}'.repeat(levels)}}`;
  assert.deepEqual(summarize(analyzeText(analyzer, 'package-lock.json', nested)), ['a 1.0.0']);
  const names =
    '{"packages":{"node_modules/__proto__":{"version":"1.0.0"},"node_modules/a\\u0000b":{"version":"1.0.0"},"node_modules/../x":{"version":"1.0.0"}}}';
  assert.deepEqual(summarize(analyzeText(analyzer, 'package-lock.json', names)), [
    '__proto__ 1.0.0',
    '../x 1.0.0',
    '! the name or version of a package has characters or a length that none can have',
  ]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'package-lock.json', FLAT);
  assertSurvives(analyzer, 'package-lock.json', TREE);
});
