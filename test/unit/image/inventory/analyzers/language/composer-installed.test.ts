import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/composer-installed.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PACKAGES = [
  { name: 'symfony/http-kernel', version: 'v5.4.0', license: ['MIT'], require: { php: '>=7', 'ext-json': '*', 'psr/log': '^1' } },
  { name: 'acme/closed', version: '1.0.0', license: 'proprietary' },
  { name: 'acme/unversioned' },
];

test('wants the list in the folder of Composer', () => {
  assertWants(
    analyzer,
    ['app/vendor/composer/installed.json', 'lib/composer/installed.json', 'composer/installed.json'],
    ['app/vendor/installed.json', 'app/mycomposer/installed.json', 'app/vendor/composer/installed.php'],
  );
});

test('lists of Composer 1 and 2', () => {
  for (const text of [JSON.stringify(PACKAGES), JSON.stringify({ packages: PACKAGES, dev: true, 'dev-package-names': [] })]) {
    assert.deepEqual(analyzeText(analyzer, 'app/vendor/composer/installed.json', text), {
      value: {
        packages: [
          { type: 'composer', name: 'symfony/http-kernel', version: 'v5.4.0', licenses: ['MIT'], dependencies: ['psr/log'] },
          { type: 'composer', name: 'acme/closed', version: '1.0.0', licenses: ['proprietary'] },
        ],
      },
      problems: [],
    });
  }
});

test('another type, and what is no JSON', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'composer/installed.json', '{"packages":{"a":1}}')), []);
  assert.equal(analyzeText(analyzer, 'composer/installed.json', '<?php').problems.length, 1);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'composer/installed.json', JSON.stringify(PACKAGES));
});
