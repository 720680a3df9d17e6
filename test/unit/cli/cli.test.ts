import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { runCli } from '../../support/run-cli.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-cli-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const risky = 'FROM debian:12.5\nRUN curl -k https://example.com/a -o /a\nUSER 1000\n';

interface LintJson {
  readonly schemaVersion: number;
  readonly files: readonly {
    readonly path: string;
    readonly diagnostics: readonly {
      readonly ruleId: string;
      readonly range: { readonly start: { readonly line: number; readonly character: number } };
      readonly fix?: string;
    }[];
    readonly problems: readonly unknown[];
  }[];
}

test('help and version end with 0, nothing to do and nonsense with 2', async () => {
  assert.equal((await runCli(['--help'])).code, 0);
  assert.match((await runCli(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
  for (const args of [
    [],
    ['sail'],
    ['scan'],
    ['scan', 'a', 'b'],
    ['scan', 'a', '--input', 'b'],
    ['lint', '--format', 'xml'],
    ['scan', '--nope'],
    ['policy'],
    ['policy', 'check'],
    ['db'],
    ['lsp'],
    ['help', 'sail'],
  ]) {
    const { code, stderr, stdout } = await runCli(args);
    assert.equal(code, 2, args.join(' '));
    assert.ok(stderr.length > 0 || stdout.length > 0);
    assert.doesNotMatch(stderr, /^\s+at /m, 'no stack trace');
  }
});

test('help is of a command and of its action, and a mistake says where to read it', async () => {
  assert.match((await runCli(['help', 'scan'])).stdout, /^usage: plimsoll scan /);
  for (const args of [
    ['help', 'policy', 'audit'],
    ['--help', 'policy', 'audit'],
    ['policy', 'audit', '--help'],
  ])
    assert.match((await runCli(args)).stdout, /^usage: plimsoll policy audit /, args.join(' '));
  assert.match((await runCli(['scan', '--nope'])).stderr, /'plimsoll scan --help' tells more\./);
});

test('lint --severity leaves out what is below, and its exit code goes by what is left', async () => {
  const text = 'FROM scratch\nCOPY app /app\nUSER 1000\nCMD ["/app"]\n';
  assert.equal((await runCli(['lint', '-'], { input: text, cwd: folder })).code, 1);
  const { code, stdout } = await runCli(['lint', '-', '--severity', 'medium', '--format', 'json'], { input: text, cwd: folder });
  assert.equal(code, 0);
  assert.deepEqual((JSON.parse(stdout) as LintJson).files[0]?.diagnostics, []);
  assert.equal((await runCli(['lint', '-', '--severity', 'high'], { input: risky, cwd: folder })).code, 1);
  assert.equal((await runCli(['lint', '-', '--severity', 'worst'], { input: text })).code, 2);
});

test('lint reads stdin and prints the contract’s JSON with 0-based places', async () => {
  const { code, stdout } = await runCli(['lint', '-', '--format', 'json'], { input: risky, cwd: folder });
  assert.equal(code, 1);
  const result = JSON.parse(stdout) as LintJson;
  assert.equal(result.schemaVersion, 1);
  assert.equal(result.files[0]?.path, '-');
  const insecure = result.files[0].diagnostics.find(({ range }) => range.start.line === 1);
  assert.deepEqual(insecure?.range.start, { line: 1, character: 9 });
});

test('lint walks a folder, passes over what is no Dockerfile, and ends with 0 when nothing is found', async () => {
  const tree = path.join(folder, 'tree');
  for (const [name, text] of [
    ['a/Dockerfile', risky],
    ['b/web.dockerfile', risky],
    ['c/Containerfile', risky],
    ['d/Dockerfile.prod', risky],
    ['node_modules/x/Dockerfile', risky],
    ['e/Dockerfile.dockerignore', risky],
  ] as const) {
    mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    writeFileSync(path.join(tree, name), text);
  }
  const { stdout } = await runCli(['lint', tree, '--format', 'json']);
  assert.deepEqual(
    (JSON.parse(stdout) as LintJson).files.map((file) => path.relative(tree, file.path).replaceAll('\\', '/')),
    ['a/Dockerfile', 'b/web.dockerfile', 'c/Containerfile', 'd/Dockerfile.prod'],
  );
  const clean = path.join(folder, 'Clean.dockerfile');
  writeFileSync(clean, 'FROM scratch\nUSER 1000\n');
  assert.equal((await runCli(['lint', clean])).code, 0);
});

test('a file that is not there is named, and the exit code is 3', async () => {
  const { code, stderr } = await runCli(['lint', path.join(folder, 'nowhere')]);
  assert.equal(code, 3);
  assert.match(stderr, /nowhere: cannot be read/);
});

test('--fix applies the safe fixes once: a second run changes nothing', async () => {
  const file = path.join(folder, 'Fix.dockerfile');
  writeFileSync(file, risky);
  await runCli(['lint', '--fix', file]);
  const once = readFileSync(file, 'utf8');
  await runCli(['lint', '--fix', file]);
  assert.equal(readFileSync(file, 'utf8'), once);
  const { stdout } = await runCli(['lint', '--fix', '-'], { input: risky, cwd: folder });
  assert.equal(stdout, once);
});

test('--config turns a rule off; a broken one is named with its line', async () => {
  const file = path.join(folder, 'Configured.dockerfile');
  writeFileSync(file, risky);
  const before = JSON.parse((await runCli(['lint', file, '--format', 'json'])).stdout) as LintJson;
  const rule = before.files[0]?.diagnostics[0]?.ruleId ?? '';
  const config = path.join(folder, 'off.yaml');
  writeFileSync(config, `rules:\n  ${rule}: off\n`);
  const after_ = JSON.parse((await runCli(['lint', file, '--format', 'json', '--config', config])).stdout) as LintJson;
  assert.ok(before.files[0]?.diagnostics.some(({ ruleId }) => ruleId === rule));
  assert.ok(!after_.files[0]?.diagnostics.some(({ ruleId }) => ruleId === rule));
  writeFileSync(config, 'rules:\n  nope: off\n');
  const broken = await runCli(['lint', file, '--config', config]);
  assert.equal(broken.code, 3);
  assert.match(broken.stderr, /off\.yaml:2(?::\d+)?: rules: there is no rule 'nope'/);
});

test('scan, sbom and policy of what is no image end with 3 and say what and where', async () => {
  const notAnImage = path.join(folder, 'notes.tar');
  writeFileSync(notAnImage, 'these are my notes\n'.repeat(100));
  for (const args of [
    ['scan', '--input', notAnImage],
    ['sbom', '--input', notAnImage],
    ['policy', 'check', '--input', notAnImage, '--as', 'localhost:1/a/b:c'],
    ['scan', '--input', path.join(folder, 'absent.tar')],
  ]) {
    const { code, stderr, stdout } = await runCli(args);
    assert.equal(code, 3, args.join(' '));
    assert.match(stderr, /notes\.tar|absent\.tar/);
    assert.equal(stdout, '');
    assert.doesNotMatch(stderr, /^\s+at /m, 'no stack trace');
  }
});

test('no engine: every address that was tried is named', async () => {
  const { code, stderr } = await runCli(['scan', 'app:latest'], { env: { DOCKER_HOST: `unix://${path.join(folder, 'no.sock')}` } });
  assert.equal(code, 3);
  assert.match(stderr, /no\.sock/);
});
