import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { EndpointError, resolveEngineEndpoints } from '../../../src/registry/contexts.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

interface Home {
  readonly home: string;
  readonly resolve: (environment?: Record<string, string>, host?: string, platform?: string) => ReturnType<typeof resolveEngineEndpoints>;
  readonly addContext: (name: string, endpoint: unknown, tls?: Record<string, string>) => void;
  readonly write: (file: string, text: string) => void;
}

function makeHome(home: string): Home {
  const write = (file: string, text: string): void => {
    const target = path.join(home, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  return {
    home,
    write,
    resolve: (environment = {}, host, platform = 'linux') => resolveEngineEndpoints(host, { environment, homeDirectory: home, platform }),
    addContext: (name, endpoint, tls = {}) => {
      const id = createHash('sha256').update(name).digest('hex');
      write(`.docker/contexts/meta/${id}/meta.json`, JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: endpoint } }));
      for (const [file, text] of Object.entries(tls)) write(`.docker/contexts/tls/${id}/docker/${file}`, text);
    },
  };
}

test('an address given, then DOCKER_HOST, DOCKER_CONTEXT, the current context, the default', async (t) => {
  const { addContext, resolve, write } = makeHome(temporaryDirectory(t));
  addContext('one', { Host: 'unix:///one.sock' });
  addContext('two', { Host: 'unix:///two.sock' });
  const addressOf = async (...args: Parameters<typeof resolve>): Promise<string | undefined> => (await resolve(...args))[0]?.address;
  assert.equal(await addressOf(), 'unix:///var/run/docker.sock');
  write('.docker/config.json', '{"currentContext":"one"}');
  assert.equal(await addressOf(), 'unix:///one.sock');
  assert.equal(await addressOf({ DOCKER_CONTEXT: 'two' }), 'unix:///two.sock');
  assert.equal(await addressOf({ DOCKER_CONTEXT: 'default' }), 'unix:///var/run/docker.sock');
  assert.equal(await addressOf({ DOCKER_CONTEXT: 'two', DOCKER_HOST: 'unix:///host.sock' }), 'unix:///host.sock');
  assert.equal(await addressOf({ DOCKER_HOST: 'unix:///host.sock' }, 'unix:///given.sock'), 'unix:///given.sock');
});

test('DOCKER_CONFIG moves the folder', async (t) => {
  const { home, addContext, resolve, write } = makeHome(temporaryDirectory(t));
  addContext('one', { Host: 'unix:///one.sock' });
  write('.docker/config.json', '{"currentContext":"one"}');
  assert.equal((await resolve({ DOCKER_CONFIG: path.join(home, '.docker') }))[0]?.address, 'unix:///one.sock');
  assert.equal((await resolve({ DOCKER_CONFIG: home }))[0]?.address, 'unix:///var/run/docker.sock');
});

test('addresses of every kind', async (t) => {
  const { resolve } = makeHome(temporaryDirectory(t));
  const transportOf = async (host: string): Promise<unknown> => (await resolve({}, host))[0]?.transport;
  assert.deepEqual(await transportOf('unix:///a/b.sock'), { kind: 'socket', path: '/a/b.sock' });
  assert.deepEqual(await transportOf('npipe:////./pipe/docker_engine'), { kind: 'socket', path: '\\\\.\\pipe\\docker_engine' });
  assert.deepEqual(await transportOf('tcp://host'), { kind: 'tcp', host: 'host', port: 2375 });
  assert.deepEqual(await transportOf('tcp://host:80'), { kind: 'tcp', host: 'host', port: 80 });
  assert.deepEqual(await transportOf('tcp://[::1]:2377/prefix/'), { kind: 'tcp', host: '::1', port: 2377, pathPrefix: '/prefix' });
  assert.deepEqual(await transportOf('https://host:443'), { kind: 'tcp', host: 'host', port: 443, tls: { verify: true } });
});

test('ssh: of DOCKER_HOST and of a context', async (t) => {
  const { addContext, resolve } = makeHome(temporaryDirectory(t));
  addContext('far', { Host: 'ssh://me@host:2222' });
  for (const environment of [{ DOCKER_HOST: 'ssh://me@host:2222' }, { DOCKER_CONTEXT: 'far' }]) {
    const [endpoint] = await resolve(environment);
    assert.ok(endpoint?.transport.kind === 'command');
    assert.deepEqual([endpoint.transport.command, endpoint.address], ['ssh', 'ssh://host:2222']);
    assert.deepEqual(endpoint.transport.args.slice(-6), ['2222', '--', 'host', 'docker', 'system', 'dial-stdio']);
  }
});

test('TLS: certificates of DOCKER_CERT_PATH and of a context', async (t) => {
  const { home, addContext, resolve, write } = makeHome(temporaryDirectory(t));
  for (const file of ['ca', 'cert', 'key']) write(`certs/${file}.pem`, file);
  const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);
  const tlsOf = async (...args: Parameters<typeof resolve>): Promise<unknown> => {
    const transport = (await resolve(...args))[0]?.transport;
    const tls = transport?.kind === 'tcp' ? transport.tls : undefined;
    return tls && [transport?.kind === 'tcp' && transport.port, tls.verify, text(tls.ca), text(tls.cert), text(tls.key)];
  };
  const environment = { DOCKER_HOST: 'tcp://host', DOCKER_CERT_PATH: path.join(home, 'certs') };
  assert.equal(await tlsOf(environment), undefined);
  assert.deepEqual(await tlsOf({ ...environment, DOCKER_TLS_VERIFY: '1' }), [2376, true, 'ca', 'cert', 'key']);
  assert.deepEqual(await tlsOf({ ...environment, DOCKER_TLS: '1' }), [2376, false, 'ca', 'cert', 'key']);
  assert.deepEqual(await tlsOf({ DOCKER_HOST: 'tcp://host', DOCKER_TLS_VERIFY: '1' }), [2376, true, undefined, undefined, undefined]);
  addContext('safe', { Host: 'tcp://host:1' }, { 'ca.pem': 'a' });
  addContext('loose', { Host: 'tcp://host:1', SkipTLSVerify: true }, { 'cert.pem': 'c' });
  assert.deepEqual(await tlsOf({ DOCKER_CONTEXT: 'safe' }), [1, true, 'a', undefined, undefined]);
  assert.deepEqual(await tlsOf({ DOCKER_CONTEXT: 'loose' }), [1, false, undefined, 'c', undefined]);
});

test('the defaults: Docker first, then Podman, on each platform', async (t) => {
  const { home, resolve } = makeHome(temporaryDirectory(t));
  assert.deepEqual(
    (await resolve({ XDG_RUNTIME_DIR: '/run/user/7' })).map(({ address }) => address),
    [
      'unix:///var/run/docker.sock',
      'unix:///run/user/7/docker.sock',
      `unix://${home}/.docker/run/docker.sock`,
      'unix:///run/user/7/podman/podman.sock',
      'unix:///run/podman/podman.sock',
    ],
  );
  assert.deepEqual(
    (await resolve({}, undefined, 'win32')).map(({ address }) => address),
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/podman-machine-default'],
  );
});

test('what cannot be used is said, without the user in an address', async (t) => {
  const { addContext, resolve, write } = makeHome(temporaryDirectory(t));
  const refused = async (pattern: RegExp, ...args: Parameters<typeof resolve>): Promise<void> => {
    await assert.rejects(
      resolve(...args),
      (error) => error instanceof EndpointError && pattern.test(error.message) && !error.message.includes('secret'),
    );
  };
  await refused(/DOCKER_HOST points to "ssh:\/\/host", which holds a password/, { DOCKER_HOST: 'ssh://user:secret@host' });
  await refused(/whose host name cannot be used with ssh/, { DOCKER_HOST: 'ssh://-oProxyCommand=x' });
  await refused(/"fd:\/\/", which is no address/, {}, 'fd://');
  await refused(/which is no address/, {}, 'tcp://secret@:x');
  await refused(/"gone" does not exist.*docker context use/, { DOCKER_CONTEXT: 'gone' });
  addContext('empty', {});
  await refused(/"empty" names no Docker host/, { DOCKER_CONTEXT: 'empty' });
  write('.docker/config.json', '{');
  await refused(/config\.json cannot be read: it is not JSON/);
});
