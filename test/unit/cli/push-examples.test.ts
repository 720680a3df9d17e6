import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { parseDocument } from 'yaml';
import { lint } from '../../../src/cli/commands/lint.ts';
import { push } from '../../../src/cli/commands/push.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const readExample = (file: string): string => readFileSync(path.join(root, 'docs', file), 'utf8');

/** Every option of a `plimsoll …` command line has to be one that the command's help names; returns how many lines there were. */
function checkCommands(script: string): number {
  const lines = Array.from(script.matchAll(/plimsoll (lint|push) ([^|\n'#]*)/g));
  for (const [, name, rest = ''] of lines)
    for (const [option] of rest.matchAll(/--[a-z-]+/g)) assert.ok((name === 'lint' ? lint : push).help.includes(option), `${name ?? ''} ${option}`);
  return lines.length;
}

test('the pipelines parse, and lint before they push', () => {
  for (const file of ['ci/push-github-actions.yml', 'ci/push-gitlab-ci.yml', 'ci/Jenkinsfile']) {
    const text = readExample(file);
    if (file.endsWith('.yml')) {
      const document = parseDocument(text, { strict: true, uniqueKeys: true });
      assert.deepEqual([...document.errors, ...document.warnings], [], file);
    }
    assert.ok(checkCommands(text) >= 2, file);
    assert.ok(text.indexOf('plimsoll lint') < text.indexOf('plimsoll push'), file);
    assert.ok(text.includes('--password-stdin') && !/--password[ =]/.test(text), `${file}: a password on a command line is seen by everybody`);
    assert.ok(text.includes('evidence/evidence.jsonl'), file);
  }
});

test('every command line of the page is one that is there', () => {
  assert.ok(checkCommands(readExample('push.md')) >= 3);
});

test(
  'the git hook keeps a push back that lint or the check keeps back',
  { skip: process.platform === 'win32' ? 'git runs hooks by a shell of its own there' : false },
  (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-hook-'));
    t.after(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const calls = path.join(folder, 'calls');
    for (const name of ['plimsoll', 'docker']) {
      writeFileSync(path.join(folder, name), `#!/bin/sh\necho "${name} $*" >> '${calls}'\n[ "$*" != "$REFUSE" ]\n`);
      chmodSync(path.join(folder, name), 0o755);
    }
    const run = (image: string, refuse = ''): { code: number | null; lines: readonly string[] } => {
      writeFileSync(calls, '');
      const env = {
        ...process.env,
        PATH: `${folder}:${process.env.PATH ?? ''}`,
        REFUSE: refuse,
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'plimsoll.image',
        GIT_CONFIG_VALUE_0: image,
      };
      const { status } = spawnSync('sh', [path.join(root, 'docs', 'examples', 'pre-push')], { cwd: folder, env, encoding: 'utf8' });
      return { code: status, lines: readFileSync(calls, 'utf8').trimEnd().split('\n') };
    };
    assert.deepEqual(run(''), { code: 0, lines: ['plimsoll lint . --severity medium'] });
    const all = ['plimsoll lint . --severity medium', 'docker build --tag a/b:1 .', 'plimsoll policy check a/b:1'];
    assert.deepEqual(run('a/b:1'), { code: 0, lines: all });
    assert.deepEqual(run('a/b:1', 'lint . --severity medium'), { code: 1, lines: all.slice(0, 1) });
    assert.deepEqual(run('a/b:1', 'policy check a/b:1'), { code: 1, lines: all });
  },
);
