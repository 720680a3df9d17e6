import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/cargo-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const REGISTRY = 'source = "registry+https://github.com/rust-lang/crates.io-index"';
const LOCK = `version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["a"]
[[package]]
name = "a"
version = "1.0.0"
${REGISTRY}
dependencies = ["b 2.0.0", "c 1.0.0 (registry+https://x)"]
[[package]]
name = "b"
version = "2.0.0+build.1"
source = "git+https://example.com/b?branch=main#061a9ab4"
`;

test('wants lock files, but not those of crates that were downloaded', () => {
  assertWants(
    analyzer,
    ['Cargo.lock', 'app/Cargo.lock'],
    ['cargo.lock', 'XCargo.lock', 'root/.cargo/registry/src/x/a-1.0.0/Cargo.lock', 'app/vendor/a/Cargo.lock'],
  );
});

test('packages that come from somewhere, with what they need', () => {
  assert.deepEqual(analyzeText(analyzer, 'Cargo.lock', LOCK).value.packages, [
    { type: 'cargo', name: 'a', version: '1.0.0', declaredOnly: true, dependencies: ['b', 'c'] },
    { type: 'cargo', name: 'b', version: '2.0.0+build.1', declaredOnly: true },
  ]);
});

test('what is no lock file', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'Cargo.lock', 'no = ')), ["! Cargo's lock file cannot be read: it is not TOML"]);
  assert.deepEqual(summarize(analyzeText(analyzer, 'Cargo.lock', 'package = 1')), []);
  assert.deepEqual(summarize(analyzeText(analyzer, 'Cargo.lock', '[[package]]\nname = "__proto__"\nversion = 1\nsource = "x"')), []);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'Cargo.lock', LOCK);
});
