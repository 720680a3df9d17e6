import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('by a newer runtime only', () => {
  const ssh = { type: 'otp', name: 'ssh', version: '5.1.4', fixed: '5.2.9' } as const;
  assert.deepEqual(commandsOf(ssh), []);
  assert.match(wordsOf(ssh), /newer Erlang\/OTP base image, one that has ssh 5\.2\.9/);
  assert.match(wordsOf({ ...ssh, name: 'mix' }), /newer Elixir base image/);
});
