import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('at least the fixed version, else the newest', () => {
  assert.deepEqual(commandsOf({ type: 'apk', name: 'so:libcrypto.so.3', fixed: '3.3.2-r1' }), []);
  assert.deepEqual(commandsOf({ type: 'apk', name: 'libstdc++', fixed: '13.2.1_git20240309-r1' }), [
    "apk add --no-cache --upgrade 'libstdc++>=13.2.1_git20240309-r1'",
    'apk upgrade --no-cache libstdc++',
  ]);
});
