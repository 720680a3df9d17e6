import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('by the project’s own file', () => {
  const zlib = { type: 'conan', name: 'zlib', version: '1.2.11', fixed: '1.2.13', lockFile: 'app/conan.lock' } as const;
  assert.deepEqual(commandsOf(zlib), []);
  assert.match(wordsOf(zlib), /Ask for zlib\/1\.2\.13 in conanfile\.txt[^]*The lock file \/app\/conan\.lock names it/);
});
