import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('Mix, and rebar3 where its lock file tells', () => {
  const phoenix = { type: 'hex', name: 'phoenix', fixed: '1.7.14' } as const;
  assert.deepEqual(commandsOf({ ...phoenix, lockFile: 'app/mix.lock' }), ['mix deps.update phoenix']);
  assert.deepEqual(commandsOf({ ...phoenix, path: 'app/lib/phoenix-1.7.1/ebin/phoenix.app' }), ['mix deps.update phoenix']);
  assert.deepEqual(commandsOf({ ...phoenix, name: 'cowboy', lockFile: 'app/rebar.lock' }), ['rebar3 upgrade cowboy']);
});
