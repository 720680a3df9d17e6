import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('by WordPress’s own command line', () => {
  assert.deepEqual(commandsOf({ type: 'wordpress-plugin', name: 'contact-form-7', fixed: '5.3.2' }), [
    'wp plugin update contact-form-7 --version=5.3.2',
  ]);
});
