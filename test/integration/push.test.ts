import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before, type TestContext } from 'node:test';
import { needs } from '../setup/needs.ts';
import { docker, dockerBuild, dockerRemove, dockerSave, startDockerEngine, type DockerEngine } from '../support/docker-engine.ts';
import { findOnPath, startProcess, tryCommand } from '../support/processes.ts';
import { startHarborServer } from '../support/harbor-server.ts';
import { startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { runCli, type CliResult } from '../support/run-cli.ts';
import { waitFor } from '../support/wait.ts';

/** `plimsoll push` with real engines and a real registry that lets one user in. The decision comes from policy files of the test's own. */

const options = needs('docker', 'registry');
/** A private key of nobody's: what `secrets: block` is about. Put together here, so that nobody takes this file for a leak. */
const LABEL = ['RSA', 'PRIVATE', 'KEY'].join(' ');
const KEY = `-----BEGIN ${LABEL}-----\n${'MIIEowIBAAKCAQEA'.repeat(20)}\n-----END ${LABEL}-----\n`;

let directory = '';
let engine: DockerEngine | undefined;
let registry: RegistryServer | undefined;
const made: string[] = [];

before(async () => {
  if (options.skip !== false) return;
  directory = mkdtempSync(path.join(tmpdir(), 'plimsoll-push-'));
  engine = await startDockerEngine();
  registry = await startRegistryServer();
  writeFileSync(path.join(directory, 'open.yaml'), 'policy:\n  severity: high\n');
  signIn(registry.password);
});

after(async () => {
  if (engine !== undefined) await dockerRemove(engine, made);
  await engine?.stop();
  await registry?.close();
  if (directory !== '') rmSync(directory, { recursive: true, force: true });
});

function parts(): { readonly engine: DockerEngine; readonly registry: RegistryServer } {
  if (engine === undefined || registry === undefined) throw new Error('it was started before');
  return { engine, registry };
}

function signIn(password: string, host = parts().registry.host): void {
  const auths = { [host]: { auth: Buffer.from(`ann:${password}`).toString('base64') } };
  mkdirSync(path.join(directory, 'docker'), { recursive: true });
  writeFileSync(path.join(directory, 'docker', 'config.json'), JSON.stringify({ auths }));
}

const environment = (host = parts().engine.host): Record<string, string> => ({
  DOCKER_HOST: host,
  DOCKER_CONFIG: path.join(directory, 'docker'),
  DOCKER_CONTEXT: '',
  DOCKER_AUTH_CONFIG: '',
  PLIMSOLL_STATE_DIR: path.join(directory, 'state'),
  PLIMSOLL_CACHE_DIR: path.join(directory, 'cache'),
  NO_COLOR: '1',
});

const push = (args: readonly string[], host?: string): Promise<CliResult> => runCli(['push', ...args], { cwd: directory, env: environment(host) });

interface Printed {
  readonly registryScan?: { readonly status: string; readonly onlyTheirs: readonly { readonly id: string }[] };
  readonly outcome: string;
  readonly digest?: string;
  readonly decision: {
    readonly decision: string;
    readonly blocking: readonly string[];
    readonly minimalFix: readonly { readonly package: string; readonly to: string }[];
  };
  readonly override?: { readonly reason: string; readonly by: string };
}
const printed = ({ stdout }: CliResult): Printed => JSON.parse(stdout) as Printed;

async function build(name: string, files: Readonly<Record<string, string>>, host = parts().registry.host): Promise<string> {
  const context = mkdtempSync(path.join(directory, 'context-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(context, file)), { recursive: true });
    writeFileSync(path.join(context, file), text);
  }
  writeFileSync(
    path.join(context, 'Dockerfile'),
    `FROM scratch\n${Object.keys(files)
      .map((file) => `COPY ${file} /${file}\n`)
      .join('')}`,
  );
  const reference = `${host}/${name}`;
  await dockerBuild(parts().engine, context, reference);
  made.push(reference);
  return reference;
}

async function digestThere(name: string, tag: string): Promise<string | null> {
  const { host, username, password } = parts().registry;
  const response = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      accept: 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json',
    },
  });
  return response.ok ? response.headers.get('docker-content-digest') : null;
}

test('an image that may leave is in the registry, under the digest that is told', options, async () => {
  const reference = await build('team/app:1', { 'a.txt': 'a'.repeat(5000), 'b.txt': 'b'.repeat(50_000) });
  const done = await push([reference, '--config', 'open.yaml', '--format', 'json']);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(done.stderr, '');
  assert.equal(printed(done).digest, await digestThere('team/app', '1'));

  const again = await push([reference, '--as', `${parts().registry.host}/team/other:2`, '--config', 'open.yaml']);
  made.push(`${parts().registry.host}/team/other:2`);
  assert.match(again.stdout, /^PUSHED {2}\S+\/team\/other:2\n {2}digest {4}sha256:/);
  assert.notEqual(await digestThere('team/other', '2'), null);

  const dry = await push([reference, '--as', `${parts().registry.host}/team/dry:1`, '--config', 'open.yaml', '--dry-run', '--format', 'json']);
  assert.deepEqual([dry.code, printed(dry).outcome, await digestThere('team/dry', '1')], [0, 'dry-run', null]);
});

test('a blocked image stays here; with a reason it goes, and the reason is kept', options, async () => {
  const reference = await build('team/secret:1', { 'id.pem': KEY });
  const blocked = await push([reference, '--config', 'open.yaml', '--format', 'json']);
  assert.equal(blocked.code, 1, blocked.stderr);
  assert.deepEqual(
    [printed(blocked).outcome, printed(blocked).decision.decision, await digestThere('team/secret', '1')],
    ['not-pushed', 'block', null],
  );

  assert.equal((await push([reference, '--config', 'open.yaml', '--reason', ' '])).code, 2);
  const forced = await push([reference, '--config', 'open.yaml', '--reason', 'the key is a test key', '--format', 'json']);
  assert.equal(forced.code, 0, forced.stderr);
  assert.equal(printed(forced).digest, await digestThere('team/secret', '1'));

  const shown = await runCli(['evidence', 'show', '--format', 'json'], { env: environment() });
  const { entries } = JSON.parse(shown.stdout) as {
    entries: { reference: string; outcome: string; reason?: string; blocking: string[]; digest?: string }[];
  };
  const kept = entries.filter((entry) => entry.reference === reference);
  assert.deepEqual(
    kept.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['not-pushed', undefined],
      ['started', 'the key is a test key'],
      ['pushed', 'the key is a test key'],
    ],
  );
  assert.deepEqual(kept[2]?.blocking, printed(blocked).decision.blocking);
  assert.equal(kept[2].digest, printed(forced).digest);
  assert.ok(!readFileSync(path.join(directory, 'state', 'evidence.jsonl'), 'utf8').includes('right:pass'));
});

test("what Harbor would block stays here with the smallest fix; mended, it goes, and Harbor's own scan is laid beside ours", options, async (t) => {
  const { registry: behind } = parts();
  const metadata = { prevent_vul: 'true', severity: 'high', auto_scan: 'true', reuse_sys_cve_allowlist: 'false' };
  const harbor = await startHarborServer({ users: { ann: behind.password }, projects: { team: { metadata } }, registry: behind.host });
  t.after(() => harbor.close());
  t.after(() => {
    signIn(behind.password);
  });
  signIn(behind.password, harbor.host);
  const place = 'app/node_modules/lodash/package.json';
  const withLodash = (version: string): Promise<string> =>
    build('team/lodash:1', { [place]: JSON.stringify({ name: 'lodash', version }) }, harbor.host);

  const vulnerable = await withLodash('4.17.4');
  const blocked = await push([vulnerable, '--format', 'json']);
  assert.equal(blocked.code, 1, blocked.stderr);
  const { outcome, decision } = printed(blocked);
  assert.deepEqual([outcome, decision.decision, await digestThere('team/lodash', '1')], ['not-pushed', 'block', null]);
  assert.ok(decision.blocking.includes('CVE-2019-10744'));
  const [fix] = decision.minimalFix;
  assert.equal(fix?.package, 'lodash');

  await withLodash(fix.to);
  harbor.state.scans.set('*', [
    { status: 'Running' },
    { status: 'Success', vulnerabilities: [{ id: 'CVE-2099-1', package: 'lodash', version: fix.to, severity: 'Low' }] },
  ]);
  const pushed = await push([vulnerable, '--wait-for-scan', '60', '--format', 'json']);
  assert.equal(pushed.code, 0, pushed.stderr);
  assert.equal(printed(pushed).digest, await digestThere('team/lodash', '1'));
  const { registryScan } = printed(pushed);
  assert.deepEqual([registryScan?.status, registryScan?.onlyTheirs.map(({ id }) => id)], ['done', ['CVE-2099-1']]);
  assert.match(
    (await push([vulnerable])).stdout,
    /The registry's own scan\n {2}Trivy of [\s\S]* {2}Only there \(1\)\n {4}CVE-2099-1 \(Low\) in lodash/,
  );
});

test('without a policy that is known nothing is pushed', options, async () => {
  const reference = await build('team/unknown:1', { 'a.txt': 'x' });
  const { code, stdout } = await push([reference]);
  assert.equal(code, 3);
  assert.match(stdout, /^NOT KNOWN[\s\S]*Nothing was pushed\. Write a policy of your own/);
  assert.equal(await digestThere('team/unknown', '1'), null);
});

test('an image that is not there, a wrong password and nobody signed in are told', options, async (t) => {
  const { host } = parts().registry;
  const missing = await push([`${host}/team/none:1`, '--config', 'open.yaml']);
  assert.equal(missing.code, 3);
  assert.match(missing.stderr, /no such image/i);

  const reference = await build('team/private:1', { 'a.txt': 'y' });
  t.after(() => {
    signIn(parts().registry.password);
  });
  signIn('wrong');
  const refused = await push([reference, '--config', 'open.yaml']);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, new RegExp(`unauthorized.*docker login ${host}`));
  writeFileSync(path.join(directory, 'docker', 'config.json'), '{}');
  assert.match((await push([reference, '--config', 'open.yaml'])).stderr, /no basic auth credentials.*docker login/);
  assert.equal(await digestThere('team/private', '1'), null);
});

test('Podman pushes as Docker does, and its errors are told as well', options, async (t) => {
  if (findOnPath('podman') === undefined) {
    t.skip('podman is not installed');
    return;
  }
  const host = await startPodman(t);
  const reference = await build('team/podman:1', { 'a.txt': 'podman' });
  const saved = path.join(directory, 'podman.tar');
  await dockerSave(parts().engine, [reference], saved);
  await docker({ ...parts().engine, host }, ['load', '--input', saved]);

  const done = await push([reference, '--config', 'open.yaml', '--format', 'json'], host);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(printed(done).digest, await digestThere('team/podman', '1'));

  const missing = await push([`${parts().registry.host}/team/none:1`, '--config', 'open.yaml'], host);
  assert.equal(missing.code, 3);
  assert.match(missing.stderr, /no such image/i);
  t.after(() => {
    signIn(parts().registry.password);
  });
  signIn('wrong');
  const refused = await push([reference, '--config', 'open.yaml'], host);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /unauthorized.*docker login/);
});

test('a registry that cuts the connection is no push', options, async (t) => {
  const host = await startBrokenRegistry(t, 'cut');
  const reference = await build('team/cut:1', { 'a.txt': 'cut' });
  const { code, stderr } = await push([reference, '--as', `${host}/team/cut:1`, '--config', 'open.yaml']);
  made.push(`${host}/team/cut:1`);
  assert.equal(code, 3);
  assert.match(stderr, /was not pushed by the engine/);
});

test('Ctrl-C ends a push that hangs, and the engine lets go of the registry', options, async (t) => {
  let waiting = 0;
  let left = 0;
  const host = await startBrokenRegistry(t, 'hang', {
    onUpload: () => (waiting += 1),
    onLeft: () => (left += 1),
  });
  const reference = await build('team/hang:1', { 'a.txt': 'hang'.repeat(1000) });
  made.push(`${host}/team/hang:1`);
  const main = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, 'push', reference, '--as', `${host}/team/hang:1`, '--config', 'open.yaml'], {
    cwd: directory,
    env: { ...process.env, ...environment() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await waitFor('the engine to send a layer', () => waiting > 0);
  child.kill('SIGINT');
  assert.equal(await ended, 3);
  assert.match(stderr, /cancelled/);
  await waitFor('the engine to let go of the registry', () => left > 0);
  const { stdout } = await runCli(['evidence', 'show', '--format', 'json'], { env: environment() });
  const { entries } = JSON.parse(stdout) as { entries: { outcome: string }[] };
  assert.equal(entries.at(-1)?.outcome, 'cancelled');
});

test('docker plimsoll push is plimsoll push', options, async () => {
  const env = environment();
  const installed = await runCli(['install-docker-plugin'], { env });
  assert.equal(installed.code, 0, installed.stderr);
  const reference = await build('team/plugin:1', { 'a.txt': 'plugin' });
  const listed = await docker(parts().engine, ['info', '--format', '{{json .ClientInfo.Plugins}}'], { env });
  assert.match(listed, /"Name":"plimsoll"/);
  assert.match(await docker(parts().engine, ['plimsoll', 'version'], { env }), /^\d+\.\d+\.\d+/);
  assert.match(await docker(parts().engine, ['help', 'plimsoll', 'push'], { env }), /usage: plimsoll push IMAGE/);

  const done = await docker(parts().engine, ['plimsoll', 'push', reference, '--config', path.join(directory, 'open.yaml'), '--format', 'json'], {
    env,
  });
  assert.equal((JSON.parse(done) as Printed).outcome, 'pushed');
  // A global option of docker's, and plimsoll's own exit code.
  const missing = await tryCommand('docker', ['--host', env.DOCKER_HOST ?? '', 'plimsoll', 'push', `${reference}0`], {
    env: { ...env, DOCKER_HOST: 'unix:///nothing' },
  });
  assert.equal(missing.exitCode, 3);
  assert.match(missing.stderr, /no such image/i);

  writeFileSync(path.join(directory, 'docker', 'cli-plugins', 'docker-other'), '#!/bin/sh\n');
  assert.equal((await runCli(['install-docker-plugin', '--uninstall'], { env })).code, 0);
  assert.notEqual((await tryCommand('docker', ['plimsoll', 'version'], { env })).exitCode, 0);
});

test("somebody else's docker-plimsoll is left alone", options, async () => {
  const env = { ...environment(), DOCKER_CONFIG: path.join(directory, 'elsewhere') };
  const file = path.join(directory, 'elsewhere', 'cli-plugins', 'docker-plimsoll');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\necho theirs\n');
  for (const args of [[], ['--uninstall']]) {
    const { code, stderr } = await runCli(['install-docker-plugin', ...args], { env });
    assert.equal(code, 3);
    assert.match(stderr, /is not plimsoll's/);
  }
  assert.match(readFileSync(file, 'utf8'), /theirs/);
});

async function startPodman(t: TestContext): Promise<string> {
  const home = mkdtempSync(path.join(directory, 'podman-'));
  const socket = path.join(home, 'podman.sock');
  const registries = path.join(home, 'registries.conf');
  writeFileSync(registries, `[[registry]]\nlocation = "${parts().registry.host}"\ninsecure = true\n`);
  const places = ['--root', path.join(home, 'root'), '--runroot', path.join(home, 'run'), '--storage-driver', 'vfs'];
  const podman = startProcess('podman', [...places, 'system', 'service', '--time', '0', `unix://${socket}`], {
    env: { CONTAINERS_REGISTRIES_CONF: registries },
  });
  t.after(() => podman.stop());
  await waitFor(
    'podman to answer',
    async () => (await tryCommand('docker', ['version'], { env: { DOCKER_HOST: `unix://${socket}`, DOCKER_CONTEXT: undefined } })).exitCode === 0,
    { explain: podman.output },
  );
  return `unix://${socket}`;
}

/** A registry that lets everybody in and then does not do its work. */
async function startBrokenRegistry(
  t: TestContext,
  how: 'cut' | 'hang',
  { onUpload, onLeft }: { readonly onUpload?: () => void; readonly onLeft?: () => void } = {},
): Promise<string> {
  const server = http.createServer((request, response) => {
    const { method = '', url = '' } = request;
    // Only on the engine: what kind of registry it is has been asked before.
    if (how === 'cut' && request.headers['user-agent']?.startsWith('docker/') === true) response.destroy();
    else if (method === 'HEAD') response.writeHead(404).end();
    else if (method === 'POST') response.writeHead(202, { location: `${url}upload`, 'docker-upload-uuid': 'upload', range: '0-0' }).end();
    else if (method === 'PATCH') {
      request.resume();
      request.once('close', () => onLeft?.());
      response.once('close', () => onLeft?.());
      onUpload?.();
    } else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
