import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/pnpm-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const VERSION_5 = `lockfileVersion: 5.4
specifiers:
  a: ^1.0.0
packages:

  /@s/a/1.2.3_react@18.0.0:
    resolution: {integrity: sha512-x}
    dependencies:
      b: 1.0.0
    dev: false
  /b/1.0.0:
    dev: true
  github.com/o/c/0123456789abcdef0123456789abcdef01234567:
    name: c
    version: 2.0.0
  file:own:
    resolution: {directory: own, type: directory}
    name: own
    version: 1.0.0
`;

const VERSION_9 = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@s/a':
        specifier: ^1.0.0
        version: 1.2.3(peer@1.0.0)
      alias:
        specifier: npm:real@^1.0.0
        version: real@1.0.0
    devDependencies:
      tool:
        specifier: ^1.0.0
        version: 1.0.0
      own:
        specifier: workspace:*
        version: link:own
packages:
  '@s/a@1.2.3':
    resolution: {integrity: sha512-x}
    deprecated: |-
      packages:
        not@1.0.0:
  both@1.0.0: {}
  git@https://example.com/x/tar.gz/abc:
    resolution: {tarball: https://example.com/x/tar.gz/abc}
    version: 3.0.0
  only-tool@1.0.0: {}
  peer@1.0.0: {}
  real@1.0.0: {}
  tool@1.0.0: {}
snapshots:
  '@s/a@1.2.3(peer@1.0.0)':
    dependencies:
      git: https://example.com/x/tar.gz/abc
      peer: 1.0.0
  both@1.0.0:
    optionalDependencies:
      tool: 1.0.0
  git@https://example.com/x/tar.gz/abc: {}
  only-tool@1.0.0:
    dependencies:
      tool: 1.0.0
  peer@1.0.0: {}
  real@1.0.0:
    dependencies:
      both: 1.0.0
  tool@1.0.0:
    dependencies:
      both: 1.0.0
      only-tool: 1.0.0
`;

test('wants the lock file of a project', () => {
  assertWants(
    analyzer,
    ['pnpm-lock.yaml', 'app/pnpm-lock.yaml'],
    ['app/node_modules/.pnpm/lock.yaml', 'app/node_modules/a/pnpm-lock.yaml', 'pnpm-lock.yml'],
  );
});

test('version 5: paths, and what is of development says so', () => {
  const { value, problems } = analyzeText(analyzer, 'pnpm-lock.yaml', VERSION_5);
  assert.deepEqual(value.packages, [
    { type: 'npm', name: '@s/a', version: '1.2.3', declaredOnly: true, dependencies: ['b'] },
    { type: 'npm', name: 'c', version: '2.0.0', declaredOnly: true },
  ]);
  assert.deepEqual(problems, []);
});

test('version 9: what only a development dependency reaches is left out', () => {
  const expected = ['@s/a 1.2.3', 'both 1.0.0', 'git 3.0.0', 'peer 1.0.0', 'real 1.0.0', 'tool 1.0.0', 'only-tool 1.0.0'];
  // `both` needs `tool` to run, and with it all that it needs.
  assert.deepEqual(summarize(analyzeText(analyzer, 'pnpm-lock.yaml', VERSION_9)).toSorted(), expected.toSorted());
  const apart = VERSION_9.replace('    optionalDependencies:\n      tool: 1.0.0\n', '    engines: {node: x}\n');
  assert.deepEqual(summarize(analyzeText(analyzer, 'pnpm-lock.yaml', apart)), ['@s/a 1.2.3', 'both 1.0.0', 'git 3.0.0', 'peer 1.0.0', 'real 1.0.0']);
});

test('keys of more than 1024 characters', () => {
  const text = `lockfileVersion: '6.0'\npackages:\n  ? /a@1.0.0(${'b@1.0.0)('.repeat(200)}c@1.0.0)\n  : resolution: {integrity: x}\n    dev: true\n  /b@1.0.0:\n    dev: false\n`;
  assert.deepEqual(summarize(analyzeText(analyzer, 'pnpm-lock.yaml', text)), ['b 1.0.0']);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'pnpm-lock.yaml', VERSION_5);
  assertSurvives(analyzer, 'pnpm-lock.yaml', VERSION_9);
});
