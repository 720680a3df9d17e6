import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('the fixed version where the binary package carries the source’s, else the newest', () => {
  const line = 'apt-get update && apt-get install -y --only-upgrade';
  assert.deepEqual(commandsOf({ type: 'deb', name: 'libssl3', version: '3.0.9-1', source: ['openssl', '3.0.9-1'], fixed: '3.0.11-1~deb12u2' }), [
    `${line} libssl3=3.0.11-1~deb12u2`,
    `${line} libssl3`,
  ]);
  const other = { type: 'deb', name: 'libc6', version: '2.36-9+b1', source: ['glibc', '2.36-9'], fixed: '2.36-9+deb12u4' } as const;
  assert.deepEqual(commandsOf(other), [`${line} libc6`]);
  assert.match(wordsOf(other), /gone from glibc 2\.36-9\+deb12u4 on/);
  assert.match(wordsOf({ ...other, source: ['$(reboot)', '1'] }), /gone from its source/);
});
