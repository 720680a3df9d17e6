import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/julia-package.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'root/.julia/packages/JSON/93Ea8/Project.toml';
const PROJECT = 'name = "JSON"\nuuid = "682c06a0"\nversion = "0.21.4"\n[deps]\nParsers = "69de0a69"\n';

test('wants packages of a depot', () => {
  assertWants(
    analyzer,
    [PATH, 'packages/A/abcd/Project.toml'],
    ['Project.toml', 'root/.julia/packages/JSON/93Ea8/docs/Project.toml', 'a/packages/x/source/Project.toml'],
  );
});

test('name, version and what it needs', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, PROJECT).value.packages, [
    { type: 'julia', name: 'JSON', version: '0.21.4', dependencies: ['Parsers'] },
  ]);
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, 'name = "x"')), []);
  assert.equal(analyzeText(analyzer, PATH, '=').problems.length, 1);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'root/.julia/packages/JSON/93Ea8/Project.toml', PROJECT);
});
