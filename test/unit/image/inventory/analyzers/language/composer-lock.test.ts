import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/composer-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = JSON.stringify({
  packages: [{ name: 'monolog/monolog', version: '2.0.0', require: { 'psr/log': '^1', php: '*' } }],
  'packages-dev': [{ name: 'phpunit/phpunit', version: '9.0.0' }],
});

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['composer.lock', 'app/composer.lock'], ['app/vendor/a/b/composer.lock', 'app/composer.json', 'app/xcomposer.lock']);
});

test('packages, without those for development', () => {
  assert.deepEqual(analyzeText(analyzer, 'composer.lock', LOCK), {
    value: { packages: [{ type: 'composer', name: 'monolog/monolog', version: '2.0.0', declaredOnly: true, dependencies: ['psr/log'] }] },
    problems: [],
  });
  assert.deepEqual(summarize(analyzeText(analyzer, 'composer.lock', 'null')), ["! Composer's lock file is not a JSON object"]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'composer.lock', LOCK);
});
