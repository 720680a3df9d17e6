import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/haskell-cabal-freeze.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `active-repositories: hackage.haskell.org:merge
constraints: any.Cabal ==3.2.1.0,
             any.base installed,
             tls +compat -hans,
             -- any.no ==1
             text == 2.0.2
index-state: hackage.haskell.org 2024-01-01T00:00:00Z
`;

test('constraints with a version', () => {
  assertWants(analyzer, ['cabal.project.freeze'], ['cabal.project', 'xcabal.project.freeze']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'cabal.project.freeze', LOCK)), ['Cabal 3.2.1.0', 'text 2.0.2']);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'cabal.project.freeze', LOCK);
});
