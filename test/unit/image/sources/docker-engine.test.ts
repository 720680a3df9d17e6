import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import http from 'node:http';
import path, { delimiter } from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { readImage } from '../../../../src/image/read-image.ts';
import type { ImageContents } from '../../../../src/image/read-image.ts';
import { findEngine, inspectEngineImage, listEngineImages, openEngineImage } from '../../../../src/image/sources/docker-engine.ts';
import type { ReadOptions } from '../../../../src/image/sources/source.ts';
import { ImageSourceError } from '../../../../src/image/sources/source.ts';
import { writeFakeSsh } from '../../../support/fake-ssh.ts';
import { buildImage, toDockerArchive, toHybridArchive } from '../../../support/image-builder.ts';
import { buildTar } from '../../../support/tar-builder.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** An engine that fails as real ones do when they are stopped, which a real one cannot be made to do at a given byte. Real engines: test/integration. */
interface FailingEngine {
  readonly host: string;
  readonly requests: string[];
}

type Answer = (response: http.ServerResponse, request: http.IncomingMessage) => void;

async function startEngine(t: TestContext, routes: Readonly<Record<string, Answer>>, apiVersion: string | null = '1.41'): Promise<FailingEngine> {
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request.url ?? '');
    if (apiVersion !== null) response.setHeader('Api-Version', apiVersion);
    const route = routes[(request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*/, '')];
    if (request.url === '/_ping') response.end('OK');
    else if (route !== undefined) route(response, request);
    else {
      response.statusCode = 404;
      response.end(JSON.stringify({ message: 'No such image: x:latest' }));
    }
  });
  const socket = path.join(temporaryDirectory(t), 'engine.sock');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `unix://${socket}`, requests };
}

const image = buildImage({ layers: [{ files: [{ path: 'a', content: 'x'.repeat(300_000) }] }], references: ['app:1'] });
const archive = buildTar(toDockerArchive(image));
const details: Answer = (response) =>
  response.end(
    JSON.stringify({
      Id: image.configDigest,
      RepoTags: ['app:1'],
      RepoDigests: [`app@sha256:${'1'.repeat(64)}`],
      Size: archive.length,
      Os: 'linux',
      Architecture: 'amd64',
    }),
  );

function scan(host: string, reference = 'app:1', options: ReadOptions = {}): Promise<ImageContents> {
  return readImage(openEngineImage(reference, { host }), { analyzers: [], detectors: [] }, options);
}

function refusal(code: string, pattern: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof ImageSourceError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, pattern);
    return true;
  };
}

test('an image as it streams by, old and new archives', async (t) => {
  for (const files of [toDockerArchive(image), toHybridArchive(image)]) {
    const { host, requests } = await startEngine(t, {
      '/images/app%3A1/json': details,
      '/images/app%3A1/get': (response) => response.end(buildTar(files)),
    });
    const contents = await scan(host);
    assert.deepEqual(
      [contents.source.reference, contents.source.digest, contents.layers.length, contents.problems],
      ['app:1', `sha256:${'1'.repeat(64)}`, 1, []],
    );
    assert.deepEqual(requests, ['/_ping', '/v1.41/images/app%3A1/json', '/v1.41/images/app%3A1/get']);
  }
});

test('an image found by its id is shown under its name', async (t) => {
  const id = image.configDigest.slice(7, 19);
  const { host } = await startEngine(t, { [`/images/${id}/json`]: details, [`/images/${id}/get`]: (response) => response.end(archive) });
  assert.equal((await scan(host, id)).source.reference, 'app:1');
});

test('the version spoken is the lower of both; a platform is asked of engines that know how', async (t) => {
  const routes = { '/images/app%3A1/json': details, '/images/app%3A1/get': ((response) => response.end(archive)) satisfies Answer };
  const platform = { os: 'linux', architecture: 'amd64' };
  const current = await startEngine(t, routes, '1.99');
  await scan(current.host, 'app:1', { platform });
  assert.equal(current.requests.at(-1), `/v1.51/images/app%3A1/get?platform=${encodeURIComponent(JSON.stringify(platform))}`);
  const old = await startEngine(t, routes, '1.30');
  await scan(old.host, 'app:1', { platform });
  assert.equal(old.requests.at(-1), '/v1.30/images/app%3A1/get');
  const silent = await startEngine(t, { ...routes, '/version': (response) => response.end('{"ApiVersion":"1.24"}') }, null);
  assert.equal((await findEngine({ host: silent.host })).apiVersion, '1.24');
  await assert.rejects(scan(old.host, 'app:1', { platform: { os: 'linux', architecture: 's390x' } }), refusal('no-such-platform', /linux\/amd64/));
});

test('an image that is not there, and names that would reach another path', async (t) => {
  const { host, requests } = await startEngine(t, {});
  await assert.rejects(scan(host, 'nothing'), refusal('not-found', /No such image.*docker images/));
  for (const name of ['../containers/x', 'a/../b', 'a?b', '', '-x', 'a b'])
    await assert.rejects(scan(host, name), refusal('not-found', /not the name of an image/));
  assert.equal(requests.filter((url) => url !== '/_ping').length, 1);
});

test('an engine that stops in the middle: what, where, after how much', async (t) => {
  for (const stop of [(response: http.ServerResponse) => response.destroy(), (response: http.ServerResponse) => response.end()]) {
    const { host } = await startEngine(t, {
      '/images/app%3A1/json': details,
      '/images/app%3A1/get': (response) => {
        response.write(archive.subarray(0, 100_000), () => setTimeout(stop, 20, response));
      },
    });
    await assert.rejects(scan(host), refusal('engine-error', /engine at unix:.* stopped sending the image app:1 after 0\.1 MB.*scan again/));
  }
});

test('an engine that refuses says why', async (t) => {
  const { host } = await startEngine(t, {
    '/images/app%3A1/json': details,
    '/images/app%3A1/get': (response) => {
      response.statusCode = 500;
      response.end('{"message":"disk\\nfull"}');
    },
    '/images/json': (response) => response.end('<html>'),
  });
  await assert.rejects(scan(host), refusal('engine-error', /disk full/));
  await assert.rejects(listEngineImages(await findEngine({ host })), refusal('engine-error', /list of images cannot be read/));
});

test('an abort ends it at once and closes the connection', async (t) => {
  const controller = new AbortController();
  const closed = Promise.withResolvers<undefined>();
  const { host } = await startEngine(t, {
    '/images/app%3A1/json': details,
    '/images/app%3A1/get': (response) => {
      response.once('close', () => {
        closed.resolve(undefined);
      });
      response.write(archive.subarray(0, 100_000), () => {
        controller.abort(new Error('enough'));
      });
    },
  });
  await assert.rejects(scan(host, 'app:1', { signal: controller.signal }), /enough/);
  await closed.promise;
});

test('lists and descriptions', async (t) => {
  const listed = [
    { Id: 'sha256:1', RepoTags: ['a:1', 'a:2'], RepoDigests: ['<none>@<none>'], Created: 0, Size: 5 },
    { Id: 'sha256:2', RepoTags: null },
    'odd',
  ];
  const { host } = await startEngine(t, { '/images/json': (response) => response.end(JSON.stringify(listed)), '/images/app%3A1/json': details });
  const engine = await findEngine({ host });
  assert.deepEqual(await listEngineImages(engine), [
    { id: 'sha256:1', references: ['a:1', 'a:2'], repoDigests: [], sizeBytes: 5, created: '1970-01-01T00:00:00.000Z' },
    { id: 'sha256:2', references: [], repoDigests: [], sizeBytes: 0 },
  ]);
  assert.deepEqual((await inspectEngineImage(engine, 'app:1')).platform, { os: 'linux', architecture: 'amd64' });
});

test('no engine: every address tried is named', async (t) => {
  const home = temporaryDirectory(t);
  const surroundings = { environment: { XDG_RUNTIME_DIR: path.join(home, 'run'), DOCKER_CONFIG: home }, homeDirectory: home, platform: 'linux' };
  const present = ['/var/run/docker.sock', '/run/podman/podman.sock'];
  try {
    await findEngine({ surroundings });
    t.skip(`an engine runs here, at one of ${present.join(', ')}`);
  } catch (error) {
    refusal('no-engine', /\/var\/run\/docker\.sock.*run\/docker\.sock.*podman\/podman\.sock.*\/run\/podman\/podman\.sock.*docker save/)(error);
  }
  await assert.rejects(
    findEngine({ host: 'tcp://127.0.0.1:1' }),
    refusal('no-engine', /tcp:\/\/127\.0\.0\.1:1 from the address .*nothing listens there/),
  );
  await assert.rejects(findEngine({ host: 'ssh://user:secret@host' }), refusal('no-engine', /ssh:\/\/host.*password/));
});

test('a socket that is closed to this user', { skip: process.getuid?.() === 0 && 'root may open every socket' }, async (t) => {
  const { host } = await startEngine(t, {});
  chmodSync(host.slice('unix://'.length), 0o000);
  await assert.rejects(findEngine({ host }), refusal('permission', /closed to this user/));
});

test('something that is no engine', async (t) => {
  const { host } = await startEngine(t, {}, null);
  await assert.rejects(findEngine({ host }), refusal('no-engine', /no container engine/));
});

test('an engine behind ssh', async (t) => {
  const { host } = await startEngine(t, {
    '/images/app%3A1/json': details,
    '/images/app%3A1/get': (response) => response.end(archive),
  });
  const directory = temporaryDirectory(t);
  const search = process.env.PATH;
  t.after(() => (process.env.PATH = search));
  const ssh = writeFakeSsh(directory, host.slice('unix://'.length));
  process.env.PATH = `${ssh.folder}${delimiter}${search ?? ''}`;
  const contents = await scan('ssh://me@far:2222');
  assert.deepEqual([contents.source.reference, contents.layers.length, contents.problems], ['app:1', 1, []]);
  assert.equal(ssh.calls().length, 3);
  assert.deepEqual(ssh.calls()[0]?.slice(-9), ['-l', 'me', '-p', '2222', '--', 'far', 'docker', 'system', 'dial-stdio']);
  writeFakeSsh(directory, '', 'Host key verification failed.\r\n');
  await assert.rejects(scan('ssh://far'), refusal('no-engine', /ssh:\/\/far .*ssh ended with 255: Host key verification failed\./));
  process.env.PATH = '/nowhere';
  await assert.rejects(scan('ssh://far'), refusal('no-engine', /the program ssh is not in PATH/));
});
