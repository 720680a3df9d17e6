import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/conan-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const GRAPH = JSON.stringify({
  graph_lock: {
    nodes: {
      0: { ref: 'app/1.0', path: 'conanfile.py', requires: ['1'], build_requires: ['3'] },
      1: { ref: 'png/1.6@user/channel#abc', requires: ['2', '9', 'constructor'] },
      2: { pref: 'zlib/1.2.13#rev:package#prev' },
      3: { ref: 'ninja/1.11' },
      4: { ref: 'cmake/3.1', context: 'build' },
    },
  },
});

test('a graph of Conan 1 without the project and what only builds it', () => {
  assertWants(analyzer, ['conan.lock', 'app/conan.lock'], ['xconan.lock']);
  assert.deepEqual(analyzeText(analyzer, 'conan.lock', GRAPH).value.packages, [
    { type: 'conan', name: 'png', version: '1.6', declaredOnly: true, dependencies: ['zlib'] },
    { type: 'conan', name: 'zlib', version: '1.2.13', declaredOnly: true },
  ]);
});

test('the lists of Conan 2', () => {
  const lists = '{"version":"0.5","requires":["zlib/1.2.13#13c9%1667396813.7","odd"],"build_requires":["ninja/1.11#x%1"],"python_requires":[]}';
  assert.deepEqual(summarize(analyzeText(analyzer, 'conan.lock', lists)), ['zlib 1.2.13', '! a reference is not of the form that Conan writes']);
  for (const text of ['', '[]']) assert.equal(analyzeText(analyzer, 'conan.lock', text).problems.length, 1);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'conan.lock', GRAPH);
});
