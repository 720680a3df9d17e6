import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A project as a test sets it up: metadata as Harbor stores it, every value a string, keys may be absent. */
export interface HarborProject {
  id: number;
  metadata: Record<string, unknown>;
  allowlist: HarborAllowlist;
  /** Above 0: a proxy cache. */
  registryId?: number;
  /** Users who may read it, besides everyone for a public one. Default: every user. */
  readers?: readonly string[];
}

export interface HarborAllowlist {
  expires_at?: number | null;
  items: { cve_id: string }[];
}

/** What Harbor's own scan of an artifact is at. Without a status nobody has scanned it. */
export interface HarborScan {
  readonly status?: 'Pending' | 'Running' | 'Success' | 'Error' | 'Stopped';
  readonly vulnerabilities?: readonly { readonly id: string; readonly package: string; readonly version: string; readonly severity: string }[] | null;
  /** As Harbor up to 2.5 keys its reports. */
  readonly old?: boolean;
}

/** How one path misbehaves. `hang` never answers. */
export type HarborFailure = 'hang' | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

/** What the server is, at any moment: tests change it while it runs. */
export interface HarborState {
  /** As systeminfo tells it, to those who are signed in: 'v2.9.0-abcdef12'. */
  version: string;
  /** Password (or robot secret, or OIDC CLI secret) by user name. */
  readonly users: Map<string, string>;
  readonly projects: Map<string, HarborProject>;
  systemAllowlist: HarborAllowlist;
  /** With OIDC, the secrets that docker uses open only part of the API. */
  oidc: boolean;
  /** 'team/app:1.0' of images that a pull is refused for. */
  readonly blocked: Set<string>;
  /** Artifacts that were pushed, with their scan: by 'team/app@sha256:…', or by '*'. Each time one is asked for, its next state counts; the last one stays. */
  readonly scans: Map<string, HarborScan[]>;
  /** By path as sent, or by '*'. */
  readonly failures: Map<string, HarborFailure>;
  /** Every request so far. */
  readonly requests: { readonly method: string; readonly path: string; readonly authorization: string | undefined }[];
}

export interface HarborServer {
  readonly url: string;
  /** '127.0.0.1:41234': what image references begin with. */
  readonly host: string;
  readonly state: HarborState;
  close(): Promise<void>;
}

export interface HarborOptions {
  readonly version?: string;
  readonly users?: Readonly<Record<string, string>>;
  /** By name; what is left out is as Harbor creates a project: private, no policy. */
  readonly projects?: Readonly<Record<string, Partial<HarborProject>>>;
  readonly systemAllowlist?: HarborAllowlist;
  readonly oidc?: boolean;
  /** 'host:port' of a real registry that takes what is pushed; without one, manifests are either blocked or not there. */
  readonly registry?: string;
}

/** Starts a server on this machine that answers the part of Harbor's API 2.0 that a policy check asks for, shaped as real Harbors 2.5 and 2.9 answer. */
export async function startHarborServer(options: HarborOptions = {}): Promise<HarborServer> {
  const state: HarborState = {
    version: options.version ?? 'v2.9.0-1b2c3d4e',
    users: new Map(Object.entries(options.users ?? {})),
    projects: new Map(
      Object.entries(options.projects ?? {}).map(([name, project], index) => [
        name,
        { id: index + 1, metadata: { public: 'false' }, allowlist: { items: [] }, ...project },
      ]),
    ),
    systemAllowlist: options.systemAllowlist ?? { items: [] },
    oidc: options.oidc ?? false,
    blocked: new Set(),
    scans: new Map(),
    failures: new Map(),
    requests: [],
  };
  const { registry: target } = options;
  const server = http.createServer((request, response) => {
    if (target !== undefined && request.url?.startsWith('/v2/') === true) handOn(target, request, response);
    else answer(state, request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** The host stays as the client named it: the registry puts it into the addresses that it answers with. */
function handOn(target: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, url, headers } = request;
  const forwarded = http.request(`http://${target}${url ?? ''}`, { method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 500, reply.headers);
    reply.pipe(response);
  });
  forwarded.on('error', () => response.destroy());
  request.pipe(forwarded);
}

function answer(state: HarborState, request: http.IncomingMessage, response: http.ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://harbor');
  state.requests.push({ method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization });
  const failure = state.failures.get(url.pathname) ?? state.failures.get('*');
  if (failure === 'hang') return;
  if (failure !== undefined) {
    response
      .writeHead(failure.status, { 'content-type': 'application/json', ...failure.headers })
      .end(failure.body ?? '{"errors":[{"code":"UNKNOWN","message":"failed"}]}');
    return;
  }
  const reply = url.pathname.startsWith('/api/v2.0/') ? api(state, url, request) : registry(state, url, request);
  response.writeHead(reply.status, { 'content-type': 'application/json; charset=utf-8', ...reply.headers });
  response.end(request.method === 'HEAD' ? undefined : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function api(state: HarborState, url: URL, request: http.IncomingMessage): Reply {
  const path = url.pathname.slice('/api/v2.0'.length);
  const sentUser = userOf(request, state);
  if (sentUser === 'wrong') return fail(401, 'UNAUTHORIZED');
  // The secret opens the list; elsewhere it is as if nobody had signed in.
  const user = state.oidc && path !== '/projects' ? undefined : sentUser;
  if (path === '/ping') return { status: 200, body: 'Pong', headers: { 'content-type': 'text/plain' } };
  if (path === '/systeminfo') {
    const info = { auth_mode: state.oidc ? 'oidc_auth' : 'db_auth', banner_message: '', primary_auth_mode: false, self_registration: false };
    return { status: 200, body: user === undefined ? info : { ...info, harbor_version: state.version, external_url: '' } };
  }
  if (path === '/system/CVEAllowlist') {
    return user === undefined ? fail(401, 'UNAUTHORIZED') : { status: 200, body: { id: 0, project_id: 0, ...state.systemAllowlist } };
  }
  if (path === '/projects') return listProjects(state, url, user);
  const artifact = /^\/projects\/([^/]+)\/repositories\/([^/]+)\/artifacts\/([^/]+)(\/additions\/vulnerabilities)?$/.exec(path);
  if (artifact !== null) return user === undefined ? fail(401, 'UNAUTHORIZED') : getScan(state, artifact);
  const name = /^\/projects\/([^/]+)$/.exec(path)?.[1];
  return name === undefined
    ? fail(404, 'NOT_FOUND')
    : getProject(state, decodeURIComponent(name), request.headers['x-is-resource-name'] === 'true', user);
}

function getProject(state: HarborState, text: string, isName: boolean, user: string | undefined): Reply {
  const byId = /^\d+$/.test(text) && !isName;
  const found = [...state.projects].find(([name, { id }]) => (byId ? String(id) === text : name === text));
  if (found === undefined) {
    if (user === undefined) return fail(401, 'UNAUTHORIZED');
    return isBefore29(state.version) ? fail(403, 'FORBIDDEN') : fail(404, 'NOT_FOUND');
  }
  if (!mayRead(found[1], user)) return user === undefined ? fail(401, 'UNAUTHORIZED') : fail(403, 'FORBIDDEN');
  return { status: 200, body: toBody(...found) };
}

/** A repository's name is decoded twice: once by the router, once by the handler. */
function getScan(state: HarborState, [, project = '', repository = '', digest = '', addition]: RegExpExecArray): Reply {
  const name = `${decodeURIComponent(project)}/${decodeURIComponent(decodeURIComponent(repository))}@${decodeURIComponent(digest)}`;
  const states = state.scans.get(name) ?? state.scans.get('*');
  const scan = states?.[0];
  if (scan === undefined) return fail(404, 'NOT_FOUND');
  const type = scan.old === true ? OLD_REPORT : REPORT;
  const isDone = scan.status === 'Success';
  if (addition === undefined) {
    if (states !== undefined && states.length > 1) states.shift();
    return {
      status: 200,
      body: { digest: decodeURIComponent(digest), ...(scan.status === undefined ? {} : { scan_overview: { [type]: { scan_status: scan.status } } }) },
    };
  }
  if (!isDone) return { status: 200, body: {} };
  const scanner = { name: 'Trivy', vendor: 'Aqua Security', version: 'v0.44.0' };
  // Real servers have answered Unknown here beside entries that are High.
  const report = { generated_at: '2026-11-01T10:00:00.000Z', scanner, severity: 'Unknown', vulnerabilities: scan.vulnerabilities };
  return { status: 200, body: { [type]: report } };
}

/** The name filter is fuzzy. */
function listProjects(state: HarborState, url: URL, user: string | undefined): Reply {
  const wanted = url.searchParams.get('name') ?? '';
  const page = Number(url.searchParams.get('page') ?? '1');
  const size = Number(url.searchParams.get('page_size') ?? '10');
  const matching = [...state.projects].filter(([name, project]) => name.includes(wanted) && mayRead(project, user));
  return {
    status: 200,
    body: matching.slice((page - 1) * size, page * size).map((entry) => toBody(...entry)),
    headers: { 'x-total-count': String(matching.length) },
  };
}

function toBody(name: string, { id, metadata, allowlist, registryId = 0 }: HarborProject): unknown {
  return {
    project_id: id,
    owner_id: 1,
    owner_name: 'admin',
    name,
    registry_id: registryId,
    repo_count: 0,
    metadata,
    cve_allowlist: { id, project_id: id, ...allowlist },
  };
}

function mayRead({ metadata, readers }: HarborProject, user: string | undefined): boolean {
  return metadata.public === 'true' || (user !== undefined && (readers === undefined || readers.includes(user)));
}

function userOf(request: http.IncomingMessage, state: HarborState): string | undefined {
  const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const name = text.slice(0, colon);
  return state.users.get(name) === text.slice(colon + 1) ? name : 'wrong';
}

/** The registry's side: a token service that lets everyone in, and manifests that are either blocked or not there. */
function registry(state: HarborState, url: URL, request: http.IncomingMessage): Reply {
  if (url.pathname === '/service/token') return { status: 200, body: { token: 'harbor-token', expires_in: 1800 } };
  if (request.headers.authorization !== 'Bearer harbor-token') {
    const realm = `http://${request.headers.host ?? ''}/service/token`;
    return { ...fail(401, 'UNAUTHORIZED'), headers: { 'www-authenticate': `Bearer realm="${realm}",service="harbor-registry"` } };
  }
  if (url.pathname === '/v2/') return { status: 200, body: {} };
  const [, repository = '', tag = ''] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  return state.blocked.has(`${repository}:${tag}`) ? fail(412, 'PROJECTPOLICYVIOLATION') : fail(404, 'NOT_FOUND');
}

function fail(status: number, code: string): Reply {
  return { status, body: { errors: [{ code, message: code.toLowerCase() }] } };
}

const REPORT = 'application/vnd.security.vulnerability.report; version=1.1';
const OLD_REPORT = 'application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0';

function isBefore29(version: string): boolean {
  const [, major = '0', minor = '0'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(major) < 2 || (Number(major) === 2 && Number(minor) < 9);
}
