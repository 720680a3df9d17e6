import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { findFiles, type LintTarget } from '../../../src/cli/lint/find-files.ts';
import { lintFormats, renderLint } from '../../../src/evidence/lint-report/render.ts';
import { lintFiles } from '../../../src/cli/lint/lint-files.ts';
import { findOnPath } from '../../support/processes.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const signal = new AbortController().signal;
const risky = 'FROM debian:12.5\nRUN curl -k https://example.com/a -o /a\nUSER 1000\n';
const clean = 'FROM scratch\nUSER 1000\n';
const needsPipes = { skip: findOnPath('mkfifo') === undefined ? 'there is no mkfifo here' : false };

interface LintJson {
  readonly files: readonly {
    readonly path: string;
    readonly diagnostics: readonly object[];
    readonly problems: readonly { readonly message: string }[];
  }[];
}

function makeFiles(root: string, count: number): void {
  for (let i = 0; i < count; i++) {
    mkdirSync(path.join(root, `d${i % 10}`), { recursive: true });
    writeFileSync(path.join(root, `d${i % 10}`, `Dockerfile.${i}`), `${i % 3 === 0 ? clean : risky}# ${i}\n`);
  }
}

test('the result is the same, byte for byte, whatever the number of threads', async (t) => {
  const root = temporaryDirectory(t);
  makeFiles(root, 70);
  writeFileSync(path.join(root, '.plimsoll.yaml'), 'rules:\n  PL1003: off\n  nope: off\n');
  const targets = await findFiles([root], { heedIgnores: true, signal });
  const [alone, together] = [
    await lintFiles(targets, { signal, threads: 1, keepText: true }),
    await lintFiles(targets, { signal, threads: 3, keepText: true }),
  ];
  assert.ok(alone.some(({ diagnostics }) => diagnostics.length > 0));
  for (const format of lintFormats) {
    assert.equal(renderLint(format, together, { toolVersion: '1.0.0' }), renderLint(format, alone, { toolVersion: '1.0.0' }), format);
  }
  const { code, stdout } = await runCli(['lint', '--format', 'json', '--jobs', '2', root]);
  assert.equal(code, 3, 'a mistake in the configuration');
  assert.equal(stdout, renderLint('json', alone, { toolVersion: '1.0.0' }));
});

test('a file that ends its thread loses only its own result', async (t) => {
  const root = temporaryDirectory(t);
  const worker = path.join(root, 'worker.mjs');
  const url = (file: string): string => JSON.stringify(pathToFileURL(path.join(import.meta.dirname, '../../../src', file)).href);
  writeFileSync(
    worker,
    `import { serveWorkerPool } from ${url('foundation/io/worker-pool.ts')};
import { lintFile } from ${url('cli/lint/lint-file.ts')};
serveWorkerPool(async ({ targets, options }) => {
  const results = [];
  for (const target of targets) {
    if (target.path.endsWith('.13')) process.exit(1);
    if (target.path.endsWith('.31')) { setTimeout(() => { throw new RangeError('out of luck'); }, 0); await new Promise(() => {}); }
    results.push(await lintFile(target, options));
  }
  return results;
});
`,
  );
  makeFiles(root, 50);
  const targets = await findFiles([root], { heedIgnores: true, signal });
  const alone = await lintFiles(targets, { signal, threads: 1 });
  const together = await lintFiles(targets, { signal, threads: 2, workerEntry: worker });
  assert.equal(together.length, 50);
  for (const [i, file] of together.entries()) {
    assert.equal(file.path, alone[i]?.path);
    if (/\.(?:13|31)$/.test(file.path)) assert.match(file.problems[0]?.message ?? '', /^could not be linted: /);
    else assert.deepEqual(file, alone[i]);
  }
});

test('a file that goes away before it is linted is a problem, the others are linted', async (t) => {
  const root = temporaryDirectory(t);
  makeFiles(root, 40);
  const targets = await findFiles([root], { heedIgnores: true, signal });
  rmSync(targets[7]?.path ?? '');
  for (const threads of [1, 2]) {
    const files = await lintFiles(targets, { signal, threads });
    assert.deepEqual(
      files.flatMap(({ problems }, i) => (problems.length > 0 ? [i] : [])),
      [7],
    );
    assert.match(files[7]?.problems[0]?.message ?? '', /^cannot be read: ENOENT/);
  }
});

test('10,000 files are linted, and an empty tree is told of', async (t) => {
  const root = temporaryDirectory(t);
  for (let i = 0; i < 100; i++) {
    mkdirSync(path.join(root, `d${i}`));
    for (let j = 0; j < 100; j++) writeFileSync(path.join(root, `d${i}`, j === 50 ? 'Dockerfile' : `file${j}`), clean);
  }
  const { code, stdout } = await runCli(['lint', root]);
  assert.deepEqual([code, stdout], [0, 'Nothing found in 100 files\n']);
  makeFiles(root, 0);
  const empty = path.join(root, 'empty');
  mkdirSync(empty);
  const loud = await runCli(['lint', empty]);
  assert.deepEqual([loud.code, loud.stdout], [0, 'Nothing found in 0 files\n']);
  assert.match(loud.stderr, /no Dockerfile was found below .*empty/);
  assert.deepEqual(await runCli(['lint', '--quiet', empty]), { ...loud, stderr: '' });
});

test('a pipe in a tree is no file; one that is named is read', needsPipes, async (t) => {
  const root = temporaryDirectory(t);
  const pipe = path.join(root, 'Dockerfile');
  execFileSync('mkfifo', [pipe, path.join(root, '.gitignore'), path.join(root, '.dockerignore'), path.join(root, '.plimsoll.yaml')]);
  writeFileSync(path.join(root, 'web.dockerfile'), clean);
  const { code, stdout } = await runCli(['lint', '--format', 'json', root]);
  assert.equal((JSON.parse(stdout) as LintJson).files.length, 1);
  assert.ok(code === 0 || code === 3);
  const script = '"$0" "$1" lint --format json <(printf "FROM debian:latest\\n")';
  if (findOnPath('bash') !== undefined) {
    const main = path.join(import.meta.dirname, '../../../src/cli/main.ts');
    assert.throws(() => execFileSync('bash', ['-c', script, process.execPath, main], { stdio: 'pipe' }), { status: 1 });
  }
});

test('- is standard input, under a name when it is given one', async (t) => {
  const root = temporaryDirectory(t);
  mkdirSync(path.join(root, 'app'));
  writeFileSync(path.join(root, 'app', '.plimsoll.yaml'), 'rules:\n  PL4001: off\n');
  const rulesOf = async (...args: readonly string[]): Promise<readonly [path: string | undefined, reported: boolean]> => {
    const { stdout } = await runCli(['lint', '--format', 'json', ...args], { input: risky, cwd: root });
    const [file] = (JSON.parse(stdout) as LintJson).files;
    return [file?.path, JSON.stringify(file?.diagnostics).includes('PL4001')];
  };
  assert.deepEqual(await rulesOf('-'), ['-', true]);
  assert.deepEqual(await rulesOf('-', '--stdin-filename', 'app/Dockerfile'), ['app/Dockerfile', false]);
  assert.equal((await runCli(['lint', 'Dockerfile', '--stdin-filename', 'x'])).code, 2);
  assert.equal((await runCli(['lint', '--jobs', '0', root])).code, 2);
});

test('--fix leaves alone what it could not write back whole', async (t) => {
  const root = temporaryDirectory(t);
  const file = path.join(root, 'Dockerfile');
  const latin = Buffer.concat([Buffer.from(`${risky}# gr`), Buffer.from([0xfc]), Buffer.from('n\n')]);
  writeFileSync(file, latin);
  const { code, stderr } = await runCli(['lint', '--fix', file]);
  assert.equal(code, 3);
  assert.match(stderr, /not fixed: it is no UTF-8 text/);
  assert.deepEqual(readFileSync(file), latin);
  const piped = await runCli(['lint', '--fix', '-'], { input: 'FROM scratch\n', cwd: root });
  assert.equal(piped.stdout, 'FROM scratch\n');
});

test('file names are text: neither a terminal nor a log obeys them', { skip: process.platform === 'win32' }, async (t) => {
  const root = temporaryDirectory(t);
  writeFileSync(path.join(root, '\u001b[2J\n::error::x.dockerfile'), risky);
  symlinkSync(root, path.join(root, 'Dockerfile'));
  for (const format of ['table', 'github']) {
    const { stdout } = await runCli(['lint', '--format', format, root]);
    assert.doesNotMatch(stdout, /\u001b/);
    assert.doesNotMatch(stdout, /^::error::x/m);
  }
  const missing: LintTarget = { path: '\u001b[2Jnone', named: true };
  const { stderr } = await runCli(['lint', missing.path], { cwd: root });
  assert.doesNotMatch(stderr, /\u001b/);
});
