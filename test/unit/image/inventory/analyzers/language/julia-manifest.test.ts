import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/julia-manifest.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `julia_version = "1.9.0"
manifest_format = "2.0"
[[deps.JSON]]
deps = ["Dates", "Parsers"]
uuid = "682c06a0"
version = "0.21.4"
[[deps.Dates]]
uuid = "ade2ca70"
[[deps.Own]]
path = "deps/Own"
version = "1.0.0"
`;

test('packages with a version, in both forms', () => {
  assertWants(
    analyzer,
    ['Manifest.toml', 'app/JuliaManifest.toml'],
    ['manifest.toml', 'root/.julia/packages/A/abcde/Manifest.toml', 'julia/stdlib/v1.9/Pkg/Manifest.toml'],
  );
  assert.deepEqual(analyzeText(analyzer, 'Manifest.toml', LOCK).value.packages, [
    { type: 'julia', name: 'JSON', version: '0.21.4', declaredOnly: true, dependencies: ['Dates', 'Parsers'] },
  ]);
  assert.deepEqual(summarize(analyzeText(analyzer, 'Manifest.toml', '[[A]]\nversion = "1.0.0"\n[A.deps]\nB = "u"\n')), ['A 1.0.0']);
  assert.equal(analyzeText(analyzer, 'Manifest.toml', '=').problems.length, 1);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'Manifest.toml', LOCK);
});
