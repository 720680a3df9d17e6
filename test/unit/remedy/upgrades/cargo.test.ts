import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('the fixed version in the lock file, in the source of a program that tells its crates', () => {
  const time = { type: 'cargo', name: 'time', version: '0.1.43', fixed: '0.2.23' } as const;
  assert.deepEqual(commandsOf({ ...time, lockFile: 'app/Cargo.lock' }), ['cargo update -p time --precise 0.2.23']);
  assert.match(wordsOf({ ...time, lockFile: 'app/Cargo.lock' }), /The lock file \/app\/Cargo\.lock names it/);
  assert.match(wordsOf({ ...time, path: 'usr/bin/rg' }), /in the source of \/usr\/bin\/rg/);
  assert.doesNotMatch(wordsOf({ ...time, path: 'usr/$(reboot)/rg' }), /reboot/);
});
