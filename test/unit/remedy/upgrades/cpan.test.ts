import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('by the module that a distribution is named after', () => {
  const tiny = { type: 'cpan', name: 'HTTP-Tiny', version: '0.070', fixed: '0.083' } as const;
  assert.deepEqual(commandsOf(tiny), ['cpanm HTTP::Tiny~0.083']);
  assert.deepEqual(commandsOf({ ...tiny, name: 'HTTP::Tiny' }), ['cpanm HTTP::Tiny~0.083']);
  assert.deepEqual(commandsOf({ ...tiny, lockFile: 'app/cpanfile.snapshot' }), ['carton update HTTP::Tiny']);
  assert.match(wordsOf(tiny), /If HTTP-Tiny has no module HTTP::Tiny/);
});
