import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseDocument } from 'yaml';
import { lint } from '../../../src/cli/commands/lint.ts';
import { scan } from '../../../src/cli/commands/scan.ts';
import { buildFileKindOf } from '../../../src/engine/build-files.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

function readYaml(file: string): unknown {
  const document = parseDocument(readFileSync(path.join(root, file), 'utf8'), { strict: true, uniqueKeys: true });
  assert.deepEqual([...document.errors, ...document.warnings], [], file);
  return document.toJS();
}

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly 'runs-on': string; readonly permissions: object; readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }
    >
  >;
}

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly exclude: string;
}

/** Every option of a `plimsoll …` command line has to be one that the command's help names. */
function checkCommands(script: string): void {
  for (const [, name, rest = ''] of script.matchAll(/plimsoll (lint|scan) ([^|\n]*)/g)) {
    const { help } = name === 'lint' ? lint : scan;
    for (const [option] of rest.matchAll(/--[a-z-]+/g)) assert.ok(help.includes(option), `${name ?? ''} ${option}`);
    const format = /--format (\S+)/.exec(rest)?.[1];
    if (format !== undefined) assert.match(help, new RegExp(`--format FORMAT[^\\n]*\\b${format}\\b`));
  }
}

test('the GitHub workflow parses, asks for no more rights than it names, and calls commands that are there', () => {
  const { jobs } = readYaml('docs/ci/github-actions.yml') as Workflow;
  assert.deepEqual(Object.keys(jobs), ['lint', 'annotate', 'scan']);
  for (const job of Object.values(jobs)) {
    assert.ok('permissions' in job);
    for (const step of job.steps) {
      assert.ok((step.run === undefined) !== (step.uses === undefined));
      if (step.uses !== undefined) assert.match(step.uses, /^[\w-]+\/[\w-]+(?:\/[\w-]+)?@v\d+$/);
      else checkCommands(step.run ?? '');
    }
  }
});

test('the GitLab pipeline parses, and hands over the report that it writes', () => {
  const pipeline = readYaml('docs/ci/gitlab-ci.yml') as Readonly<
    Record<string, { readonly script: readonly string[]; readonly artifacts: { readonly reports: { readonly codequality: string } } }>
  >;
  const job = pipeline['dockerfile-lint'];
  const script = job?.script.join('\n') ?? '';
  checkCommands(script);
  assert.ok(script.includes(`--output ${job?.artifacts.reports.codequality ?? '?'}`));
});

test('the pre-commit hook takes the files that `plimsoll lint DIR` takes', () => {
  const [hook, ...more] = readYaml('.pre-commit-hooks.yaml') as readonly Hook[];
  assert.ok(hook !== undefined && more.length === 0);
  assert.equal(hook.entry, 'plimsoll lint');
  // Python's inline flag is a flag here.
  const toPattern = (text: string): RegExp => new RegExp(text.replace('(?i)', ''), 'i');
  const [files, exclude] = [toPattern(hook.files), toPattern(hook.exclude)];
  for (const name of [
    'Dockerfile',
    'dockerfile',
    'Dockerfile.prod',
    'Dockerfile-x',
    'Dockerfile.',
    'web.dockerfile',
    'web.Containerfile',
    'Containerfile.dev',
    '.dockerfile',
    'Dockerfile.md',
    'Dockerfile.j2',
    'web.dockerfile.orig',
    'Dockerfile.dockerignore',
    'Dockerfiles',
    'MyDockerfile',
    'Dockerfile~',
    'main.go',
  ]) {
    for (const file of [name, `a/b c/${name}`]) {
      assert.equal(files.test(file) && !exclude.test(file), buildFileKindOf(file) === 'dockerfile', file);
    }
  }
});
