import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('a constraint of Cabal’s, or Stack’s own file', () => {
  const aeson = { type: 'hackage', name: 'aeson', fixed: '2.0.1.0' } as const;
  assert.deepEqual(commandsOf({ ...aeson, lockFile: 'app/cabal.project.freeze' }), ["cabal update && cabal freeze '--constraint=aeson>=2.0.1.0'"]);
  assert.deepEqual(commandsOf({ ...aeson, lockFile: 'app/stack.yaml.lock' }), []);
  assert.match(wordsOf({ ...aeson, lockFile: 'app/stack.yaml.lock' }), /Add aeson-2\.0\.1\.0 to extra-deps/);
});
