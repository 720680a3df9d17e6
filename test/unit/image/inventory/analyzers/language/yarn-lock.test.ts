import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/yarn-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const CLASSIC = `# yarn lockfile v1


"@s/a@^1.0.0", "@s/a@^1.2.0":
  version "1.2.3"
  resolved "https://example.com/a-1.2.3.tgz#abc"
  dependencies:
    "@s/b" "^2.0.0"
    c "1 || 2"
  optionalDependencies:
    d "*"

alias@npm:@s/real@^3.0.0:
  version "3.0.0"

"folder@link:./folder":
  version "0.0.0"
`;

const BERRY = `# Generated

__metadata:
  version: 8

"@s/a@npm:^1.0.0, @s/a@npm:^1.2.0":
  version: 1.2.3
  resolution: "@s/a@npm:1.2.3"
  dependencies:
    "@s/b": "npm:^2.0.0"
    c: ^1.0.0
  dependenciesMeta:
    c:
      optional: true
  languageName: node

"alias@npm:@s/real@^3.0.0":
  version: 3.0.0
  resolution: "@s/real@npm:3.0.0"

"typescript@patch:typescript@^5.0.0#optional!builtin<compat/typescript>":
  version: 5.0.4
  resolution: "typescript@patch:typescript@npm%3A5.0.4#optional!builtin<compat/typescript>::version=5.0.4&hash=b5f058"

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."
`;

test('wants the lock files of a project and not those of its dependencies', () => {
  assertWants(analyzer, ['yarn.lock', 'app/yarn.lock'], ['app/node_modules/a/yarn.lock', 'app/xyarn.lock', 'app/yarn.lock/x']);
});

test('Yarn 1', () => {
  const { value, problems } = analyzeText(analyzer, 'app/yarn.lock', CLASSIC);
  assert.deepEqual(value.packages, [
    { type: 'npm', name: '@s/a', version: '1.2.3', declaredOnly: true, dependencies: ['@s/b', 'c', 'd'] },
    { type: 'npm', name: '@s/real', version: '3.0.0', declaredOnly: true },
  ]);
  assert.deepEqual(problems, []);
});

test('later versions, with CRLF too', () => {
  for (const text of [BERRY, BERRY.replaceAll('\n', '\r\n')]) {
    const { value, problems } = analyzeText(analyzer, 'app/yarn.lock', text);
    assert.deepEqual(value.packages, [
      { type: 'npm', name: '@s/a', version: '1.2.3', declaredOnly: true, dependencies: ['@s/b', 'c'] },
      { type: 'npm', name: '@s/real', version: '3.0.0', declaredOnly: true },
      { type: 'npm', name: 'typescript', version: '5.0.4', declaredOnly: true },
    ]);
    assert.deepEqual(problems, []);
  }
});

test('what is no block, or has no version, is told', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'yarn.lock', '<<<<<<< HEAD\na@1:\n  resolved "x"\nb@1:\n  version "1.0.0"\n')), [
    'b 1.0.0',
    '! a line is neither the heading of a package nor below one',
    '! a package has no version',
  ]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'yarn.lock', CLASSIC);
  assertSurvives(analyzer, 'yarn.lock', BERRY);
});
