import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('in place of the old one', () => {
  assert.deepEqual(commandsOf({ type: 'luarocks', name: 'lua-resty-jwt', fixed: '0.2.3-0' }), ['luarocks install lua-resty-jwt 0.2.3-0']);
  assert.deepEqual(commandsOf({ type: 'luarocks', name: 'kong/lua-resty-http', fixed: '0.17.1-0' }), [
    'luarocks install kong/lua-resty-http 0.17.1-0',
  ]);
});
