import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type http from 'node:http';
import { startJsonServer } from './json-server.ts';

/** What the account holds; tests change it while the server runs. */
export interface TencentState {
  /** Secret key by secret id. */
  readonly keys: Map<string, string>;
  /** Actions each key may do; absent: all. */
  readonly permissions: Map<string, readonly string[]>;
  readonly instances: Record<string, unknown>[];
  /** By RegistryId. */
  readonly namespaces: Map<string, Record<string, unknown>[]>;
  readonly customDomains: Map<string, readonly string[]>;
  /** Errors to answer first, by action: each is used once. */
  readonly failures: Map<string, { Code: string; Message: string }[]>;
  /** Whether Offset counts pages or records; documents and tools disagree. */
  offsetCounts: 'pages' | 'records';
  /** Milliseconds that this side's clock is ahead of the client's idea of now. */
  now: () => number;
  readonly requests: { readonly action: string; readonly region: string; readonly parameters: Record<string, unknown> }[];
}

export interface TencentServer {
  readonly host: string;
  readonly state: TencentState;
  close(): Promise<void>;
}

/** Starts a server on this machine that answers as Tencent Cloud's API does for the container registry, and refuses what is not signed right. */
export async function startTencentServer(now: () => number = Date.now): Promise<TencentServer> {
  const state: TencentState = {
    keys: new Map([['AKIDexample', 'secret-of-example']]),
    permissions: new Map(),
    instances: [],
    namespaces: new Map(),
    customDomains: new Map(),
    failures: new Map(),
    offsetCounts: 'pages',
    now,
    requests: [],
  };
  const { host, close } = await startJsonServer((request, body) => ({
    status: 200,
    body: { Response: { ...respond(state, request, body), RequestId: '00000000-0000-0000-0000-000000000000' } },
  }));
  return { host, state, close };
}

function respond(state: TencentState, request: http.IncomingMessage, body: Buffer): Record<string, unknown> {
  const action = headerOf(request, 'x-tc-action');
  const region = headerOf(request, 'x-tc-region');
  const refused = checkSignature(state, request, body);
  if (typeof refused === 'object') return { Error: refused };
  const parameters = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  state.requests.push({ action, region, parameters });
  const allowed = state.permissions.get(refused);
  if (allowed !== undefined && !allowed.includes(action))
    return { Error: { Code: 'UnauthorizedOperation', Message: `you are not authorized to perform operation (tcr:${action})` } };
  const failure = state.failures.get(action)?.shift();
  if (failure !== undefined) return { Error: failure };
  return perform(state, action, region, parameters);
}

/** Returns the secret id that signed, or why the request is refused. Written from the documents of the signature, apart from the product's signer. */
function checkSignature(state: TencentState, request: http.IncomingMessage, body: Buffer): string | { Code: string; Message: string } {
  const match =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/(\d{4}-\d\d-\d\d)\/([^/]+)\/tc3_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headerOf(request, 'authorization'),
    );
  if (match === null) return { Code: 'AuthFailure.InvalidAuthorization', Message: 'Authorization is malformed' };
  const [, id = '', date = '', service = '', names = '', signature = ''] = match;
  const secret = state.keys.get(id);
  if (secret === undefined) return { Code: 'AuthFailure.SecretIdNotFound', Message: 'The SecretId is not found' };
  const timestamp = Number(headerOf(request, 'x-tc-timestamp'));
  if (Math.abs(state.now() / 1000 - timestamp) > 300) return { Code: 'AuthFailure.SignatureExpire', Message: 'Signature is expired' };
  if (new Date(timestamp * 1000).toISOString().slice(0, 10) !== date) return { Code: 'AuthFailure.SignatureFailure', Message: 'wrong date' };
  // The SDK signs the host without its port.
  const hosts = [headerOf(request, 'host'), headerOf(request, 'host').replace(/:\d+$/, '')];
  const matches = hosts.some((host) => {
    const canonicalHeaders = names.split(';').map((name) => `${name}:${(name === 'host' ? host : headerOf(request, name)).trim().toLowerCase()}\n`);
    const canonical = `POST\n/\n\n${canonicalHeaders.join('')}\n${names}\n${createHash('sha256').update(body).digest('hex')}`;
    const hashed = createHash('sha256').update(canonical).digest('hex');
    const key = createHmac(
      'sha256',
      createHmac('sha256', createHmac('sha256', `TC3${secret}`).update(date).digest())
        .update(service)
        .digest(),
    )
      .update('tc3_request')
      .digest();
    const expected = createHmac('sha256', key).update(`TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hashed}`).digest();
    return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
  });
  return matches
    ? id
    : { Code: 'AuthFailure.SignatureFailure', Message: 'The provided credentials could not be validated. Please check your signature is correct.' };
}

function perform(state: TencentState, action: string, region: string, parameters: Record<string, unknown>): Record<string, unknown> {
  const limit = Math.min(Number(parameters.Limit ?? 20), 100);
  const offset = Number(parameters.Offset ?? 0);
  const id = typeof parameters.RegistryId === 'string' ? parameters.RegistryId : '';
  const home = state.instances.find((instance) => instance.RegistryId === id);
  switch (action) {
    case 'DescribeInstances':
      return { TotalCount: state.instances.length, Registries: state.instances.slice(offset, offset + limit) };
    case 'DescribeInstanceCustomizedDomain':
      return { TotalCount: 1, DomainInfoList: (state.customDomains.get(id) ?? []).map((DomainName) => ({ DomainName, RegistryId: id })) };
    case 'DescribeNamespaces': {
      if (home === undefined || home.RegionName !== region) return { Error: { Code: 'ResourceNotFound', Message: 'registry not found' } };
      const wanted = typeof parameters.NamespaceName === 'string' ? parameters.NamespaceName : '';
      // The filter is fuzzy.
      const found = (state.namespaces.get(id) ?? []).filter((namespace) => String(namespace.Name).includes(wanted));
      const start = state.offsetCounts === 'pages' ? offset * limit : offset;
      return { TotalCount: found.length, NamespaceList: found.slice(start, start + limit) };
    }
    default:
      return { Error: { Code: 'InvalidAction', Message: action } };
  }
}

function headerOf(request: http.IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}
