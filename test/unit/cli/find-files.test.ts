import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findFiles, type LintTarget } from '../../../src/cli/lint/find-files.ts';
import { MAX_LINT_DEPTH } from '../../../src/foundation/base/limits.ts';
import { findOnPath } from '../../support/processes.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const signal = new AbortController().signal;
const needsGit = { skip: findOnPath('git') === undefined ? 'git is not installed' : false };

/** Makes files by path, with their text; a path that ends in a slash is a folder. */
function makeTree(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(root, file);
    mkdirSync(file.endsWith('/') ? target : path.dirname(target), { recursive: true });
    if (!file.endsWith('/')) writeFileSync(target, text);
  }
}

async function find(root: string, targets: readonly string[] = ['.'], heedIgnores = true): Promise<readonly LintTarget[]> {
  return (
    await findFiles(
      targets.map((target) => path.join(root, target)),
      { heedIgnores, signal },
    )
  ).map((target) => ({
    ...target,
    path: path.relative(root, target.path).replaceAll(path.sep, '/'),
  }));
}

async function findPaths(...args: Parameters<typeof find>): Promise<readonly string[]> {
  return (await find(...args)).map((target) => target.path);
}

test('Dockerfiles are known by their names, in the order of names', async (t) => {
  const root = temporaryDirectory(t);
  const dockerfiles = [
    'a/Dockerfile',
    'a/z/Containerfile.dev',
    'b/web.Dockerfile',
    'b/web.dockerfile',
    'c/Containerfile',
    'd/Dockerfile-windows',
    'd/Dockerfile.prod',
    'd/app.containerfile',
    'e/dockerfile',
  ];
  const others = [
    'Dockerfile.dockerignore',
    'Dockerfile.md',
    'Dockerfile.j2',
    'Dockerfile.template',
    'Dockerfile.orig',
    'Dockerfile~',
    'Dockerfiles',
    'MyDockerfile',
    'dockerfile_test.go',
    'main.go',
    '.git/Dockerfile',
    '.hg/Dockerfile',
  ];
  makeTree(root, Object.fromEntries([...others, ...dockerfiles].map((file) => [file, ''])));
  assert.deepEqual(await findPaths(root), dockerfiles);
});

test('a compose file is taken when it has a Dockerfile written into it', async (t) => {
  const root = temporaryDirectory(t);
  makeTree(root, {
    'a/compose.yaml': 'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM debian:latest\n',
    'b/docker-compose.yml': 'services: {}\n',
  });
  assert.deepEqual(await findPaths(root), ['a/compose.yaml']);
});

test('nested .gitignore files are heeded, and --no-ignore switches them and node_modules off', async (t) => {
  const root = temporaryDirectory(t);
  makeTree(root, {
    '.gitignore': 'build/\n*.dockerfile\n/only-here\n',
    Dockerfile: '',
    'build/Dockerfile': '',
    'web.dockerfile': '',
    'only-here/Dockerfile': '',
    'sub/only-here/Dockerfile': '',
    'sub/.gitignore': '!kept.dockerfile\nDockerfile\n',
    'sub/kept.dockerfile': '',
    'sub/other.dockerfile': '',
    'sub/Dockerfile': '',
    'node_modules/pkg/Dockerfile': '',
  });
  assert.deepEqual(await findPaths(root), ['Dockerfile', 'sub/kept.dockerfile']);
  assert.equal((await findPaths(root, ['.'], false)).length, 9);
  // What is named is linted, whatever its name.
  assert.deepEqual(await findPaths(root, ['sub/Dockerfile', 'node_modules', 'build']), [
    'sub/Dockerfile',
    'node_modules/pkg/Dockerfile',
    'build/Dockerfile',
  ]);
});

test('within a repository its root counts, .git/info/exclude too; a repository within starts anew', needsGit, async (t) => {
  const root = temporaryDirectory(t);
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { stdio: 'pipe' });
  };
  git('init', '--quiet');
  makeTree(root, {
    '.gitignore': 'out\n/a/b/deep\n',
    '.git/info/exclude': 'secret\n',
    'a/b/Dockerfile': '',
    'a/b/out/Dockerfile': '',
    'a/b/deep/Dockerfile': '',
    'a/b/secret/Dockerfile': '',
    'a/b/inner/.git/HEAD': 'ref: refs/heads/main\n',
    'a/b/inner/out/Dockerfile': '',
  });
  assert.deepEqual(await findPaths(root, ['a/b']), ['a/b/Dockerfile', 'a/b/inner/out/Dockerfile']);
  git('commit', '--quiet', '--allow-empty', '-m', 'x');
  git('worktree', 'add', '--quiet', 'tree');
  makeTree(root, { 'tree/secret/Dockerfile': '', 'tree/Dockerfile': '' });
  assert.deepEqual(await findPaths(root, ['tree']), ['tree/Dockerfile']);
});

test('links: cycles end, what they lead to is linted once, and nothing outside of the folder is', async (t) => {
  const root = temporaryDirectory(t);
  makeTree(root, { 'outside/secrets.txt': 'x', 'outside/Dockerfile': '', 'in/Dockerfile': '', 'in/other.txt': '' });
  for (const [target, link] of [
    ['.', 'in/loop'],
    ['Dockerfile', 'in/Dockerfile.same'],
    ['other.txt', 'in/Dockerfile.other'],
    ['other.txt', 'in/Dockerfile.other2'],
    ['../outside/secrets.txt', 'in/Dockerfile.out'],
    ['../outside', 'in/outside'],
    ['nowhere', 'in/Dockerfile.dangling'],
    ['Dockerfile.loop', 'in/Dockerfile.loop'],
  ] as const) {
    symlinkSync(target, path.join(root, link));
  }
  assert.deepEqual(await findPaths(root, ['in']), ['in/Dockerfile', 'in/Dockerfile.other']);
  assert.deepEqual(await findPaths(root, ['in/Dockerfile.out', 'in/outside']), ['in/Dockerfile.out', 'in/outside/Dockerfile']);
});

test('what is named twice is linted once', async (t) => {
  const root = temporaryDirectory(t);
  makeTree(root, { 'a/Dockerfile': '' });
  assert.deepEqual(await findPaths(root, ['a/Dockerfile', 'a', '.', 'a/../a/Dockerfile']), ['a/Dockerfile']);
});

test('a folder that cannot be read, and one nested too deep, are problems; the rest is found', async (t) => {
  const root = temporaryDirectory(t);
  makeTree(root, { 'a/Dockerfile': '', 'locked/Dockerfile': '', [`${'d/'.repeat(MAX_LINT_DEPTH + 2)}Dockerfile`]: '', 'z/Dockerfile': '' });
  chmodSync(path.join(root, 'locked'), 0);
  const found = await find(root);
  chmodSync(path.join(root, 'locked'), 0o755);
  const problems = found.flatMap(({ problem }) => (problem === undefined ? [] : [problem.code]));
  assert.ok(found.some((target) => target.path === 'z/Dockerfile' && target.problem === undefined));
  // Root may read every folder.
  assert.deepEqual(problems, process.getuid?.() === 0 || process.platform === 'win32' ? ['limit-exceeded'] : ['limit-exceeded', 'unreadable-file']);
});

test(
  'names that are no UTF-8 are opened as they are',
  { skip: process.platform === 'linux' ? false : 'file systems elsewhere know only Unicode names' },
  async (t) => {
    const root = temporaryDirectory(t);
    const folder = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe])]);
    mkdirSync(folder);
    const file = Buffer.concat([folder, Buffer.from('/'), Buffer.from([0xff]), Buffer.from('.dockerfile')]);
    writeFileSync(file, '');
    const [target, ...more] = await find(root);
    assert.equal(more.length, 0);
    assert.equal(target?.path, '\ufffd/\ufffd.dockerfile');
    assert.deepEqual(Buffer.from(target.rawPath ?? []), file);
    rmSync(folder, { recursive: true });
  },
);

test('a walk can be cancelled', async (t) => {
  await assert.rejects(findFiles([temporaryDirectory(t)], { heedIgnores: true, signal: AbortSignal.abort() }), { name: 'AbortError' });
});
