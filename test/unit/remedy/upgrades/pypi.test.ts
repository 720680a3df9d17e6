import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const jinja = { type: 'pypi', name: 'Jinja2', version: '3.1.2', fixed: '3.1.4' } as const;

test('pip for what is installed, and for requirements files', () => {
  const pip = ["pip install --no-cache-dir --upgrade 'Jinja2>=3.1.4'"];
  assert.deepEqual(commandsOf({ ...jinja, path: 'usr/local/lib/python3.12/site-packages/Jinja2-3.1.2.dist-info/METADATA' }), pip);
  assert.deepEqual(commandsOf({ ...jinja, lockFile: 'app/requirements.txt' }), pip);
});

test('what the lock file’s own tool does', () => {
  assert.deepEqual(commandsOf({ ...jinja, lockFile: 'app/poetry.lock' }), ['poetry update Jinja2']);
  assert.deepEqual(commandsOf({ ...jinja, lockFile: 'app/pdm.lock' }), ['pdm update Jinja2']);
  assert.deepEqual(commandsOf({ ...jinja, lockFile: 'app/Pipfile.lock' }), ['pipenv update Jinja2']);
  assert.deepEqual(commandsOf({ ...jinja, lockFile: 'app/uv.lock' }), ['uv lock --upgrade-package Jinja2==3.1.4']);
  assert.deepEqual(commandsOf({ ...jinja, lockFile: 'app/pylock.dev.toml' }), []);
  assert.match(wordsOf({ ...jinja, lockFile: 'app/pylock.toml' }), /Jinja2 >= 3\.1\.4 .* anew\. The lock file \/app\/pylock\.toml names it/);
});
