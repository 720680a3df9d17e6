import { startJsonServer } from './json-server.ts';

/** What the platform holds; tests change it while it runs. */
export interface JfrogState {
  /** Repositories by key, as /artifactory/api/repositories/KEY answers. */
  readonly repositories: Map<string, Record<string, unknown>>;
  readonly watches: Record<string, unknown>[];
  readonly policies: Record<string, unknown>[];
  readonly ignoreRules: Record<string, unknown>[];
  /** As getIntegrationConfig answers; undefined: only administrators are told, and nobody is one. */
  settings: Record<string, unknown> | undefined;
  /** Paths that answer with a status and a body of their own. */
  readonly failures: Map<string, { readonly status: number; readonly body: string }>;
  readonly requests: { readonly path: string; readonly authorization: string | undefined }[];
}

export interface JfrogServer {
  readonly host: string;
  readonly state: JfrogState;
  close(): Promise<void>;
}

export const JFROG_TOKEN = 'token-of-example';
const BASIC = `Basic ${Buffer.from('dev:password-of-example').toString('base64')}`;

/** Starts a server on this machine that answers what a policy check asks of Artifactory 7 and Xray 3, shaped as their documents say. Only the user dev, or the token, is let in. */
export async function startJfrogServer(): Promise<JfrogServer> {
  const state: JfrogState = {
    repositories: new Map(),
    watches: [],
    policies: [],
    ignoreRules: [],
    settings: undefined,
    failures: new Map(),
    requests: [],
  };
  const { host, close } = await startJsonServer((request) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { authorization } = request.headers;
    state.requests.push({ path: url.pathname + url.search, authorization });
    const answer = state.failures.get(url.pathname) ?? respond(state, url, authorization);
    return { ...answer, headers: { 'x-jfrog-version': 'Artifactory/7.90.0 79000900' } };
  });
  return { host, state, close };
}

function respond(state: JfrogState, url: URL, authorization: string | undefined): { readonly status: number; readonly body: string } {
  const answer = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });
  if (url.pathname === '/artifactory/api/system/ping') return { status: 200, body: 'OK' };
  if (authorization !== BASIC && authorization !== `Bearer ${JFROG_TOKEN}`)
    return answer({ errors: [{ status: 401, message: 'Bad credentials' }] }, 401);
  const [, key] = /^\/artifactory\/api\/repositories\/([^/]+)$/.exec(url.pathname) ?? [];
  if (key !== undefined) {
    const repository = state.repositories.get(decodeURIComponent(key));
    return repository === undefined ? answer({ errors: [{ status: 400, message: 'Bad Request' }] }, 400) : answer(repository);
  }
  const project = url.searchParams.get('projectKey');
  const ofProject = (record: Record<string, unknown>) => (record.project_key ?? null) === project;
  switch (url.pathname) {
    case '/xray/api/v2/watches':
      return answer(state.watches.filter(ofProject));
    case '/xray/api/v2/policies':
      return answer(state.policies.filter(ofProject));
    case '/xray/api/v1/ignore_rules': {
      const rows = Number(url.searchParams.get('num_of_rows'));
      const start = (Number(url.searchParams.get('page_num')) - 1) * rows;
      return answer({ data: state.ignoreRules.slice(start, start + rows), total_count: state.ignoreRules.length });
    }
    case '/artifactory/api/xrayRepo/getIntegrationConfig':
      return state.settings === undefined ? answer({ errors: [{ status: 403, message: 'Forbidden' }] }, 403) : answer(state.settings);
    default:
      return answer({ errors: [{ status: 404, message: 'Not Found' }] }, 404);
  }
}
