import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

const openssl = { type: 'conda', name: 'openssl', version: '3.0.1', fixed: '3.0.8' } as const;

test('into the environment that has it', () => {
  assert.deepEqual(commandsOf({ ...openssl, path: 'opt/conda/conda-meta/openssl-3.0.1-h1.json' }), ["conda install -y 'openssl>=3.0.8'"]);
  assert.deepEqual(commandsOf({ ...openssl, path: 'opt/conda/envs/web/conda-meta/openssl-3.0.1-h1.json' }), [
    "conda install -y -n web 'openssl>=3.0.8'",
  ]);
});

test('a hostile environment reaches no command', () => {
  for (const environment of ['$(reboot)', '-p', 'a b', "a'b", 'a\nb']) {
    assert.deepEqual(commandsOf({ ...openssl, path: `opt/conda/envs/${environment}/conda-meta/x.json` }), ["conda install -y 'openssl>=3.0.8'"]);
  }
});
