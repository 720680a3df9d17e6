import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/pylock-toml.ts';
import { analyzeText, assertSurvives, assertWants } from '../../../../../support/analyzer-laws.ts';

const LOCK = `lock-version = "1.0"
[[packages]]
name = "a"
version = "1.0.0"
dependencies = [{ name = "b" }]
[[packages]]
name = "own"
version = "0.1.0"
directory = { path = "." }
[[packages]]
name = "unversioned"
`;

test('wants lock files of every name that the standard allows', () => {
  assertWants(
    analyzer,
    ['pylock.toml', 'app/pylock.toml', 'app/pylock.prod.toml'],
    ['app/pylock.a.b.toml', 'app/xpylock.toml', 'app/pylock..x/a.toml', 'app/pylock.txt', 'x/site-packages/pylock.toml'],
  );
});

test('packages with a version that are not of the project', () => {
  assert.deepEqual(analyzeText(analyzer, 'pylock.toml', LOCK), {
    value: { packages: [{ type: 'pypi', name: 'a', version: '1.0.0', declaredOnly: true, dependencies: ['b'] }] },
    problems: [],
  });
});

test('survives damage', () => {
  assertSurvives(analyzer, 'pylock.toml', LOCK);
});
