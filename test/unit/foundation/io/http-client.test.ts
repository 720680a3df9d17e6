import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { HttpErrorCode } from '../../../../src/foundation/io/http.ts';
import { findOnPath, runCommand } from '../../../support/processes.ts';

const client = createHttpClient({ proxyEnvironment: {} });
const open: (Server | http.Server)[] = [];
after(() => {
  for (const server of open) {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  }
});

const failsWith =
  (code: HttpErrorCode, message = /./) =>
  (error: Error & { code?: string }) => {
    assert.equal(error.name, 'HttpError', error.stack);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };

describe('answers', () => {
  test('any status is one; names of headers come in lower case', async () => {
    const url = await serve((_, response) => response.writeHead(418, { 'X-Thing': 'a', 'Set-Cookie': ['a=1', 'b=2'] }).end('tea'));
    const { status, headers, body } = await client.request({ url });
    assert.deepEqual([status, headers['x-thing'], headers['set-cookie'], new TextDecoder().decode(body)], [418, 'a', 'a=1, b=2', 'tea']);
  });
  test('method, body and headers are sent', async () => {
    const url = await serve((request, response) => {
      request.on('data', (chunk: Buffer) =>
        response.write(`${request.method ?? ''} ${String(request.headers['x-a'])} ${request.headers['user-agent'] ?? ''} ${chunk.toString()}`),
      );
      request.on('end', () => response.end());
    });
    const { body } = await client.request({ method: 'POST', url, body: 'x', headers: { 'X-A': 'b' } });
    assert.equal(new TextDecoder().decode(body), 'POST b plimsoll x');
  });
});

describe('bounds', () => {
  test('a stated and an unstated size beyond the bound', async () => {
    const stated = await serve((_, response) => response.writeHead(200, { 'content-length': '1000000' }).end());
    await assert.rejects(client.request({ url: stated, maxBytes: 999_999 }), failsWith('too-large'));
    const endless = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 0);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    await assert.rejects(client.request({ url: endless, maxBytes: 100_000 }), failsWith('too-large'));
  });
  test('a HEAD states the size of what it does not send', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-length': '1000000' }).end());
    assert.equal((await client.request({ method: 'HEAD', url, maxBytes: 10 })).status, 200);
  });
  test('no answer, an answer that trickles', async () => {
    await assert.rejects(client.request({ url: await serve(() => undefined), timeoutMs: 30 }), failsWith('timeout'));
    const trickle = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    await assert.rejects(client.request({ url: trickle, timeoutMs: 60 }), failsWith('timeout'));
  });
  test('a signal, before and while', async () => {
    const url = await serve(() => undefined);
    await assert.rejects(client.request({ url, signal: AbortSignal.abort() }), failsWith('aborted'));
    const controller = new AbortController();
    const pending = client.request({ url, signal: controller.signal });
    setTimeout(() => {
      controller.abort();
    }, 10);
    await assert.rejects(pending, failsWith('aborted'));
  });
});

describe('what is no HTTP', () => {
  for (const [name, bytes] of [
    ['garbage', 'hello\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a header without end', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(100_000)}`],
  ] as const) {
    test(name, async () => {
      await assert.rejects(client.request({ url: await serveRaw(bytes) }), failsWith('malformed'));
    });
  }
  test('an answer that is cut off', async () => {
    await assert.rejects(client.request({ url: await serveRaw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab') }), failsWith('unreachable'));
  });
  test('nobody listens', async () => {
    await assert.rejects(client.request({ url: 'http://127.0.0.1:1/' }), failsWith('unreachable', /connection refused/));
  });
});

describe('what is not asked', () => {
  for (const [url, code] of [
    ['http://192.0.2.1/', 'refused'],
    ['http://example.com/', 'refused'],
    ['http://localhost.example.com/', 'refused'],
    ['https://user:hunter2@example.com/', 'refused'],
    ['ftp://example.com/', 'malformed'],
    ['file:///etc/passwd', 'malformed'],
    ['no address', 'malformed'],
  ] as const) {
    test(url, async () => {
      await assert.rejects(client.request({ url }), (error: Error) => failsWith(code)(error) && !error.message.includes('hunter2'));
    });
  }
  test('a header with a line break in it', async () => {
    const url = await serve((_, response) => response.end());
    await assert.rejects(client.request({ url, headers: { authorization: 'a\r\nHost: evil' } }), failsWith('malformed'));
  });
});

describe('redirects', () => {
  test('to the same server keep the headers; to another only what anyone may see', async () => {
    const seen: http.IncomingHttpHeaders[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers);
      response.end('there');
    });
    const url = await serve((request, response) => {
      if (request.url === '/away') response.writeHead(307, { location: `${other}/x` }).end();
      else if (request.url === '/near') response.writeHead(302, { location: '/here' }).end();
      else {
        seen.push(request.headers);
        response.end('here');
      }
    });
    const headers = { authorization: 'Basic c2VjcmV0', cookie: 'a=b', 'x-token': 't', accept: 'text/plain' };
    assert.equal(new TextDecoder().decode((await client.request({ url: `${url}/near`, headers })).body), 'here');
    assert.equal(seen[0]?.authorization, 'Basic c2VjcmV0');
    assert.equal(new TextDecoder().decode((await client.request({ url: `${url}/away`, headers })).body), 'there');
    assert.deepEqual(
      [seen[1]?.authorization, seen[1]?.cookie, seen[1]?.['x-token'], seen[1]?.accept],
      [undefined, undefined, undefined, 'text/plain'],
    );
  });
  test('for ever', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/' }).end());
    await assert.rejects(client.request({ url }), failsWith('malformed', /more than 5 times/));
  });
  for (const location of ['http://192.0.2.1/', 'http://example.com/', 'file:///etc/passwd', 'http://u:p@127.0.0.1/', 'http://[']) {
    test(`to ${location}`, async () => {
      const url = await serve((_, response) => response.writeHead(302, { location }).end());
      await assert.rejects(client.request({ url }), (error: Error & { code?: string }) => error.code === 'refused' || error.code === 'malformed');
    });
  }
  test('of a POST are an answer', async () => {
    const url = await serve((_, response) => response.writeHead(307, { location: '/elsewhere' }).end());
    assert.equal((await client.request({ method: 'POST', url, body: 'secret' })).status, 307);
  });
});

describe('downloads', () => {
  test('come in chunks, one after the other', async () => {
    const url = await serve((_, response) => {
      for (let i = 0; i < 50; i += 1) response.write('x'.repeat(20_000));
      response.end();
    });
    let size = 0;
    let busy = false;
    const { status, body } = await client.download({ url, maxBytes: 2_000_000 }, async (chunk) => {
      assert.equal(busy, false);
      busy = true;
      await new Promise((resolve) => setImmediate(resolve));
      busy = false;
      size += chunk.length;
    });
    assert.deepEqual([status, size, body.length], [200, 1_000_000, 0]);
  });
  test('an error comes as text', async () => {
    const url = await serve((_, response) => response.writeHead(404).end('gone'));
    const { status, body } = await client.download({ url, maxBytes: 2 ** 30 }, () => assert.fail());
    assert.deepEqual([status, new TextDecoder().decode(body)], [404, 'gone']);
  });
  test('too much of it, a stopped one, and what the taker throws', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(100_000)));
    await assert.rejects(
      client.download({ url, maxBytes: 99_999 }, () => undefined),
      failsWith('too-large'),
    );
    await assert.rejects(
      client.download({ url, maxBytes: 1e6 }, () => Promise.reject(new TypeError('disk full'))),
      { name: 'TypeError', message: 'disk full' },
    );
    const stalled = await serve((_, response) => response.write('x'));
    const controller = new AbortController();
    await assert.rejects(
      client.download({ url: stalled, maxBytes: 1e6, signal: controller.signal }, () => {
        controller.abort();
      }),
      failsWith('aborted'),
    );
    await assert.rejects(
      client.download({ url: stalled, maxBytes: 1e6, timeoutMs: 30 }, () => undefined),
      failsWith('timeout'),
    );
  });
});

describe('https', { skip: findOnPath('openssl') === undefined ? 'openssl is not installed' : false }, () => {
  let folder: string;
  let port: number;
  let ca: string;
  let seen: http.IncomingHttpHeaders = {};
  test('set up', async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'plimsoll-tls-'));
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    await runCommand('openssl', [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=registry.test',
      '-addext',
      'subjectAltName=DNS:registry.test,DNS:localhost',
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
    ca = await readFile(certificate, 'utf8');
    const server = https.createServer({ key: await readFile(key), cert: ca }, (request, response) => {
      seen = request.headers;
      if (request.url === '/down') response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end();
      else response.end('secure');
    });
    port = await listen(server);
    await rm(folder, { recursive: true });
  });
  test('a certificate nobody vouches for', async () => {
    await assert.rejects(client.request({ url: `https://localhost:${port}/` }), failsWith('tls', /NODE_EXTRA_CA_CERTS/));
  });
  test('one that is vouched for, and for another name', async () => {
    const trusting = createHttpClient({ ca: [ca], proxyEnvironment: {} });
    assert.equal(new TextDecoder().decode((await trusting.request({ url: `https://localhost:${port}/` })).body), 'secure');
    await assert.rejects(trusting.request({ url: `https://127.0.0.1:${port}/` }), failsWith('tls', /another name/));
    await assert.rejects(client.request({ url: `https://localhost:${port}/` }), failsWith('tls'), 'trust is the client’s own');
  });
  test('no TLS where it should be', async () => {
    const plain = new URL(await serve((_, response) => response.end()));
    await assert.rejects(client.request({ url: `https://localhost:${plain.port}/` }), failsWith('tls', /does not speak TLS/));
  });
  test('a redirect down to plain http', async () => {
    const trusting = createHttpClient({ ca: [ca], proxyEnvironment: {} });
    await assert.rejects(trusting.request({ url: `https://localhost:${port}/down` }), failsWith('refused', /from https to plain http/));
  });
  test('through a proxy: a tunnel, in which the certificate is checked all the same', async () => {
    const asked: string[] = [];
    const proxy = await startProxy(asked, () => port);
    const environment = { HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxy}` };
    const trusting = createHttpClient({ ca: [ca], proxyEnvironment: environment });
    const { body } = await trusting.request({ url: 'https://registry.test/v2/', headers: { authorization: 'Bearer t' } });
    assert.equal(new TextDecoder().decode(body), 'secure');
    assert.deepEqual(asked, [`registry.test:443 Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
    assert.deepEqual([seen.authorization, seen['proxy-authorization'], seen.host], ['Bearer t', undefined, 'registry.test']);
    await assert.rejects(trusting.request({ url: 'https://other.test/' }), failsWith('tls', /another name/));
    await assert.rejects(createHttpClient({ proxyEnvironment: environment }).request({ url: 'https://registry.test/' }), failsWith('tls'));
  });
  test('a proxy that refuses, is gone, is nonsense, or is slow', async () => {
    const through = (address: string, timeoutMs = 20_000) =>
      createHttpClient({ proxyEnvironment: { https_proxy: address } }).request({ url: 'https://registry.test/', timeoutMs });
    const refusing = new URL(await serve((_, response) => response.writeHead(403).end()));
    await assert.rejects(through(refusing.href), failsWith('unreachable', /proxy/));
    await assert.rejects(through('http://127.0.0.1:1'), failsWith('unreachable', /check HTTPS_PROXY/));
    await assert.rejects(
      through('socks5://hunter2@127.0.0.1:1'),
      (error: Error) => failsWith('malformed')(error) && !error.message.includes('hunter2'),
    );
    const slow = createServer();
    await assert.rejects(through(`127.0.0.1:${await listen(slow)}`, 50), failsWith('timeout'));
  });
});

async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  return `http://127.0.0.1:${await listen(server)}`;
}

async function serveRaw(bytes: string): Promise<string> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

function listen(server: Server | http.Server): Promise<number> {
  open.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** A proxy that sends every tunnel to one port. */
async function startProxy(asked: string[], target: () => number): Promise<number> {
  const server = http.createServer();
  server.on('connect', (request, socket: Socket) => {
    asked.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`);
    const upstream = connect(target(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => upstream.destroy());
  });
  return listen(server);
}
