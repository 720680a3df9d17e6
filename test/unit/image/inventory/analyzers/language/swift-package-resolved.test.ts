import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/swift-package-resolved.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PINS = [
  ['https://github.com/apple/swift-nio.git', '2.65.0'],
  ['git@github.com:vapor/vapor.git', '4.0.0'],
  ['ssh://git@example.com:2222/a/b/', '1.0.0'],
  ['../own', '3.0.0'],
  ['https://github.com/o/branch', undefined],
] as const;
const VERSION_1 = JSON.stringify({
  version: 1,
  object: { pins: PINS.map(([repositoryURL, version]) => ({ package: 'P', repositoryURL, state: { branch: null, revision: 'abc', version } })) },
});
const VERSION_3 = JSON.stringify({
  version: 3,
  pins: PINS.map(([location, version]) => ({ identity: 'p', kind: 'remoteSourceControl', location, state: { revision: 'abc', version } })),
});

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['Package.resolved', 'a/App.xcworkspace/xcshareddata/swiftpm/Package.resolved'], ['Package.swift', 'MyPackage.resolved']);
});

test('packages by the address of their repository', () => {
  const expected = ['github.com/apple/swift-nio 2.65.0', 'github.com/vapor/vapor 4.0.0', 'example.com:2222/a/b 1.0.0'];
  assert.deepEqual(summarize(analyzeText(analyzer, 'Package.resolved', VERSION_1)), [...expected, 'P 3.0.0']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'Package.resolved', VERSION_3)), [...expected, 'p 3.0.0']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'Package.resolved', '{"pins":[1,{"identity":7,"state":3}]}')), []);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'Package.resolved', VERSION_3);
});
