import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const tar = { type: 'npm', name: 'tar', version: '6.1.0', fixed: '6.1.2' } as const;

test('what the lock file’s own package manager does', () => {
  assert.deepEqual(commandsOf({ ...tar, lockFile: 'app/pnpm-lock.yaml' }), ['pnpm update tar']);
  assert.deepEqual(commandsOf({ ...tar, lockFile: 'app/yarn.lock' }), ['yarn up -R tar', 'yarn upgrade tar']);
  assert.deepEqual(commandsOf({ ...tar, lockFile: 'app/bun.lock' }), ['bun update tar']);
  assert.deepEqual(commandsOf({ ...tar, name: '@babel/traverse', lockFile: 'app/package-lock.json' }), ['npm install @babel/traverse@6.1.2']);
  for (const lockFile of ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock']) {
    assert.match(wordsOf({ ...tar, lockFile: `app/${lockFile}` }), /"tar": "\^6\.1\.2"/);
    assert.match(wordsOf({ ...tar, lockFile: `app/${lockFile}` }), new RegExp(`The lock file /app/${lockFile.replace('.', '\\.')} names it`));
  }
});

test('an installed copy beside a lock file is npm’s', () => {
  assert.deepEqual(commandsOf({ ...tar, path: 'app/node_modules/tar/package.json' }), ['npm install tar@6.1.2']);
  assert.deepEqual(commandsOf({ ...tar, path: 'usr/lib/node_modules/@acme/cli/node_modules/tar/package.json' }), ['npm install -g @acme/cli@latest']);
});
