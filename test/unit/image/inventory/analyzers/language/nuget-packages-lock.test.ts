import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/nuget-packages-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = JSON.stringify({
  version: 2,
  dependencies: {
    'net6.0': { A: { type: 'Direct', requested: '[1.0.0, )', resolved: '1.0.0', dependencies: { C: '1', B: '1' } }, Own: { type: 'Project' } },
    'net8.0': { A: { type: 'Direct', resolved: '1.0.0' }, B: { type: 'Transitive', resolved: '2.0.0' } },
  },
});

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['packages.lock.json', 'src/packages.lock.json'], ['src/mypackages.lock.json', 'src/packages.json']);
});

test('packages of all frameworks, without projects', () => {
  assert.deepEqual(analyzeText(analyzer, 'packages.lock.json', LOCK), {
    value: {
      packages: [
        { type: 'nuget', name: 'A', version: '1.0.0', declaredOnly: true, dependencies: ['B', 'C'] },
        { type: 'nuget', name: 'B', version: '2.0.0', declaredOnly: true },
      ],
    },
    problems: [],
  });
  assert.deepEqual(summarize(analyzeText(analyzer, 'packages.lock.json', '{"dependencies":[1]}')), []);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'packages.lock.json', LOCK);
});
