import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/haskell-stack-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `packages:
- completed:
    hackage: fuzzyset-0.2.4@sha256:f1b6,1618
    pantry-tree:
      size: 574
  original:
    hackage: fuzzyset-0.2.4
- completed:
    commit: 0123
    git: https://example.com/x.git
    name: x-lib
    version: 1.0.1
    pantry-tree:
      size: 1
  original:
    git: https://example.com/x.git
snapshots: []
`;

test('packages of Hackage and of repositories', () => {
  assertWants(analyzer, ['stack.yaml.lock', 'app/stack.yaml.lock'], ['stack.yaml', 'xstack.yaml.lock']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'stack.yaml.lock', LOCK)), ['fuzzyset 0.2.4', 'x-lib 1.0.1']);
  assert.deepEqual(
    analyzeText(analyzer, 'stack.yaml.lock', 'packages:\n- completed:\n    hackage: none\n').problems.map(({ line }) => line),
    [3],
  );
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'stack.yaml.lock', LOCK);
});
