import { createHash, createHmac } from 'node:crypto';
import type http from 'node:http';
import { startJsonServer } from './json-server.ts';

export interface HuaweiState {
  /** Secret key by access key. */
  readonly keys: Map<string, string>;
  readonly tokens: Set<string>;
  readonly project: string;
  readonly instances: Record<string, unknown>[];
  /** By instance id and name. */
  readonly namespaces: Map<string, Record<string, unknown>>;
  /** Status to answer with, whatever is asked. */
  failure: number | undefined;
}

export interface HuaweiServer {
  readonly host: string;
  readonly state: HuaweiState;
  close(): Promise<void>;
}

/** Starts a server on this machine that answers as SWR Enterprise's API does, and refuses what carries neither a known token nor a right signature. */
export async function startHuaweiServer(): Promise<HuaweiServer> {
  const state: HuaweiState = {
    keys: new Map([['AKexample', 'secret-of-example']]),
    tokens: new Set(['tok-example']),
    project: 'p1',
    instances: [],
    namespaces: new Map(),
    failure: undefined,
  };
  const { host, close } = await startJsonServer((request) => {
    const [status, body] = respond(state, request);
    return { status, body };
  });
  return { host, state, close };
}

function respond(state: HuaweiState, request: http.IncomingMessage): readonly [status: number, body: unknown] {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (!isSigned(state, request, url))
    return [401, { error_code: 'APIGW.0301', error_msg: 'Incorrect IAM authentication information: verify aksk signature fail' }];
  if (state.failure !== undefined) return [state.failure, { error_code: 'SVCSTG.SWR.1', error_msg: 'refused' }];
  const [, version, project, kind, instance = '', what, namespace = ''] = url.pathname.split('/').map(decodeURIComponent);
  if (version !== 'v2' || project !== state.project || kind !== 'instances') return [404, {}];
  if (instance === '') {
    const offset = Number(url.searchParams.get('offset') ?? 0);
    return [200, { instances: state.instances.slice(offset, offset + 100), total: state.instances.length }];
  }
  const found = what === 'namespaces' ? state.namespaces.get(`${instance}/${namespace}`) : undefined;
  return found === undefined ? [404, { error_code: 'SVCSTG.SWR.4', error_msg: 'not found' }] : [200, found];
}

/** Written from the documents of the signature, apart from the product's signer. */
function isSigned(state: HuaweiState, request: http.IncomingMessage, url: URL): boolean {
  const token = request.headers['x-auth-token'];
  if (typeof token === 'string') return state.tokens.has(token);
  const [, access = '', names = '', signature = ''] =
    /^SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? '') ?? [];
  const secret = state.keys.get(access);
  if (secret === undefined) return false;
  const header = (name: string): string => {
    const value = request.headers[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const query = [...url.searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort();
  const canonical = `${request.method ?? ''}\n${url.pathname.replace(/\/?$/, '/')}\n${query.join('&')}\n${names
    .split(';')
    .map((name) => `${name}:${header(name)}\n`)
    .join('')}\n${names}\n${createHash('sha256').update('').digest('hex')}`;
  const toSign = `SDK-HMAC-SHA256\n${header('x-sdk-date')}\n${createHash('sha256').update(canonical).digest('hex')}`;
  return createHmac('sha256', secret).update(toSign).digest('hex') === signature;
}
