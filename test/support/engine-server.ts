import { rmSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryDirectory } from './temporary-directory.ts';

/** An image as an engine keeps it. */
export interface FakeImage {
  readonly id: string;
  readonly layers: readonly string[];
  readonly created?: string;
  /** Of the manifests under it, where the engine can keep several. */
  readonly platforms?: readonly string[];
}

/** How a push is answered: a line of JSON each; `hang` never ends, `cut` breaks the connection. */
export type PushAnswer = readonly (object | 'hang' | 'cut')[] | { readonly status: number; readonly body: unknown };

/** What the engine is, at any moment: tests change it while it runs. */
export interface EngineState {
  apiVersion: string;
  readonly images: Map<string, FakeImage>;
  /** It does not answer when asked for the manifests under an image. */
  failsManifests?: boolean;
  push: PushAnswer;
  /** Called when a push begins. */
  onPush: () => void;
  readonly requests: { readonly method: string; readonly path: string; readonly auth: string | undefined }[];
  /** Connections that the client gave up. */
  closed: number;
}

export const PUSHED_DIGEST = `sha256:${'d'.repeat(64)}`;

/** Starts an engine of our own on a socket, for what real ones do not do when a test wants it: it answers what a push needs, in the shapes of Docker's. */
export async function startEngineServer(
  t: TestContext,
  images: Readonly<Record<string, FakeImage>>,
): Promise<{ readonly host: string; readonly state: EngineState }> {
  const socket = path.join(temporaryDirectory(t), 'engine.sock');
  const state: EngineState = {
    apiVersion: '1.48',
    images: new Map(Object.entries(images)),
    push: [{ status: `1: digest: ${PUSHED_DIGEST} size: 1` }],
    onPush: () => undefined,
    requests: [],
    closed: 0,
  };
  const server = http.createServer((request, response) => {
    answer(state, request, response);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(socket, { force: true });
  });
  return { host: `unix://${socket}`, state };
}

function answer(state: EngineState, request: http.IncomingMessage, response: http.ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://engine');
  const header = request.headers['x-registry-auth'];
  state.requests.push({ method: request.method ?? '', path: request.url ?? '', auth: typeof header === 'string' ? header : undefined });
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'api-version': state.apiVersion }).end(JSON.stringify(body));
  };
  const [, name = '', action] = /^\/v[\d.]+\/images\/(.+)\/(json|tag|push)$/.exec(url.pathname) ?? [];
  if (url.pathname === '/_ping') reply(200, 'OK');
  else if (action === 'push') push(state, response, reply);
  else if (action === undefined) reply(404, { message: 'page not found' });
  else {
    const key = decodeURIComponent(name);
    const image = state.images.get(key) ?? [...state.images.values()].find(({ id }) => id === key);
    if (image === undefined) reply(404, { message: `No such image: ${key}` });
    else if (action === 'json' && state.failsManifests === true && url.searchParams.has('manifests')) reply(500, { message: 'broken' });
    else if (action === 'json') reply(200, describe(state, image));
    else {
      state.images.set(`${url.searchParams.get('repo') ?? ''}:${url.searchParams.get('tag') ?? ''}`, image);
      reply(201, {});
    }
  }
}

function describe(state: EngineState, image: FakeImage): unknown {
  const { id, layers, created, platforms = [] } = image;
  return {
    Id: id,
    RepoTags: [...state.images].flatMap(([name, { id: other }]) => (other === id ? [name] : [])),
    RepoDigests: [],
    Created: created ?? '0001-01-01T00:00:00Z',
    Os: 'linux',
    Architecture: 'amd64',
    Size: 3,
    RootFS: { Type: 'layers', Layers: layers },
    Manifests: platforms.map((platform) => {
      const [os, architecture] = platform.split('/');
      return { Kind: 'image', Available: true, ImageData: { Platform: { os, architecture } } };
    }),
  };
}

function push(state: EngineState, response: http.ServerResponse, reply: (status: number, body: unknown) => void): void {
  state.onPush();
  if ('status' in state.push) {
    reply(state.push.status, state.push.body);
    return;
  }
  response.on('close', () => {
    if (!response.writableFinished) state.closed += 1;
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  for (const line of state.push) {
    if (line === 'hang') return;
    if (line === 'cut') {
      response.write(' ', () => response.destroy());
      return;
    }
    response.write(`${JSON.stringify(line)}\r\n`);
  }
  response.end();
}
