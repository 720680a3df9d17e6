import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/uv-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `version = 1

[[package]]
name = "app"
version = "0.1.0"
source = { editable = "." }
dependencies = [{ name = "a" }]
[package.optional-dependencies]
extra = [{ name = "b" }]
[package.dev-dependencies]
dev = [{ name = "tool" }]

[[package]]
name = "a"
version = "1.0.0"
source = { registry = "https://example.com/simple" }
dependencies = [{ name = "c", marker = "x" }]

[[package]]
name = "b"
version = "2.0.0"

[[package]]
name = "c"
version = "3.0.0"

[[package]]
name = "only-tool"
version = "1.0.0"
dependencies = [{ name = "tool" }]

[[package]]
name = "tool"
version = "1.0.0"
dependencies = [{ name = "c" }, { name = "only-tool" }]
`;

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['uv.lock', 'app/uv.lock'], ['x/site-packages/a/uv.lock', 'buv.lock']);
});

test('packages that the project needs to run', () => {
  const result = analyzeText(analyzer, 'uv.lock', LOCK);
  assert.deepEqual(summarize(result), ['a 1.0.0', 'b 2.0.0', 'c 3.0.0']);
  assert.deepEqual(result.value.packages?.[0], { type: 'pypi', name: 'a', version: '1.0.0', declaredOnly: true, dependencies: ['c'] });
});

test('without a project nothing is left out', () => {
  const text = '[[package]]\nname = "a"\nversion = "1"\ndependencies = [{ name = "a" }]\n';
  assert.deepEqual(summarize(analyzeText(analyzer, 'uv.lock', text)), ['a 1']);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'uv.lock', LOCK);
});
