import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/poetry-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `[[package]]
name = "Flask"
version = "2.0.0"
category = "main"
[package.dependencies]
Werkzeug = { version = ">=2.0", markers = "x" }
click = ">=8"

[[package]]
name = "black"
version = "22.1.0"
category = "dev"

[[package]]
name = "pytest"
version = "7.0.0"
groups = ["dev", "test"]

[[package]]
name = "six"
version = "1.16.0"
groups = ["dev", "main"]
`;

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['poetry.lock', 'app/poetry.lock'], ['usr/lib/python3/site-packages/x/poetry.lock', 'apoetry.lock']);
});

test('packages, without those for development only', () => {
  assert.deepEqual(analyzeText(analyzer, 'poetry.lock', LOCK), {
    value: {
      packages: [
        { type: 'pypi', name: 'Flask', version: '2.0.0', declaredOnly: true, dependencies: ['Werkzeug', 'click'] },
        { type: 'pypi', name: 'six', version: '1.16.0', declaredOnly: true },
      ],
    },
    problems: [],
  });
});

test('tables and types of another kind', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'poetry.lock', 'package = 1')), []);
  assert.deepEqual(summarize(analyzeText(analyzer, 'poetry.lock', '[[package]]\nname = 1\nversion = "1"\n[[package]]\nname = "a"\n')), []);
  assert.deepEqual(summarize(analyzeText(analyzer, 'poetry.lock', '[[package')), ["! Poetry's lock file cannot be read: it is not TOML"]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'poetry.lock', LOCK);
});
