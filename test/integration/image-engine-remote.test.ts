import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { describe } from 'node:test';
import type { TestContext } from 'node:test';
import { readImage } from '../../src/image/read-image.ts';
import { openEngineImage } from '../../src/image/sources/docker-engine.ts';
import { ImageSourceError } from '../../src/image/sources/source.ts';
import { needs } from '../setup/needs.ts';
import { dockerImport, dockerRemove, startDockerEngine, startPrivateEngine } from '../support/docker-engine.ts';
import type { DockerEngine } from '../support/docker-engine.ts';
import { needsOpenssl } from '../support/https-world.ts';
import { findFreePort, runCommand } from '../support/processes.ts';
import { startSshServer } from '../support/ssh-server.ts';
import { buildTar } from '../support/tar-builder.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Engines that are not reached by a socket of this machine: through a real ssh server, and over TCP with TLS. */

const IMAGE = 'plimsoll-test/remote:1';

/** Returns an engine with one small image. */
async function withImage(t: TestContext, engine: DockerEngine, directory: string): Promise<void> {
  const tar = path.join(directory, 'rootfs.tar');
  writeFileSync(
    tar,
    buildTar([
      { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID=12\n' },
      { path: 'bin/x', content: 'x'.repeat(2_000_000) },
    ]),
  );
  await dockerImport(engine, tar, IMAGE);
  t.after(() => dockerRemove(engine, [IMAGE]));
}

async function layersOf(options: Parameters<typeof openEngineImage>[1]): Promise<readonly unknown[]> {
  const { source, layers, problems } = await readImage(openEngineImage(IMAGE, options), { analyzers: [], detectors: [] });
  assert.deepEqual([source.reference, problems], [IMAGE, []]);
  return layers;
}

function refusal(pattern: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof ImageSourceError && error.code === 'no-engine', String(error));
    assert.match(error.message, pattern);
    return true;
  };
}

test('an engine behind ssh: by its address, by a context, and not when its key is not known', needs('docker', 'ssh-server'), async (t) => {
  const directory = temporaryDirectory(t);
  const engine = await startDockerEngine();
  t.after(() => engine.stop());
  await withImage(t, engine, directory);
  const server = await startSshServer(directory);
  t.after(() => server.stop());
  const search = process.env.PATH;
  t.after(() => (process.env.PATH = search));
  process.env.PATH = `${server.folder}${path.delimiter}${search ?? ''}`;
  const host = `${server.address}${engine.host.slice('unix://'.length)}`;
  const direct = await layersOf({ host: engine.host });
  assert.deepEqual(await layersOf({ host }), direct);
  const surroundings = writeContext(directory, { Host: host });
  assert.deepEqual(await layersOf({ surroundings }), direct);
  await assert.rejects(layersOf({ host: `${server.address}/nowhere/docker.sock` }), refusal(/nowhere\/docker\.sock/));
  process.env.PATH = `${server.strangerFolder}${path.delimiter}${search ?? ''}`;
  await assert.rejects(layersOf({ host }), refusal(/Host key verification failed/));
});

describe('an engine that speaks TLS', tlsOptions(), () => {
  test('certificates on both sides, and what is said when they do not fit', async (t) => {
    const directory = temporaryDirectory(t);
    const [ours, others] = [await makeAuthority(directory, 'ours'), await makeAuthority(directory, 'others')];
    const port = await findFreePort();
    const configuration = { tls: true, tlsverify: true, tlscacert: ours.file('ca'), tlscert: ours.file('server'), tlskey: ours.file('server-key') };
    const engine = await startPrivateEngine(configuration, [`tcp://127.0.0.1:${port}`]).catch((error: unknown) => {
      t.skip(String(error));
    });
    if (engine === undefined) return;
    t.after(() => engine.stop());
    // Over its socket too, the daemon wants certificates: what docker does there is done over TCP.
    const host = `tcp://127.0.0.1:${port}`;
    const environment = (folder: string, more = {}): Record<string, string> => ({
      DOCKER_HOST: host,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: folder,
      ...more,
    });
    const surroundings = (variables: Record<string, string>): Parameters<typeof openEngineImage>[1] => ({
      surroundings: { environment: variables, homeDirectory: directory, platform: 'linux' },
    });
    await runCommand('docker', ['import', await smallTar(directory), IMAGE], { env: environment(ours.folder) });
    assert.equal((await layersOf(surroundings(environment(ours.folder)))).length, 1);
    assert.equal((await layersOf({ surroundings: writeContext(directory, { Host: host }, ours.folder) })).length, 1);
    // Another authority: theirs is not ours.
    await assert.rejects(layersOf(surroundings(environment(others.folder))), refusal(/not issued by an authority that is trusted here/));
    const skipping = writeContext(directory, { Host: host, SkipTLSVerify: true }, ours.folder);
    const messages: string[] = [];
    await readImage(
      openEngineImage(IMAGE, { surroundings: skipping }),
      { analyzers: [], detectors: [] },
      { onProgress: ({ message }) => messages.push(message) },
    );
    assert.ok(messages.every((message) => message.includes('whose certificate is not checked')) && messages.length > 0);
    // Our certificate is not theirs: the server is not looked at, and refuses.
    const stranger = writeContext(directory, { Host: host, SkipTLSVerify: true }, others.folder);
    await assert.rejects(layersOf({ surroundings: stranger }), refusal(/does not accept the client certificate/));
    await assert.rejects(layersOf({ host }), refusal(/speaks TLS only: set DOCKER_TLS_VERIFY=1/));
  });
});

function tlsOptions(): { skip: string | false } {
  const { skip } = needs('docker');
  if (skip !== false) return { skip };
  if (process.getuid?.() !== 0) return { skip: 'only root may start an engine with certificates' };
  return needsOpenssl();
}

async function smallTar(directory: string): Promise<string> {
  const file = path.join(directory, 'small.tar');
  writeFileSync(file, buildTar([{ path: 'a', content: 'one' }]));
  return Promise.resolve(file);
}

interface Authority {
  /** With ca.pem, cert.pem and key.pem of a client. */
  readonly folder: string;
  file(name: string): string;
}

/** Makes an authority with a certificate for a server and one for a client. */
async function makeAuthority(directory: string, name: string): Promise<Authority> {
  const folder = path.join(directory, name);
  mkdirSync(folder);
  const file = (item: string): string => path.join(folder, `${item}.pem`);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await runCommand('openssl', ['req', '-x509', ...curve, '-days', '2', '-subj', `/CN=${name}`, '-keyout', file('ca-key'), '-out', file('ca')]);
  for (const [item, usage] of [
    ['server', 'serverAuth'],
    ['cert', 'clientAuth'],
  ] as const) {
    const key = file(item === 'cert' ? 'key' : 'server-key');
    const extensions = path.join(folder, 'extensions');
    writeFileSync(extensions, `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${usage}\n`);
    await runCommand('openssl', ['req', ...curve, '-subj', `/CN=${item}`, '-keyout', key, '-out', file('request')]);
    const signing = ['-CA', file('ca'), '-CAkey', file('ca-key'), '-CAcreateserial', '-days', '2', '-extfile', extensions];
    await runCommand('openssl', ['x509', '-req', '-in', file('request'), ...signing, '-out', file(item)]);
  }
  return { folder, file };
}

/** Returns the surroundings of a user whose chosen context is this one. */
function writeContext(
  home: string,
  endpoint: Readonly<Record<string, unknown>>,
  certificates?: string,
): { environment: Record<string, string>; homeDirectory: string; platform: string } {
  const id = createHash('sha256').update('far').digest('hex');
  const meta = path.join(home, '.docker/contexts/meta', id);
  const tls = path.join(home, '.docker/contexts/tls', id, 'docker');
  for (const folder of [meta, tls]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(meta, 'meta.json'), JSON.stringify({ Name: 'far', Metadata: {}, Endpoints: { docker: endpoint } }));
  if (certificates !== undefined)
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) copyFileSync(path.join(certificates, name), path.join(tls, name));
  return { environment: { DOCKER_CONTEXT: 'far' }, homeDirectory: home, platform: 'linux' };
}
