import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

test('by a newer collection of packages', () => {
  assert.deepEqual(commandsOf({ type: 'nix', name: 'openssl', version: '3.0.13', fixed: '3.0.14' }), ['nix flake update nixpkgs']);
  assert.match(wordsOf({ type: 'nix', name: 'openssl', version: '3.0.13', fixed: '3.0.14' }), /openssl 3\.0\.14 or later[^]*nix-channel --update/);
});
