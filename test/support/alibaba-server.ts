import { createHash, createHmac } from 'node:crypto';
import type http from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { startJsonServer } from './json-server.ts';

/** What the account holds; tests change it while the server runs. */
export interface AlibabaState {
  /** Secret by access key id. */
  readonly keys: Map<string, string>;
  /** Actions that are refused for want of a permission. */
  readonly forbidden: Set<string>;
  readonly instances: Record<string, unknown>[];
  /** By ChainId. */
  readonly chains: Map<string, Record<string, unknown>>;
  /** Answers to give first, by action: each is used once. */
  readonly failures: Map<string, { readonly status: number; readonly body: unknown }[]>;
  now: () => number;
  readonly nonces: Set<string>;
  /** How long each answer takes. */
  delayMs: number;
  /** Most requests that were there at the same time. */
  mostAtOnce: number;
  readonly requests: { readonly action: string; readonly parameters: Readonly<Record<string, string>> }[];
}

export interface AlibabaServer {
  readonly host: string;
  readonly state: AlibabaState;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Starts a server on this machine that answers as Alibaba Cloud's API does for the container registry; requests signed by ACS3 or in the older RPC way are let in, others refused. */
export async function startAlibabaServer(now: () => number = Date.now): Promise<AlibabaServer> {
  const state: AlibabaState = {
    keys: new Map([['LTAIexample', 'secret-of-example']]),
    forbidden: new Set(),
    instances: [],
    chains: new Map(),
    failures: new Map(),
    now,
    nonces: new Set(),
    delayMs: 0,
    mostAtOnce: 0,
    requests: [],
  };
  let atOnce = 0;
  const { host, close } = await startJsonServer(async (request, body) => {
    atOnce += 1;
    state.mostAtOnce = Math.max(state.mostAtOnce, atOnce);
    // Who asks for more meanwhile has the time to.
    await setTimeout(state.delayMs);
    atOnce -= 1;
    return respond(state, request, body);
  });
  return { host, state, close };
}

/** Returns the signature of the older RPC style. Written from its documents. @see https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism */
export function signRpc(method: string, parameters: Readonly<Record<string, string>>, secret: string): string {
  const query = Object.keys(parameters)
    .filter((name) => name !== 'Signature')
    .sort()
    .map((name) => `${percent(name)}=${percent(parameters[name] ?? '')}`)
    .join('&');
  return createHmac('sha1', `${secret}&`)
    .update(`${method}&${percent('/')}&${percent(query)}`)
    .digest('base64');
}

function respond(state: AlibabaState, request: http.IncomingMessage, body: Buffer): Answer {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const parameters = Object.fromEntries([...url.searchParams, ...(isForm(request) ? new URLSearchParams(body.toString('utf8')) : [])]);
  const header = headerOf(request, 'authorization');
  const refused = header.startsWith('ACS3') ? checkAcs3(state, request, url, body, header) : checkRpc(state, request.method ?? 'POST', parameters);
  if (refused !== undefined) return { status: 400, body: { Code: refused, Message: 'Specified signature is not matched with our calculation.' } };
  const action = headerOf(request, 'x-acs-action') || (parameters.Action ?? '');
  state.requests.push({ action, parameters });
  if (state.forbidden.has(action))
    return { status: 403, body: { Code: 'Forbidden.RAM', Message: 'User not authorized to operate on the specified resource' } };
  const failure = state.failures.get(action)?.shift();
  return failure ?? { status: 200, body: { RequestId: '0', Code: 'success', IsSuccess: true, ...perform(state, action, parameters) } };
}

function isForm(request: http.IncomingMessage): boolean {
  return headerOf(request, 'content-type').startsWith('application/x-www-form-urlencoded');
}

function checkAcs3(state: AlibabaState, request: http.IncomingMessage, url: URL, body: Buffer, header: string): string | undefined {
  const [, id = '', names = '', signature = ''] =
    /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(header) ?? [];
  const secret = state.keys.get(id);
  if (secret === undefined) return 'InvalidAccessKeyId.NotFound';
  const hash = createHash('sha256').update(body).digest('hex');
  if (headerOf(request, 'x-acs-content-sha256') !== hash) return 'SignatureDoesNotMatch';
  if (Math.abs(Date.parse(headerOf(request, 'x-acs-date')) - state.now()) > 15 * 60_000) return 'InvalidTimeStamp.Expired';
  const query = [...url.searchParams].map(([name, value]) => `${percent(name)}=${percent(value)}`).sort();
  const headers = names.split(';').map((name) => `${name}:${headerOf(request, name).trim()}\n`);
  const canonical = `${request.method ?? ''}\n/\n${query.join('&')}\n${headers.join('')}\n${names}\n${hash}`;
  const expected = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`)
    .digest('hex');
  if (expected !== signature) return 'SignatureDoesNotMatch';
  return useNonce(state, headerOf(request, 'x-acs-signature-nonce'));
}

function checkRpc(state: AlibabaState, method: string, parameters: Readonly<Record<string, string>>): string | undefined {
  const secret = state.keys.get(parameters.AccessKeyId ?? '');
  if (secret === undefined) return 'InvalidAccessKeyId.NotFound';
  if (signRpc(method, parameters, secret) !== parameters.Signature) return 'SignatureDoesNotMatch';
  return useNonce(state, parameters.SignatureNonce ?? '');
}

function useNonce(state: AlibabaState, nonce: string): string | undefined {
  if (nonce === '' || state.nonces.has(nonce)) return 'SignatureNonceUsed';
  state.nonces.add(nonce);
  return undefined;
}

function perform(state: AlibabaState, action: string, parameters: Readonly<Record<string, string>>): Record<string, unknown> {
  const size = Number(parameters.PageSize ?? 30);
  const start = (Number(parameters.PageNo ?? 1) - 1) * size;
  switch (action) {
    case 'ListInstance': {
      const found = state.instances.filter(({ InstanceName }) => String(InstanceName).includes(parameters.InstanceName ?? ''));
      return { TotalCount: found.length, Instances: found.slice(start, start + size) };
    }
    case 'ListChain': {
      const found = [...state.chains.values()].map(({ ChainId, Name }) => ({ ChainId, Name }));
      return { TotalCount: found.length, Chains: found.slice(start, start + size) };
    }
    case 'GetChain':
      return state.chains.get(parameters.ChainId ?? '') ?? { IsSuccess: false, Code: 'CHAIN_NOT_EXIST' };
    default:
      return { IsSuccess: false, Code: 'InvalidAction.NotFound' };
  }
}

function headerOf(request: http.IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function percent(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
