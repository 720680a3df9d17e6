import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('at least the fixed version, and not in the world file', () => {
  assert.deepEqual(commandsOf({ type: 'portage', name: 'dev-libs/openssl', version: '3.0.13', fixed: '3.0.13-r2' }), [
    "emerge-webrsync && emerge --oneshot --update '>=dev-libs/openssl-3.0.13-r2'",
  ]);
  assert.equal(commandsOf({ type: 'portage', name: 'x11-libs/gtk+', fixed: '3.24.41_p2b' }).length, 0);
  assert.equal(commandsOf({ type: 'portage', name: 'openssl', fixed: '3.0.13' }).length, 0);
});
