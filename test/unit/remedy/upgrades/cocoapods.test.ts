import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('a part of a pod goes up with the pod', () => {
  assert.deepEqual(commandsOf({ type: 'cocoapods', name: 'Firebase/Core', fixed: '10.1.0', lockFile: 'app/Podfile.lock' }), ['pod update Firebase']);
  assert.deepEqual(commandsOf({ type: 'cocoapods', name: 'GoogleUtilities', fixed: '7.0', lockFile: 'app/Podfile.lock' }), [
    'pod update GoogleUtilities',
  ]);
});
