import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/bun-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `{
  // text
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "app", "dependencies": { "a": "^1.0.0", }, "devDependencies": { "tool": "^1.0.0" } },
    "packages/own": { "name": "own", "dependencies": { "alias": "npm:@s/real@1" } },
  },
  "packages": {
    "a": ["a@1.2.3", "", { "dependencies": { "b": "^2.0.0" } }, "sha512-x=="],
    "a/b": ["b@2.0.0", "", {}, "sha512-/*,]*/"],
    "b": ["b@1.0.0", "", {}, "sha512-x"],
    "alias": ["@s/real@1.0.0", "", {}, "x"],
    "git": ["git@github:o/git#abc", {}, "o-git-abc"],
    "own": ["own@workspace:packages/own"],
    "tool": ["tool@1.0.0", "", { "dependencies": { "b": "^1.0.0", }, }, "sha512-x"],
  },
}
`;

test('wants the lock file in text', () => {
  assertWants(analyzer, ['bun.lock', 'app/bun.lock'], ['bun.lockb', 'app/node_modules/a/bun.lock']);
});

test('packages of the registry that are needed to run', () => {
  const { value, problems } = analyzeText(analyzer, 'bun.lock', LOCK);
  assert.deepEqual(value.packages, [
    { type: 'npm', name: 'a', version: '1.2.3', declaredOnly: true, dependencies: ['b'] },
    { type: 'npm', name: 'b', version: '2.0.0', declaredOnly: true },
    { type: 'npm', name: '@s/real', version: '1.0.0', declaredOnly: true },
  ]);
  assert.deepEqual(problems, []);
});

test('an entry of another form and a cycle', () => {
  const text =
    '{"workspaces":{"":{"devDependencies":{"a":"1"}}},"packages":{"a":["a@1.0.0",{"dependencies":{"b":"1"}}],"b":["b@1.0.0",{"dependencies":{"a":"1"}}],"c":7}}';
  assert.deepEqual(summarize(analyzeText(analyzer, 'bun.lock', text)), ['! the package at "c" is not of the form that Bun writes']);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'bun.lock', LOCK);
});
