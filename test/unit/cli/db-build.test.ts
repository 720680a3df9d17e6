import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { runCli } from '../../support/run-cli.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

async function feeds(t: TestContext, text: string): Promise<string> {
  const root = temporaryDirectory(t);
  await mkdir(path.join(root, 'v3.20'));
  await writeFile(path.join(root, 'v3.20', 'main.json'), text);
  return root;
}

const good = '{"distroversion":"v3.20","packages":[{"pkg":{"name":"busybox","secfixes":{"1-r0":["CVE-2024-0001"]}}}]}';

test('db build writes a database, says what is in it, and db status reads it', async (t) => {
  const output = path.join(temporaryDirectory(t), 'own.db');
  const table = await runCli(['db', 'build', '--from', await feeds(t, good), '-o', output]);
  assert.deepEqual([table.code, table.stderr], [0, '']);
  assert.match(table.stdout, /^alpine-secdb {2}1 files {2}1 {2}alpine 3\.20$/m);
  assert.match(table.stdout, /^advisories {2}1 in 1 platforms and languages/m);
  const status = await runCli(['db', 'status', '--advisories', output, '--format', 'json']);
  assert.equal((JSON.parse(status.stdout) as { source: string }).source, 'own build of 1 feed');
});

test('with --format json it is one object; problems make the exit code 3, and the database is there all the same', async (t) => {
  const output = path.join(temporaryDirectory(t), 'own.db');
  const { code, stdout, stderr } = await runCli([
    'db',
    'build',
    '--from',
    await feeds(t, good.replace('"pkg":', '"x":1},{"pkg":')),
    '-o',
    output,
    '--format',
    'json',
  ]);
  const built = JSON.parse(stdout) as { schemaVersion: number; advisories: number; problemCount: number };
  assert.deepEqual([code, built.schemaVersion, built.advisories, built.problemCount], [3, 1, 1, 1]);
  assert.match(stderr, /v3\.20\/main\.json: a package without a name/);
  assert.deepEqual(await readdir(path.dirname(output)), ['own.db']);
});

test('a command line that makes no sense is told what to write', async () => {
  const { code, stderr } = await runCli(['db', 'build', '-o', 'x.db']);
  assert.deepEqual([code, /name what to build from: --from DIR/.test(stderr)], [2, true]);
  assert.equal((await runCli(['db', 'build', '--from', '.'])).code, 2);
  assert.match((await runCli(['db', 'build', '--feed', 'nosuch=x', '-o', 'x.db'])).stderr, /there is no feed 'nosuch'; feeds are almalinux-oval, /);
});

test('a folder that is not there, and one with nothing in it, are failures', async (t) => {
  const directory = temporaryDirectory(t);
  const missing = await runCli(['db', 'build', '--from', path.join(directory, 'nosuch'), '-o', path.join(directory, 'x.db')]);
  assert.deepEqual([missing.code, /does not exist/.test(missing.stderr)], [3, true]);
  const empty = await runCli(['db', 'build', '--from', directory, '-o', path.join(directory, 'x.db')]);
  assert.deepEqual([empty.code, /nothing to build a database from/.test(empty.stderr)], [3, true]);
  assert.deepEqual(await readdir(directory), []);
});
