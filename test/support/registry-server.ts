import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findFreePort, findOnPath, startProcess } from './processes.ts';
import { waitFor } from './wait.ts';

/** A real registry (Debian's docker-registry) on this machine, that lets only `username` in. */
export interface RegistryServer {
  /** '127.0.0.1:41234' */
  readonly host: string;
  readonly username: string;
  readonly password: string;
  /** Where it keeps what was pushed. */
  readonly dataFolder: string;
  /** Pushes an artefact as any client does and returns its manifest's digest. */
  push(repository: string, tag: string, artifact: Artifact): Promise<string>;
  close(): Promise<void>;
}

export interface Artifact {
  readonly mediaType?: string;
  readonly config?: Uint8Array;
  readonly layers: readonly { readonly mediaType: string; readonly bytes: Uint8Array }[];
}

/** Options for a node:test test that needs the registry: skips with the reason where it is not installed. */
export function needsRegistry(): { skip: string | false } {
  return { skip: findOnPath('docker-registry') === undefined ? 'docker-registry is not installed (Debian: apt install docker-registry)' : false };
}

const USERNAME = 'ann';
/** The colon is meant: only the first one separates. */
const PASSWORD = 'right:pass';
/** bcrypt of PASSWORD, the only kind the registry takes. */
const HTPASSWD = `${USERNAME}:$2b$04$JXEZ/07vPHkdHRDeoZOiH.QnKou.AEfpr1O5aqT4L242mHzLII1Ri\n`;
const BASIC = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`;

export async function startRegistryServer(): Promise<RegistryServer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-registry-'));
  const host = `127.0.0.1:${await findFreePort()}`;
  const dataFolder = path.join(folder, 'data');
  const htpasswd = path.join(folder, 'htpasswd');
  await writeFile(htpasswd, HTPASSWD);
  const config = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: dataFolder } },
    http: { addr: host, secret: 'test' },
    auth: { htpasswd: { realm: 'test', path: htpasswd } },
  };
  const configFile = path.join(folder, 'config.yml');
  // JSON is YAML.
  await writeFile(configFile, JSON.stringify(config));
  const server = startProcess('docker-registry', ['serve', configFile]);
  await waitFor('the registry to answer', async () => server.ended() !== undefined || (await fetch(`http://${host}/v2/`)).status === 401, {
    explain: server.output,
  });
  if (server.ended() !== undefined) throw new Error(`the registry did not start: ${server.output()}`);
  return {
    host,
    username: USERNAME,
    password: PASSWORD,
    dataFolder,
    push: (repository, tag, artifact) => push(`http://${host}/v2/${repository}`, tag, artifact),
    async close() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function push(base: string, tag: string, artifact: Artifact): Promise<string> {
  const mediaType = artifact.mediaType ?? 'application/vnd.oci.image.manifest.v1+json';
  const config = await pushBlob(base, artifact.config ?? new TextEncoder().encode('{}'), 'application/vnd.oci.image.config.v1+json');
  const layers: unknown[] = [];
  for (const layer of artifact.layers) layers.push(await pushBlob(base, layer.bytes, layer.mediaType));
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers });
  await send(`${base}/manifests/${tag}`, 'PUT', new TextEncoder().encode(manifest), mediaType);
  return digestOf(new TextEncoder().encode(manifest));
}

async function pushBlob(base: string, bytes: Uint8Array, mediaType: string): Promise<{ mediaType: string; digest: string; size: number }> {
  const digest = digestOf(bytes);
  const started = await send(`${base}/blobs/uploads/`, 'POST', new Uint8Array(), 'application/octet-stream');
  const target = new URL(started.headers.get('location') ?? '', base);
  target.searchParams.set('digest', digest);
  await send(target.href, 'PUT', bytes, 'application/octet-stream');
  return { mediaType, digest, size: bytes.length };
}

async function send(url: string, method: string, bytes: Uint8Array, contentType: string): Promise<Response> {
  const response = await fetch(url, { method, body: Buffer.from(bytes), headers: { authorization: BASIC, 'content-type': contentType } });
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`);
  return response;
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
