import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('the newest of the feeds', () => {
  assert.deepEqual(commandsOf({ type: 'opkg', name: 'libustream-wolfssl20201210', fixed: '2023-02-25-498f6e26-1' }), [
    'opkg update && opkg upgrade libustream-wolfssl20201210',
  ]);
});
