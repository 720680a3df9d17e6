import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';
import { LayerCache } from '../../src/image/cache/layer-cache.ts';
import type { ImageContents } from '../../src/image/read-image.ts';
import { readImage } from '../../src/image/read-image.ts';
import type { RegistryAccess } from '../../src/image/sources/registry.ts';
import { openRegistryImage } from '../../src/image/sources/registry.ts';
import type { ImageSourceErrorCode, ReadOptions } from '../../src/image/sources/source.ts';
import { ImageSourceError } from '../../src/image/sources/source.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import { buildTar, type TarFile } from '../support/tar-builder.ts';
import { digestOf, needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const interests = { analyzers, detectors: [] };

/** Returns a layer of one npm package and noise that does not compress, so that its download takes several chunks. */
function layerOf(name: string, noiseBytes = 0): { readonly tar: Uint8Array; readonly stored: Uint8Array } {
  const files: TarFile[] = [{ path: `app/node_modules/${name}/package.json`, content: JSON.stringify({ name, version: '1.0.0' }) }];
  const noise = Buffer.alloc(noiseBytes);
  for (let i = 0, x = 1; i < noiseBytes; i++, x = (x * 48_271) % 2_147_483_647) noise[i] = x & 255;
  const tar = buildTar([{ path: 'noise', content: noise }, ...files]);
  return { tar, stored: gzipSync(tar) };
}

const base = layerOf('base', 600_000);
const top = layerOf('top');

function configOf(layers: readonly { readonly tar: Uint8Array }[], architecture: string): Uint8Array {
  const diffIds = layers.map(({ tar }) => digestOf(tar));
  return Buffer.from(JSON.stringify({ os: 'linux', architecture, config: {}, rootfs: { type: 'layers', diff_ids: diffIds }, history: [] }));
}

const namesOf = ({ packages }: ImageContents): string[] => packages.map(({ name }) => name);

describe('an image in a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let digest: string;
  before(async () => {
    registry = await startRegistryServer();
    const image = (layers: readonly (typeof base)[], architecture: string): Parameters<RegistryServer['push']>[2] => ({
      config: configOf(layers, architecture),
      layers: layers.map(({ stored }) => ({ mediaType: LAYER, bytes: stored })),
    });
    await registry.push('team/app', 'base', image([base], 'amd64'));
    digest = await registry.push('team/app', '1.0', image([base, top], 'amd64'));
    await registry.push('team/app', 'arm', image([top], 'arm64'));
  });
  after(() => registry.close());

  const access = (credential: Credential | undefined): RegistryAccess => ({
    http: createHttpClient({ proxyEnvironment: {} }),
    credential: () => Promise.resolve(credential),
  });
  const right = (): Credential => ({ kind: 'basic', username: registry.username, password: registry.password });
  const read = (rest: string, options: ReadOptions = {}, cache?: LayerCache, host = registry.host): Promise<ImageContents> =>
    readImage(openRegistryImage(`${host}/${rest}`, access(right())), interests, options, cache);

  test('is read layer by layer, by tag and by digest', async () => {
    const contents = await read('team/app:1.0');
    assert.deepEqual([namesOf(contents), contents.problems], [['base', 'top'], []]);
    assert.deepEqual([contents.source.reference, contents.source.digest], [`${registry.host}/team/app:1.0`, digest]);
    assert.deepEqual(namesOf(await read(`team/app@${digest}`)), ['base', 'top']);
  });

  test('another platform than the one asked for is refused', async () => {
    await assert.rejects(read('team/app:arm', { platform: { os: 'linux', architecture: 'amd64' } }), failsWith('no-such-platform'));
  });

  test('what is not there, and who is not let in', async () => {
    await assert.rejects(read('team/app:2.0'), failsWith('not-found'));
    await assert.rejects(readImage(openRegistryImage(`${registry.host}/team/app:1.0`, access(undefined)), interests), failsWith('permission'));
    assert.throws(() => openRegistryImage('UPPER CASE', access(undefined)), failsWith('not-found'));
  });

  test('nothing of a layer that was looked at before is downloaded', async () => {
    const store = new Map<string, string>();
    const cache = new LayerCache(
      {
        read: (key) => Promise.resolve(store.get(key)),
        write: (key, value) => {
          store.set(key, value);
          return Promise.resolve();
        },
      },
      interests,
      'test',
    );
    const proxy = await startProxy(registry.host);
    try {
      await read('team/app:base', {}, cache, proxy.host);
      proxy.requests.length = 0;
      const contents = await read('team/app:1.0', {}, cache, proxy.host);
      assert.deepEqual(namesOf(contents), ['base', 'top']);
      assert.equal(proxy.requests.filter((line) => line.includes(digestOf(base.stored))).length, 0);
      assert.ok(proxy.requests.some((line) => line.includes(digestOf(top.stored))));
    } finally {
      await proxy.close();
    }
  });

  for (const [name, ranges, cuts] of [
    ['where it ended', true, 2],
    ['from the start, when the registry knows no ranges', false, 1],
  ] as const) {
    test(`a download that is cut off is taken up ${name}`, async () => {
      const proxy = await startProxy(registry.host, { cutAfter: 200_000, cuts, ranges });
      try {
        const contents = await read('team/app:base', {}, undefined, proxy.host);
        assert.deepEqual([namesOf(contents), contents.problems], [['base'], []]);
        const asked = proxy.requests.filter((line) => line.includes(digestOf(base.stored)));
        assert.equal(asked.filter((line) => /bytes=[1-9]\d*-/.test(line)).length, cuts);
      } finally {
        await proxy.close();
      }
    });
  }

  test('a registry that cuts every download off is given up on', async () => {
    const proxy = await startProxy(registry.host, { cutAfter: 1000, cuts: 1000, ranges: true });
    try {
      await assert.rejects(read('team/app:base', {}, undefined, proxy.host), failsWith('io'));
    } finally {
      await proxy.close();
    }
  });

  test('bytes that are not those of the digest are told, and the other layers count', async () => {
    const proxy = await startProxy(registry.host, { falsify: digestOf(base.stored) });
    try {
      const contents = await read('team/app:1.0', {}, undefined, proxy.host);
      assert.deepEqual(namesOf(contents), ['top']);
      assert.ok(contents.problems.some(({ code, layer }) => code === 'unreadable-layer' && layer === 0));
    } finally {
      await proxy.close();
    }
  });

  for (const [name, extra] of [
    ['less than it claims', -100],
    ['more than it claims', 100],
    ['no claim at all, and more than the manifest says', undefined],
  ] as const) {
    test(`a registry that lies about a length: ${name}`, async () => {
      const proxy = await startProxy(registry.host, { lie: { digest: digestOf(top.stored), ...(extra !== undefined && { extra }) } });
      try {
        const contents = await read('team/app:1.0', {}, undefined, proxy.host).catch((error: unknown) => error);
        // What ends early is taken up again until it is given up on; what is not the layer is told. Nothing of it counts.
        if (contents instanceof Error) failsWith('io')(contents);
        else {
          const { problems } = contents as ImageContents;
          assert.ok(
            problems.some(({ code, layer }) => (code === 'unreadable-layer' || code === 'digest-mismatch') && layer === 1),
            JSON.stringify(problems),
          );
        }
      } finally {
        await proxy.close();
      }
    });
  }

  test('a cancelled read ends', async () => {
    const controller = new AbortController();
    const reading = read('team/app:1.0', {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    await assert.rejects(reading);
  });
});

function failsWith(code: ImageSourceErrorCode): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof ImageSourceError, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  };
}

interface Proxy {
  readonly host: string;
  /** Path and Range of every request. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A blob whose length is told wrong: the header claims `extra` bytes fewer than come when it is positive, more when it is negative; without it there is no such header, and more comes than there is. */
interface LengthLie {
  readonly digest: string;
  readonly extra?: number;
}

/** Returns a response as it goes over the wire, whose length may be any: Node.js itself sends none that is wrong. */
function lyingResponse(body: Uint8Array, extra: number | undefined): Buffer {
  const header = extra === undefined ? 'Connection: close' : `Content-Length: ${body.length - extra}`;
  const more = Buffer.alloc(extra === undefined ? 1000 : 0, 'x');
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n${header}\r\n\r\n`), body, more]);
}

/** Stands before the registry and does what bad networks do. */
async function startProxy(
  target: string,
  faults: { readonly cutAfter?: number; readonly cuts?: number; readonly ranges?: boolean; readonly falsify?: string; readonly lie?: LengthLie } = {},
): Promise<Proxy> {
  const requests: string[] = [];
  let cuts = faults.cuts ?? 0;
  const server = http.createServer((request, response) => {
    const { range, ...headers } = request.headers;
    delete headers.host;
    requests.push(`${request.url ?? ''} ${range ?? ''}`);
    const forwarded = { ...headers, ...(range !== undefined && faults.ranges !== false && { range }) };
    const outgoing = http.request(`http://${target}${request.url ?? ''}`, { method: request.method, headers: forwarded }, (answer) => {
      if (faults.lie !== undefined && request.url?.includes(faults.lie.digest) === true && answer.statusCode === 200) {
        const parts: Buffer[] = [];
        answer
          .on('data', (chunk: Buffer) => parts.push(chunk))
          .on('end', () => request.socket.end(lyingResponse(Buffer.concat(parts), faults.lie?.extra)));
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      const isFalse = faults.falsify !== undefined && request.url?.includes(faults.falsify) === true;
      const isLarge = Number(answer.headers['content-length']) > (faults.cutAfter ?? Infinity);
      if (isLarge && cuts > 0) {
        cuts--;
        let sent = 0;
        answer.on('data', (chunk: Buffer) => {
          const part = chunk.subarray(0, (faults.cutAfter ?? 0) - sent);
          sent += part.length;
          if (part.length > 0) response.write(part);
          else response.destroy();
        });
        return;
      }
      if (isFalse) answer.on('data', (chunk: Buffer) => response.write(chunk.map((byte) => byte ^ 1))).on('end', () => response.end());
      else answer.pipe(response);
      // Registries themselves lie about the length of what they say to a range beyond the end.
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    host: `127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
