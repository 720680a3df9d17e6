import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import { after, describe, test } from 'node:test';
import { createAsk } from '../../../src/engine/ask-servers.ts';
import { LookUpError, type LookUpErrorCode } from '../../../src/engine/look-ups.ts';
import { createHttpClient } from '../../../src/foundation/io/http-client.ts';
import { digestOf } from '../../support/registry-server.ts';
import { startFileServer, type FileServer } from '../../support/file-server.ts';

const servers: FileServer[] = [];
after(() => Promise.all(servers.map((server) => server.close())));

async function serve(answer: RequestListener): Promise<FileServer> {
  const server = await startFileServer(answer);
  servers.push(server);
  return server;
}

const ask = () => createAsk({ http: createHttpClient({ proxyEnvironment: {} }), credentialFor: () => Promise.resolve(undefined) });

function failsWith(code: LookUpErrorCode, message: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof LookUpError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}

describe('the checksum of a file', () => {
  const bytes = Buffer.from('the file\n'.repeat(10_000));
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  test('is that of the bytes, behind redirects too, and is asked for once', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/latest?token=abc') response.writeHead(302, { location: '/a.tgz' }).end();
      else response.writeHead(200, { 'content-type': 'application/gzip' }).end(bytes);
    });
    const asking = ask();
    const seen: number[] = [];
    const subject = { kind: 'file', url: `${server.origin}/latest?token=abc` } as const;
    assert.equal(await asking(subject, { onBytes: (size) => seen.push(size) }), sha256);
    assert.equal(await asking(subject), sha256);
    assert.equal(seen.at(-1), bytes.length);
    assert.deepEqual(server.asked, ['GET /latest?token=abc', 'GET /a.tgz']);
  });

  const odd: readonly {
    readonly name: string;
    readonly answer: (response: ServerResponse) => unknown;
    readonly fails: ReturnType<typeof failsWith>;
  }[] = [
    {
      name: 'an error page',
      answer: (r) => r.writeHead(500, { 'content-type': 'text/html' }).end('<h1>sorry'),
      fails: failsWith('unusable', /answered 500/),
    },
    { name: 'not there', answer: (r) => r.writeHead(404).end(), fails: failsWith('not-found', /answered 404; check the address/) },
    { name: 'not let in', answer: (r) => r.writeHead(403).end(), fails: failsWith('refused', /only what everybody may read/) },
    { name: 'no redirect to anywhere', answer: (r) => r.writeHead(304).end(), fails: failsWith('unusable', /answered 304/) },
    {
      name: 'a login page that says 200',
      answer: (r) => r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<form>'),
      fails: failsWith('unusable', /a web page/),
    },
    { name: 'nothing', answer: (r) => r.writeHead(200).end(), fails: failsWith('unusable', /empty file/) },
    {
      name: 'a part only',
      answer: (r) => r.writeHead(206, { 'content-range': 'bytes 0-1/9' }).end('ab'),
      fails: failsWith('unusable', /answered 206/),
    },
    {
      name: 'another encoding',
      answer: (r) => r.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes),
      fails: failsWith('unusable', /another encoding/),
    },
    {
      name: 'fewer bytes than it says',
      answer: (r) => {
        r.writeHead(200, { 'content-length': '900000' });
        r.write('ab');
        setImmediate(() => r.destroy());
      },
      fails: failsWith('no-network', /cut off|closed/),
    },
    {
      name: 'a size beyond the bound',
      answer: (r) => r.writeHead(200, { 'content-length': String(2 ** 40) }).end('x'),
      fails: failsWith('unusable', /larger than \d+ bytes; compute/),
    },
    {
      name: 'a redirect to plain http elsewhere',
      answer: (r) => r.writeHead(302, { location: 'http://192.0.2.1/a' }).end(),
      fails: failsWith('unusable', /plain http/),
    },
    {
      name: 'redirects without end',
      answer: (r) => r.writeHead(302, { location: '/again' }).end(),
      fails: failsWith('unusable', /redirects more than/),
    },
  ];
  for (const { name, answer, fails } of odd) {
    test(`is not that of ${name}`, async () => {
      const server = await serve((_, response) => answer(response));
      await assert.rejects(ask()({ kind: 'file', url: `${server.origin}/a.tgz` }), fails);
    });
  }

  test('cancelled in the middle of a file without end: no failure, and no answer', async () => {
    const server = await serve((_, response) => {
      const more = (): void => {
        while (response.write(bytes));
        response.once('drain', more);
      };
      more();
    });
    const controller = new AbortController();
    const answer = ask()(
      { kind: 'file', url: `${server.origin}/a` },
      {
        signal: controller.signal,
        onBytes: () => {
          controller.abort();
        },
      },
    );
    await assert.rejects(answer, { name: 'AbortError' });
  });

  test('nobody listens; offline nobody is asked; no token of the address is repeated', async () => {
    const server = await startFileServer((_, response) => response.end());
    await server.close();
    const subject = { kind: 'file', url: `${server.origin}/a.tgz?token=secret` } as const;
    const message = /^cannot look up the checksum of http:\/\/127\.0\.0\.1:\d+\/a\.tgz: no network \([^?]*\); run again when online$/;
    await assert.rejects(ask()(subject), failsWith('no-network', message));
    const open = await serve((_, response) => response.end('x'));
    await assert.rejects(
      createAsk({ offline: '--offline was given' })({ ...subject, url: `${open.origin}/a.tgz?token=secret` }),
      failsWith('no-network', message),
    );
    assert.deepEqual(open.asked, []);
  });
});

describe('the digest of an image', () => {
  const manifest = JSON.stringify({ schemaVersion: 2, manifests: [] });
  const digest = digestOf(Buffer.from(manifest));
  const index = { 'content-type': 'application/vnd.oci.image.index.v1+json' };
  const digestIn = async (answer: RequestListener): Promise<string> => {
    const server = await serve(answer);
    return ask()({ kind: 'image', reference: `${server.host}/team/app:1.0` });
  };

  test('is what HEAD states, held against the bytes', async () => {
    const server = await serve((_, response) => response.writeHead(200, { ...index, 'docker-content-digest': digest }).end(manifest));
    assert.equal(await ask()({ kind: 'image', reference: `${server.host}/team/app:1.0` }), digest);
    assert.deepEqual(server.asked, ['HEAD /v2/team/app/manifests/1.0', `GET /v2/team/app/manifests/${digest}`]);
  });

  test('is computed where the registry knows no HEAD, or states no digest', async () => {
    assert.equal(await digestIn((request, response) => response.writeHead(request.method === 'HEAD' ? 405 : 200, index).end(manifest)), digest);
    assert.equal(await digestIn((request, response) => response.writeHead(request.method === 'HEAD' ? 404 : 200, index).end(manifest)), digest);
    assert.equal(await digestIn((_, response) => response.writeHead(200, index).end(manifest)), digest);
    assert.equal(await digestIn((_, response) => response.writeHead(200, { ...index, 'docker-content-digest': 'latest' }).end(manifest)), digest);
  });

  const other = digestOf(Buffer.from('other'));
  const odd: readonly { readonly name: string; readonly answer: RequestListener; readonly fails: ReturnType<typeof failsWith> }[] = [
    {
      name: 'bytes that are not what the header states',
      answer: (_, r) => r.writeHead(200, { ...index, 'docker-content-digest': other }).end(manifest),
      fails: failsWith('unusable', /sent other bytes/),
    },
    {
      name: 'a digest that the registry does not have',
      answer: (request, r) =>
        request.method === 'HEAD' ? r.writeHead(200, { ...index, 'docker-content-digest': other }).end() : r.writeHead(404).end(),
      fails: failsWith('unusable', /does not have it/),
    },
    {
      name: 'a web page',
      answer: (_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome'),
      fails: failsWith('unusable', /is no image/),
    },
    {
      name: 'a web page that calls itself an index',
      answer: (_, r) => r.writeHead(200, index).end('<h1>Welcome'),
      fails: failsWith('unusable', /is no image/),
    },
    {
      name: 'an image of the first format',
      answer: (_, r) => r.writeHead(200, { 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' }).end('{"schemaVersion":1}'),
      fails: failsWith('unusable', /is no image/),
    },
    {
      name: 'what is not there',
      answer: (_, r) => r.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}'),
      fails: failsWith('not-found', /MANIFEST_UNKNOWN; check the name and the tag/),
    },
    {
      name: 'what only others may see',
      answer: (_, r) => r.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
      fails: failsWith('refused', /docker login 127\.0\.0\.1:\d+/),
    },
    { name: 'what is asked for too often', answer: (_, r) => r.writeHead(429).end(), fails: failsWith('refused', /wait, or sign in/) },
  ];
  for (const { name, answer, fails } of odd) {
    test(`is not that of ${name}`, async () => {
      await assert.rejects(digestIn(answer), fails);
    });
  }

  test('nobody listens; offline', async () => {
    const server = await startFileServer((_, response) => response.end());
    await server.close();
    const message = /^cannot look up the digest of .*: no network \(.*\); run again when online$/;
    await assert.rejects(ask()({ kind: 'image', reference: `${server.host}/team/app:1.0` }), failsWith('no-network', message));
    await assert.rejects(
      createAsk({ offline: '--offline was given' })({ kind: 'image', reference: 'alpine:3.22' }),
      failsWith('no-network', message),
    );
  });
});
