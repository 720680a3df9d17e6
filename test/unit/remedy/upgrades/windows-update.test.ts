import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('by a newer base image only', () => {
  const update = { type: 'windows-update', name: 'KB5044281', version: '20348.2762.1.9' } as const;
  assert.deepEqual(commandsOf({ ...update, fixed: 'KB5046616' }), []);
  assert.match(wordsOf({ ...update, fixed: 'KB5046616' }), /base image, that has KB5046616 or a later update/);
  assert.match(wordsOf({ ...update, fixed: '5046616' }), /that has KB5046616/);
  assert.match(wordsOf({ ...update, fixed: '10.0.20348.2849' }), /of build 10\.0\.20348\.2849 or later/);
});
