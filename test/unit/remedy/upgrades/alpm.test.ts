import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('everything, for partial upgrades are unsupported', () => {
  const facts = { type: 'alpm', name: 'openssl', version: '3.3.0-1', fixed: '1:3.3.1-1.1' } as const;
  assert.deepEqual(commandsOf(facts), ['pacman -Syu --noconfirm']);
  assert.match(wordsOf(facts), /openssl to 1:3\.3\.1-1\.1 or later: partial upgrades are unsupported/);
});
