import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/conda-meta.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'opt/conda/conda-meta/zlib-1.2.13-h5eee18b_0.json';
const RECORD = JSON.stringify({
  name: 'zlib',
  version: '1.2.13',
  build: 'h5eee18b_0',
  license: 'Zlib',
  depends: ['libgcc-ng >=11.2.0', 'python=3.9'],
});

test('wants the records right in the folder', () => {
  assertWants(
    analyzer,
    [PATH, 'conda-meta/a.json', 'opt/conda/envs/x/conda-meta/a.json'],
    ['opt/conda/conda-meta/history', 'opt/conda/pkgs/a/info/index.json', 'opt/my-conda-meta/a.json', 'opt/conda-meta/x/a.json'],
  );
});

test('one package', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, RECORD), {
    value: { packages: [{ type: 'conda', name: 'zlib', version: '1.2.13', licenses: ['Zlib'], dependencies: ['libgcc-ng', 'python'] }] },
    problems: [],
  });
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, '{"name":"a"}')), ["! the conda package's record has no version"]);
});

test('survives damage', () => {
  assertSurvives(analyzer, PATH, RECORD);
});
