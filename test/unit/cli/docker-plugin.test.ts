import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { toScript } from '../../../src/cli/commands/install-docker-plugin.ts';
import { METADATA_WORD, PLUGIN_WORD, readPluginCommandLine, watchDocker } from '../../../src/cli/docker-plugin.ts';
import { runCli } from '../../support/run-cli.ts';

test("docker's own options become the variables that say the same", () => {
  const read = (...args: string[]): unknown => readPluginCommandLine(args);
  assert.deepEqual(read('plimsoll', 'push', 'x', '--as', 'plimsoll'), { args: ['push', 'x', '--as', 'plimsoll'], environment: {} });
  assert.deepEqual(read('--context', 'far', 'plimsoll', 'scan', '-q'), {
    args: ['scan', '-q'],
    environment: { DOCKER_CONTEXT: 'far', DOCKER_HOST: undefined },
  });
  for (const spelling of [['-H', 'tcp://h:1'], ['-Htcp://h:1'], ['-H=tcp://h:1'], ['--host', 'tcp://h:1'], ['--host=tcp://h:1']]) {
    assert.deepEqual(read(...spelling, 'plimsoll', 'push'), {
      args: ['push'],
      environment: { DOCKER_HOST: 'tcp://h:1', DOCKER_CONTEXT: undefined },
    });
  }
  assert.deepEqual(read('-D', '--log-level=debug', '--tlsverify', '--config', '/c', 'plimsoll'), {
    args: [],
    environment: { DOCKER_TLS_VERIFY: '1', DOCKER_CONFIG: '/c' },
  });
  assert.deepEqual(read('help', 'plimsoll', 'push'), { args: ['help', 'push'], environment: {} });
  assert.deepEqual(read(), { args: [], environment: {} });
});

test('an option that would be lost is refused', () => {
  assert.throws(() => readPluginCommandLine(['--tlscacert', 'ca.pem', 'plimsoll']), /DOCKER_CERT_PATH/);
  assert.throws(() => readPluginCommandLine(['--new', 'plimsoll']), /--new is not known/);
});

test('docker is told what the plugin is', async () => {
  const { stdout, code } = await runCli([PLUGIN_WORD, METADATA_WORD]);
  const { SchemaVersion, Vendor, Version, ShortDescription } = JSON.parse(stdout) as Record<string, string>;
  assert.equal(code, 0);
  assert.equal(SchemaVersion, '0.1.0');
  assert.match(Version ?? '', /^\d+\.\d+\.\d+/);
  assert.ok(Vendor !== undefined && ShortDescription !== undefined);
});

test('the script takes paths with quotes and dollars as they are', () => {
  const script = toScript("/opt/it's $HOME/node", '/a b/`id`/cli.cjs');
  assert.match(script, /^#!\/bin\/sh\n/);
  assert.ok(script.includes(String.raw`node='/opt/it'\''s $HOME/node'`));
  assert.ok(script.includes('\'/a b/`id`/cli.cjs\' docker-cli-plugin "$@"'));
});

test(
  'a docker that is told to stop ends its plugin; one that cannot be reached does not',
  { skip: process.platform === 'win32' ? 'docker uses other sockets there' : false },
  async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-plugin-'));
    t.after(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const socket = path.join(folder, 's');
    const server = createServer((connection) => connection.destroy());
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const ended = new Promise<void>((resolve) => {
      watchDocker(resolve, { DOCKER_CLI_PLUGIN_SOCKET: socket });
    });
    await ended;
    server.close();
    watchDocker(() => assert.fail('nobody was there'), { DOCKER_CLI_PLUGIN_SOCKET: path.join(folder, 'none') });
    watchDocker(() => assert.fail('nobody was named'), {});
  },
);

test('a push that makes no sense is refused before anything is looked at', async () => {
  const env = { DOCKER_HOST: 'unix:///nothing/here' };
  for (const args of [
    [],
    ['a', 'b'],
    ['a', '--as', 'a@sha256:00'],
    ['a', '--as', 'Not A Name'],
    ['a', '--reason', '  '],
    ['a', '--wait-for-scan', 'long'],
    ['a', '--wait-for-scan', '999999'],
    ['a', '--platform', 'x'],
    ['a', '--format', 'xml'],
  ]) {
    const { code, stderr } = await runCli(['push', ...args], { env });
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
  }
  assert.equal((await runCli(['push', 'a'], { env })).code, 3);
});

test('the evidence log is shown and verified', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-evidence-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const env = { PLIMSOLL_STATE_DIR: folder };
  const empty = await runCli(['evidence', 'show'], { env });
  assert.deepEqual([empty.code, empty.stdout.split('\n')[0]], [0, 'Nothing was pushed yet.']);
  appendFileSync(path.join(folder, 'evidence.jsonl'), '{"version":1}\n');
  const broken = await runCli(['evidence', 'verify', '--format', 'json'], { env });
  assert.equal(broken.code, 1);
  assert.deepEqual((JSON.parse(broken.stdout) as { faults: unknown }).faults, [{ line: 1, message: 'line 1 is not as it was written' }]);
  assert.match((await runCli(['evidence', 'verify'], { env })).stdout, /^BROKEN/);
  assert.equal((await runCli(['evidence', 'verify', '--file', path.join(folder, 'none')], { env })).code, 3);
  assert.equal((await runCli(['evidence'], { env })).code, 2);
  await runCli(['cache', 'clear'], { env: { ...env, PLIMSOLL_CACHE_DIR: folder } });
  assert.ok(readFileSync(path.join(folder, 'evidence.jsonl')).length > 0);
});
