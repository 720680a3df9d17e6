import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/r-renv-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = '{"R":{"Version":"4.3"},"Packages":{"mime":{"Package":"mime","Version":"0.12","Source":"Repository","Requirements":["tools"]},"odd":3}}';

test('packages with what they need', () => {
  assertWants(analyzer, ['renv.lock', 'app/renv.lock'], ['xrenv.lock']);
  assert.deepEqual(analyzeText(analyzer, 'renv.lock', LOCK).value.packages, [
    { type: 'cran', name: 'mime', version: '0.12', declaredOnly: true, dependencies: ['tools'] },
  ]);
  for (const text of ['', '[]']) assert.equal(analyzeText(analyzer, 'renv.lock', text).problems.length, 1);
  assert.deepEqual(summarize(analyzeText(analyzer, 'renv.lock', '{"Packages":{"__proto__":{"Package":"a","Version":"1\\n"}}}')), [
    '! the name or version of a package has characters or a length that none can have',
  ]);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'renv.lock', LOCK);
});
