import { createPublicKey, verify } from 'node:crypto';
import { startJsonServer } from './json-server.ts';

/** What the project holds; tests change it while it runs. */
export interface GoogleState {
  policy: Record<string, unknown>;
  readonly platformPolicies: Record<string, unknown>[];
  /** Verdict by image, as the policy evaluation service gives it; others are refused. */
  readonly verdicts: Map<string, string>;
  /** Public key (PEM) by service account. */
  readonly accounts: Map<string, string>;
  /** Tokens that are let in. */
  readonly tokens: Set<string>;
  readonly failures: Map<string, { readonly status: number; readonly body: unknown }>;
  readonly requests: { readonly method: string; readonly path: string }[];
}

export interface GoogleServer {
  readonly url: string;
  readonly state: GoogleState;
  close(): Promise<void>;
}

/** Starts a server on this machine that answers as Google's token service and Binary Authorization do, in the shapes of their documents. It checks tokens, and the signatures of service accounts. */
export async function startGoogleServer(): Promise<GoogleServer> {
  const state: GoogleState = {
    policy: {},
    platformPolicies: [],
    verdicts: new Map(),
    accounts: new Map(),
    tokens: new Set(),
    failures: new Map(),
    requests: [],
  };
  const { origin, close } = await startJsonServer((request, body) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    state.requests.push({ method: request.method ?? '', path: url.pathname + url.search });
    return state.failures.get(url.pathname) ?? respond(state, url, request.headers.authorization, body.toString());
  });
  return { url: origin, state, close };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function respond(state: GoogleState, url: URL, authorization: string | undefined, body: string): Answer {
  if (url.pathname === '/token') return issue(state, new URLSearchParams(body));
  if (!state.tokens.has(authorization?.replace(/^Bearer /, '') ?? '')) return failure(401, 'Request had invalid authentication credentials.');
  const [, project, rest] = /^\/v1\/projects\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  if (project !== 'harbour') return failure(404, `The project ${project ?? ''} was not found.`);
  if (rest === 'policy') return { status: 200, body: { name: 'projects/harbour/policy', ...state.policy } };
  if (rest === 'platforms/gke/policies') {
    const start = Number(url.searchParams.get('pageToken') ?? 0);
    const size = Math.min(Number(url.searchParams.get('pageSize')), 2);
    const more = start + size < state.platformPolicies.length ? { nextPageToken: String(start + size) } : {};
    return { status: 200, body: { platformPolicies: state.platformPolicies.slice(start, start + size), ...more } };
  }
  if (rest?.endsWith(':evaluate') === true) {
    const { resource } = JSON.parse(body) as { resource: { spec: { containers: { image: string }[] } } };
    const verdict = state.verdicts.get(resource.spec.containers[0]?.image ?? '');
    return verdict === undefined
      ? failure(403, 'Permission binaryauthorization.platformPolicies.evaluatePolicy denied.')
      : { status: 200, body: { verdict } };
  }
  return failure(404, 'Not found.');
}

function issue(state: GoogleState, form: URLSearchParams): Answer {
  const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const { iss = '' } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { iss?: string };
  const key = state.accounts.get(iss);
  const isSigned =
    key !== undefined && verify('sha256', Buffer.from(`${header}.${claims}`), createPublicKey(key), Buffer.from(signature, 'base64url'));
  if (!isSigned && form.get('refresh_token') !== 'refresh-of-example')
    return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } };
  state.tokens.add('issued');
  return { status: 200, body: { access_token: 'issued', expires_in: 3599, token_type: 'Bearer' } };
}

function failure(code: number, message: string): Answer {
  return { status: code, body: { error: { code, message, status: 'FAILED' } } };
}
