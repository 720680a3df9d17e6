import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/pdm-lock.ts';
import { analyzeText, assertSurvives, assertWants } from '../../../../../support/analyzer-laws.ts';

const LOCK = `[metadata]
groups = ["default", "dev"]

[[package]]
name = "a"
version = "1.0.0"
groups = ["default"]
dependencies = ["b[x]>=1; python_version < \\"3.11\\"", "c; extra == \\"z\\""]

[[package]]
name = "a"
version = "1.0.0"
extras = ["x"]

[[package]]
name = "d"
version = "2.0.0"
groups = ["dev"]
`;

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['pdm.lock', 'app/pdm.lock'], ['site-packages/pdm.lock', 'apdm.lock']);
});

test('packages, without those for development only', () => {
  assert.deepEqual(analyzeText(analyzer, 'pdm.lock', LOCK), {
    value: { packages: [{ type: 'pypi', name: 'a', version: '1.0.0', declaredOnly: true, dependencies: ['b'] }] },
    problems: [],
  });
});

test('survives damage', () => {
  assertSurvives(analyzer, 'pdm.lock', LOCK);
});
