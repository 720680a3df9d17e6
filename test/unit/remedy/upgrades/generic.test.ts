import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const node = { type: 'generic', name: 'node', version: '18.19.0', fixed: '18.20.4', path: 'usr/local/bin/node' } as const;

test('where a program lies, and that the image or the download has to be newer', () => {
  assert.deepEqual(commandsOf(node), []);
  assert.match(wordsOf(node), /installed node, which lies at \/usr\/local\/bin\/node: take a base image that has 18\.20\.4/);
  assert.doesNotMatch(wordsOf({ ...node, path: 'opt/a b; reboot/node' }), /lies at|reboot/);
  assert.match(
    wordsOf({ ...node, name: 'Microsoft Visual C++ 2019 X64 Redistributable' }),
    /installed Microsoft Visual C\+\+ 2019 X64 Redistributable/,
  );
});

test('programs with an updater of their own', () => {
  assert.deepEqual(commandsOf({ ...node, name: 'wordpress', fixed: '6.5.5' }), ['wp core update --version=6.5.5']);
  assert.deepEqual(commandsOf({ ...node, name: 'wordpress-theme/astra', fixed: '4.6.9' }), ['wp theme update astra --version=4.6.9']);
  assert.deepEqual(commandsOf({ ...node, name: 'git.install', fixed: '2.45.2', path: 'ProgramData/chocolatey/lib/git.install/git.install.nuspec' }), [
    'choco upgrade git.install --version=2.45.2 -y',
  ]);
  for (const name of ['wordpress-theme/-x', 'wordpress-theme/a b', 'wordpress-theme/']) assert.deepEqual(commandsOf({ ...node, name }), []);
});
