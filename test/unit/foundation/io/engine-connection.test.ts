import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import type { EngineEndpoint } from '../../../../src/foundation/io/engine-connection.ts';
import { EngineConnectionError, askEngine, readAnswer } from '../../../../src/foundation/io/engine-connection.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

async function serve(t: TestContext, listener: http.RequestListener): Promise<EngineEndpoint> {
  const server = http.createServer(listener);
  const socket = path.join(temporaryDirectory(t), 's');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { transport: { kind: 'socket', path: socket }, address: `unix://${socket}`, origin: 'default' };
}

const isFailure = (code: string) => (error: unknown) => error instanceof EngineConnectionError && error.code === code;

test('an answer, its status, headers and body', async (t) => {
  const endpoint = await serve(t, (request, response) =>
    response.writeHead(201, { 'Api-Version': '1.41' }).end(`${request.method ?? ''} ${request.url ?? ''}`),
  );
  const answer = await askEngine(endpoint, { path: '/a?b' });
  assert.deepEqual([answer.status, answer.headers['api-version']], [201, '1.41']);
  assert.equal(new TextDecoder().decode(await readAnswer(answer)), 'GET /a?b');
});

test('over TCP, below a prefix', async (t) => {
  const server = http.createServer((request, response) => response.end(request.url));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const answer = await askEngine(
    { transport: { kind: 'tcp', host: '127.0.0.1', port, pathPrefix: '/prefix' }, address: '', origin: '' },
    { path: '/_ping' },
  );
  assert.equal(new TextDecoder().decode(await readAnswer(answer)), '/prefix/_ping');
});

test('nobody there, and nobody who speaks TLS', async (t) => {
  const absent = { transport: { kind: 'socket' as const, path: path.join(temporaryDirectory(t), 'none') }, address: '', origin: '' };
  await assert.rejects(askEngine(absent, { path: '/' }), isFailure('absent'));
  const server = http.createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  await assert.rejects(
    askEngine({ transport: { kind: 'tcp', host: '127.0.0.1', port, tls: { verify: true } }, address: '', origin: '' }, { path: '/' }),
    isFailure('tls'),
  );
});

test('silence before the answer and in the middle of it', async (t) => {
  const endpoint = await serve(t, (request, response) => {
    if (request.url === '/body') response.write('begun');
  });
  await assert.rejects(askEngine(endpoint, { path: '/', answerTimeoutMs: 20 }), isFailure('timeout'));
  const body = (await askEngine(endpoint, { path: '/body' })).body(300);
  assert.equal((await body.next()).done, false);
  await assert.rejects(body.next(), isFailure('timeout'));
});

test('a reader that takes its time is not the engine’s silence', async (t) => {
  const endpoint = await serve(t, (_, response) => {
    response.write('begun', () => setTimeout(() => response.end('ended'), 10));
  });
  const body = (await askEngine(endpoint, { path: '/' })).body(500);
  assert.equal((await body.next()).done, false);
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(new TextDecoder().decode((await body.next()).value ?? undefined), 'ended');
});

test('a connection that breaks, whatever length was promised', async (t) => {
  const endpoint = await serve(t, (request, response) => {
    if (request.url === '/length') response.setHeader('Content-Length', 1000);
    response.write('begun', () => setTimeout(() => response.destroy(), 10));
  });
  for (const url of ['/chunked', '/length']) await assert.rejects(readAnswer(await askEngine(endpoint, { path: url })), isFailure('broken'));
});

test('an answer larger than its bound, and one that nobody reads', async (t) => {
  const endpoint = await serve(t, (_, response) => response.end('x'.repeat(1000)));
  await assert.rejects(readAnswer(await askEngine(endpoint, { path: '/' }), 999), isFailure('too-large'));
  (await askEngine(endpoint, { path: '/' })).close();
});

test('an abort before, while waiting, and while reading', async (t) => {
  const controller = new AbortController();
  const endpoint = await serve(t, (request, response) => {
    if (request.url === '/body') response.write('begun');
    else controller.abort(new Error('enough'));
  });
  const answer = await askEngine(endpoint, { path: '/body', signal: controller.signal });
  await assert.rejects(askEngine(endpoint, { path: '/', signal: controller.signal }), /enough/);
  await assert.rejects(readAnswer(answer), /enough/);
  await assert.rejects(askEngine(endpoint, { path: '/', signal: controller.signal }), /enough/);
});
