import assert from 'node:assert/strict';
import test from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('a package by its channel, an extension of PECL by its name', () => {
  const archive = { type: 'pear', name: 'pear.php.net/Archive_Tar', version: '1.4.13', fixed: '1.4.14' } as const;
  assert.deepEqual(commandsOf(archive), ['pear upgrade pear.php.net/Archive_Tar-1.4.14']);
  assert.deepEqual(commandsOf({ ...archive, name: 'pecl.php.net/redis', fixed: '5.3.7' }), ['pecl upgrade redis-5.3.7']);
  for (const name of ['Archive_Tar', 'pear.php.net/a b', 'pear.php.net/--force', '-x/a', 'a/b/c'])
    assert.deepEqual(commandsOf({ ...archive, name }), [], name);
});
