import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('an update within composer.json, else another requirement', () => {
  for (const fixed of ['6.4.4', 'v6.4.4']) {
    assert.deepEqual(commandsOf({ type: 'composer', name: 'symfony/http-kernel', fixed, lockFile: 'app/composer.lock' }), [
      'composer update symfony/http-kernel --with-dependencies',
      "composer require 'symfony/http-kernel:^6.4.4' --update-with-all-dependencies",
    ]);
  }
  assert.deepEqual(commandsOf({ type: 'composer', name: 'no-vendor', fixed: '1.0' }), []);
});
