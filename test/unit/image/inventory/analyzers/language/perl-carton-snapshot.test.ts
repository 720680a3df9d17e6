import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/perl-carton-snapshot.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `# carton snapshot format: version 1.0
DISTRIBUTIONS
  Foo-Bar-v1.2.3
    pathname: A/AB/ABC/Foo-Bar-v1.2.3.tar.gz
    provides:
      Foo::Bar v1.2.3
    requirements:
      Moo 2
  Moo-2.005005-TRIAL
    pathname: H/HA/HAARG/Moo-2.005005-TRIAL.tar.gz
  libwww-perl-6.67
`;

test('distributions by their indent', () => {
  assertWants(analyzer, ['cpanfile.snapshot', 'app/cpanfile.snapshot'], ['cpanfile', 'xcpanfile.snapshot']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'cpanfile.snapshot', LOCK)), ['Foo-Bar v1.2.3', 'Moo 2.005005-TRIAL', 'libwww-perl 6.67']);
  assert.equal(analyzeText(analyzer, 'cpanfile.snapshot', LOCK).value.packages?.[0]?.declaredOnly, true);
  assert.deepEqual(
    analyzeText(analyzer, 'cpanfile.snapshot', 'x\n  NoVersion\n').problems.map(({ line }) => line),
    [2],
  );
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'cpanfile.snapshot', LOCK);
});
