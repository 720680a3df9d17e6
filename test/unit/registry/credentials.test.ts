import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findCredential, type CredentialEnvironment } from '../../../src/registry/credentials.ts';

const basic = (username: string, password: string) => ({ kind: 'basic' as const, username, password });
const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

let folder: string;
let counter = 0;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-credentials-'));
});
after(() => rm(folder, { recursive: true, force: true }));

describe('entries of config.json', () => {
  for (const [name, key, registry] of [
    ['the host', 'r.example.com', 'r.example.com'],
    ['the host with a port', 'r.example.com:5000', 'r.example.com:5000'],
    ['an address of old', 'https://r.example.com/v1/', 'r.example.com'],
    ['plain http', 'http://127.0.0.1:5000', '127.0.0.1:5000'],
    ['Docker Hub', 'https://index.docker.io/v1/', 'docker.io'],
    ['Docker Hub by its name', 'docker.io', 'docker.io'],
  ] as const) {
    test(name, async () => {
      assert.deepEqual(await find(registry, { auths: { [key]: auth('ann:pa:ss\0\0') } }), basic('ann', 'pa:ss'));
    });
  }
  test('another port, another host, an empty entry, nothing', async () => {
    assert.equal(await find('r.example.com:5001', { auths: { 'r.example.com:5000': auth('a:b'), 'r.example.com': auth('a:b') } }), undefined);
    assert.equal(await find('example.com', { auths: { 'r.example.com': auth('a:b') } }), undefined);
    assert.equal(await find('r.example.com', { auths: { 'r.example.com': {} } }), undefined);
    assert.equal(await find('__proto__', { auths: {} }), undefined);
    assert.equal(await find('constructor', {}), undefined);
    assert.equal(await find('r.example.com', undefined), undefined);
  });
  test('tokens', async () => {
    const entry = { ...auth('u:p'), identitytoken: 'idt' };
    assert.deepEqual(await find('r.io', { auths: { 'r.io': entry } }), { kind: 'identity-token', token: 'idt' });
    assert.deepEqual(await find('r.io', { auths: { 'r.io': { ...entry, registrytoken: 'rt' } } }), { kind: 'registry-token', token: 'rt' });
    assert.deepEqual(await find('r.io', { auths: { 'r.io': { username: 'u', password: 'p' } } }), basic('u', 'p'));
  });
  for (const [name, text] of [
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an entry without a colon', JSON.stringify({ auths: { 'r.io': auth('nocolon') } })],
    ['too large', ' '.repeat(2_000_000)],
  ] as const) {
    test(`damaged: ${name}`, async () => {
      await assert.rejects(find('r.io', text), (error: Error) => error.name === 'CredentialError' && !error.message.includes('nocolon'));
    });
  }
  test('wrong types are no entries', async () => {
    for (const auths of [5, [], 'x', { 'r.io': 5 }, { 'r.io': { auth: 5 } }, { 'r.io': null }])
      assert.equal(await find('r.io', { auths, credHelpers: [], credsStore: 7 }), undefined);
  });
});

describe('DOCKER_AUTH_CONFIG', () => {
  test('comes first, and falls through when the host is not in it or it makes no sense', async () => {
    const config = { auths: { 'r.io': auth('file:f') } };
    const inline = JSON.stringify({ auths: { 'r.io': auth('inline:i') } });
    assert.deepEqual(await find('r.io', config, { DOCKER_AUTH_CONFIG: inline }), basic('inline', 'i'));
    assert.deepEqual(await find('r.io', config, { DOCKER_AUTH_CONFIG: '{"auths":{}}' }), basic('file', 'f'));
    assert.deepEqual(await find('r.io', config, { DOCKER_AUTH_CONFIG: 'garbage' }), basic('file', 'f'));
  });
});

describe('podman’s files', () => {
  const entries = { auths: { 'r.io/team/app': auth('app:1'), 'r.io/team': auth('team:2'), 'r.io': auth('host:3') } };
  test('the longest path wins', async () => {
    const environment = await makeEnvironment(undefined, {});
    const file = path.join(folder, 'podman.json');
    await writeFile(file, JSON.stringify(entries));
    const variables = { ...environment.variables, REGISTRY_AUTH_FILE: file };
    const findFor = async (repository?: string) => findCredential('r.io', { ...environment, variables }, repository);
    assert.deepEqual(await findFor('team/app'), basic('app', '1'));
    assert.deepEqual(await findFor('team/other'), basic('team', '2'));
    assert.deepEqual(await findFor('teams/app'), basic('host', '3'));
    assert.deepEqual(await findFor(), basic('host', '3'));
  });
  test('in the runtime folder, then the home', async () => {
    const environment = await makeEnvironment({ auths: {} }, {});
    const runtime = path.join(folder, 'runtime');
    await mkdir(path.join(runtime, 'containers'), { recursive: true });
    await writeFile(path.join(runtime, 'containers', 'auth.json'), JSON.stringify({ auths: { 'a.io': auth('runtime:1') } }));
    await mkdir(path.join(environment.homeDirectory, '.config', 'containers'), { recursive: true });
    await writeFile(
      path.join(environment.homeDirectory, '.config', 'containers', 'auth.json'),
      JSON.stringify({ auths: { 'b.io': auth('home:2') } }),
    );
    const withRuntime = { ...environment, variables: { ...environment.variables, XDG_RUNTIME_DIR: runtime } };
    assert.deepEqual(await findCredential('a.io', withRuntime), basic('runtime', '1'));
    assert.deepEqual(await findCredential('b.io', withRuntime), basic('home', '2'));
  });
});

describe('credential helpers', { skip: process.platform === 'win32' ? 'the helpers of this test are shell scripts' : false }, () => {
  const answer = (username: string, secret: string) => `printf '%s' '${JSON.stringify({ ServerURL: 'x', Username: username, Secret: secret })}'`;

  for (const [registry, key, asked] of [
    ['r.example.com:5000', 'r.example.com:5000', 'r.example.com:5000'],
    ['docker.io', 'https://index.docker.io/v1/', 'https://index.docker.io/v1/'],
  ] as const) {
    test(`${registry}: the helper reads exactly ${asked}`, async () => {
      const bin = await makeHelper('recorder', `cat > "$RECORD"; echo "$@" >> "$RECORD.args"; ${answer('ann', 'se:cret')}`);
      const record = path.join(bin, 'record');
      const found = await find(
        registry,
        { credHelpers: { [key]: 'recorder' }, credsStore: 'other' },
        { PATH: `${bin}:/bin:/usr/bin`, RECORD: record },
      );
      assert.deepEqual(found, basic('ann', 'se:cret'));
      assert.equal(await readFile(record, 'utf8'), asked);
      assert.equal(await readFile(`${record}.args`, 'utf8'), 'get\n');
    });
  }
  test('the general store, a token for a user', async () => {
    const PATH = `${await makeHelper('store', answer('<token>', 'idt'))}:/bin:/usr/bin`;
    assert.deepEqual(await find('r.io', { credsStore: 'store', auths: { 'r.io': {} } }, { PATH }), { kind: 'identity-token', token: 'idt' });
  });
  test('nobody is signed in: the entries of the file are asked next', async () => {
    const PATH = `${await makeHelper('empty', "echo 'credentials not found in native keychain'; exit 1")}:/bin:/usr/bin`;
    assert.equal(await find('r.io', { credsStore: 'empty' }, { PATH }), undefined);
    assert.deepEqual(await find('r.io', { credsStore: 'empty', auths: { 'r.io': auth('a:b') } }, { PATH }), basic('a', 'b'));
  });
  test('the empty name means no helper for this registry', async () => {
    assert.deepEqual(await find('r.io', { credsStore: 'missing', credHelpers: { 'r.io': '' }, auths: { 'r.io': auth('a:b') } }), basic('a', 'b'));
  });
  for (const [name, script] of [
    ['fails', "echo 'the secret is hunter2' >&2; exit 2"],
    ['prints garbage', 'echo hunter2'],
    ['prints other JSON', 'echo \'{"Username":5,"Secret":"hunter2"}\''],
    ['prints for ever', 'while :; do echo hunter2hunter2hunter2hunter2hunter2hunter2hunter2hunter2; done'],
  ] as const) {
    test(`one that ${name} is an error that repeats nothing it said`, async () => {
      const PATH = `${await makeHelper('bad', script)}:/bin:/usr/bin`;
      await assert.rejects(
        find('r.io', { credsStore: 'bad' }, { PATH }),
        (error: Error) => error.name === 'CredentialError' && !error.message.includes('hunter2'),
      );
    });
  }
  test('one that is not there, and one in a relative folder of PATH', async () => {
    await assert.rejects(find('r.io', { credsStore: 'missing' }), /docker-credential-missing is not in PATH/);
    const bin = await makeHelper('planted', answer('a', 'b'));
    await assert.rejects(find('r.io', { credsStore: 'planted' }, { PATH: path.relative(process.cwd(), bin) }), /not in PATH/);
  });
  for (const helper of ['../../evil', 'a b', 'x;touch y', '-x', '$(id)']) {
    test(`the name ${helper} is no program`, async () => {
      await assert.rejects(find('r.io', { credsStore: helper }), /not a program name/);
    });
  }
});

async function find(registry: string, config: unknown, variables: Readonly<Record<string, string>> = {}): ReturnType<typeof findCredential> {
  return findCredential(registry, await makeEnvironment(config, variables));
}

/** A home of its own; `config` is what its config.json has, text as it is. */
async function makeEnvironment(config: unknown, variables: Readonly<Record<string, string>>): Promise<CredentialEnvironment> {
  counter += 1;
  const homeDirectory = path.join(folder, `home-${counter}`);
  await mkdir(path.join(homeDirectory, '.docker'), { recursive: true });
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  if (config !== undefined) await writeFile(path.join(homeDirectory, '.docker', 'config.json'), text);
  return { variables: { PATH: '/bin:/usr/bin', ...variables }, homeDirectory };
}

async function makeHelper(name: string, script: string): Promise<string> {
  counter += 1;
  const bin = path.join(folder, `bin-${counter}`);
  await mkdir(bin, { recursive: true });
  const file = path.join(bin, `docker-credential-${name}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return bin;
}
