import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const json = { type: 'nuget', name: 'Newtonsoft.Json', version: '12.0.3', fixed: '13.0.1', path: 'app/web.deps.json' } as const;

test('a reference in the project', () => {
  assert.deepEqual(commandsOf(json), ['dotnet add package Newtonsoft.Json --version 13.0.1']);
  assert.deepEqual(commandsOf({ ...json, lockFile: 'app/packages.config' }), ['nuget update packages.config -Id Newtonsoft.Json -Version 13.0.1']);
  assert.match(wordsOf({ ...json, lockFile: 'app/packages.lock.json' }), /The lock file \/app\/packages\.lock\.json names it[^]*--force-evaluate/);
});

test('the runtime comes with its image', () => {
  for (const name of ['Microsoft.NETCore.App', 'Microsoft.AspNetCore.App.Runtime.linux-x64']) {
    assert.deepEqual(commandsOf({ ...json, name, fixed: '8.0.8' }), []);
    assert.match(wordsOf({ ...json, name, fixed: '8.0.8' }), /take an image of the runtime that has 8\.0\.8/);
  }
  const shared = 'usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json';
  assert.deepEqual(commandsOf({ ...json, name: 'System.Text.Json', path: shared }), []);
});
