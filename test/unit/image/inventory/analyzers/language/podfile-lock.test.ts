import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/podfile-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `PODS:
  - Alamofire (5.4.0)
  - Firebase/Core (6.0.0):
    - FirebaseAnalytics (= 6.0.0)
    - Alamofire
  - "GoogleUtilities/NSData+zlib (7.0.0)"

DEPENDENCIES:
  - Alamofire (~> 5.0)

SPEC CHECKSUMS:
  Alamofire: abc

COCOAPODS: 1.11.2
`;

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['Podfile.lock', 'ios/Podfile.lock'], ['ios/Podfile', 'ios/XPodfile.lock']);
});

test('pods and parts of pods', () => {
  assert.deepEqual(analyzeText(analyzer, 'Podfile.lock', LOCK), {
    value: {
      packages: [
        { type: 'cocoapods', name: 'Alamofire', version: '5.4.0', declaredOnly: true },
        { type: 'cocoapods', name: 'Firebase/Core', version: '6.0.0', declaredOnly: true, dependencies: ['Alamofire', 'FirebaseAnalytics'] },
        { type: 'cocoapods', name: 'GoogleUtilities/NSData+zlib', version: '7.0.0', declaredOnly: true },
      ],
    },
    problems: [],
  });
  assert.deepEqual(summarize(analyzeText(analyzer, 'Podfile.lock', 'PODS:\n  - A\n')), ['! a pod has no version']);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'Podfile.lock', LOCK);
});
