import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/haskell-package-db.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'root/.ghcup/ghc/9.4.7/lib/package.conf.d/text-2.0.2.conf';
const CONF = `name:            text
version:         2.0.2
visibility:      public
id:              text-2.0.2
license:         BSD-2-Clause
depends:
    base-4.17.2.0 binary-0.8.9.1
    ghc-prim-0.9.1-1a2b
`;

test('wants registrations only', () => {
  assertWants(
    analyzer,
    [PATH, 'root/.cabal/store/ghc-9.4.7/package.db/aeson-2.1-abc.conf', 'var/lib/ghc/package.conf.d/base-4.17.conf'],
    ['etc/nginx/nginx.conf', 'package.conf.d/package.cache', 'x.conf'],
  );
});

test('name, version, licence and what it needs', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, CONF).value.packages, [
    { type: 'hackage', name: 'text', version: '2.0.2', licenses: ['BSD-2-Clause'], dependencies: ['base', 'binary', 'ghc-prim'] },
  ]);
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, '')), []);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'root/.ghcup/ghc/9.4.7/lib/package.conf.d/text-2.0.2.conf', CONF);
});
