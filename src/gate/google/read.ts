import { mapInParallel } from '../../foundation/base/in-parallel.ts';
import { MAX_PROJECT_PAGES, MAX_REQUESTS_AT_ONCE } from '../../foundation/base/limits.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { isRecord, memberOf, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { formatReference, type ImageReference } from '../../registry/reference.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type NamespacePolicy, type ProviderContext } from '../provider.ts';
import { thresholdsOf, toCheckSets } from './check-sets.ts';
import type { GoogleFacts, PlatformPolicy } from './decide.ts';
import { findAccessToken } from './token.ts';

const API = 'https://binaryauthorization.googleapis.com';
/** Artifact Registry, and what is left of Container Registry. */
const GOOGLE = /^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:us\.|eu\.|asia\.)?gcr\.io)$/;
const PAGE = 100;

/** True for the hosts of Google's registries. */
export function isGoogleRegistry(registry: string): boolean {
  return GOOGLE.test(registry);
}

/**
 * Returns what Binary Authorization lets run: the project's policy, and its platform policies for GKE. The project is that of the environment (where the clusters are), else the one that the image lies in.
 * @throws {PolicyError} @see https://cloud.google.com/binary-authorization/docs/reference/rest
 */
export async function readBinaryAuthorization(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy> {
  const key = await context.cloudKey('google');
  const project = key?.project ?? projectOf(reference);
  if (project === undefined)
    throw new PolicyError(
      'unsupported',
      `${formatReference(reference)} names no project of Google Cloud: set CLOUDSDK_CORE_PROJECT to the one whose clusters run it`,
    );
  const token = await findAccessToken(reference.registry, context);
  const api = new GoogleApi(project, token, context);
  const [policy, platformPolicies] = await Promise.all([api.get('/policy'), api.listPlatformPolicies()]);
  if (!isRecord(memberOf(policy, 'defaultAdmissionRule')))
    throw new PolicyError('malformed', `Google Cloud's answer does not hold the policy of the project ${project} (defaultAdmissionRule)`);
  const problems: Problem[] = [];
  const policies = await mapInParallel(platformPolicies, MAX_REQUESTS_AT_ONCE, (record) =>
    toPlatformPolicy(record, reference, context, api, problems),
  );
  const facts: GoogleFacts = { project, image: formatReference(reference), policy, platformPolicies: policies };
  const mode = textOf(memberOf(policy, 'defaultAdmissionRule'), 'evaluationMode');
  return {
    policy: {
      enabled: mode !== 'ALWAYS_ALLOW' || policies.length > 0,
      severity: [...new Set(policies.flatMap(({ checkSets }) => thresholdsOf(checkSets)))].join(', '),
      allowlist: policies.flatMap(({ checkSets }) =>
        checkSets.flatMap(({ vulnerabilityChecks }) => vulnerabilityChecks.flatMap(({ allowedCves }) => allowedCves.map((id) => ({ id })))),
      ),
      raw: { policy, platformPolicies },
    },
    expiredAllowlist: [],
    problems,
    decidedBy: { name: 'Google Artifact Analysis' },
    extra: { ...facts },
  };
}

/** 'gcr.io/example.com/project/app' is of the project 'example.com:project'. */
function projectOf({ repository }: ImageReference): string | undefined {
  const [first = '', second, third] = repository.split('/');
  if (first.includes('.')) return third === undefined ? undefined : `${first}:${second ?? ''}`;
  return second === undefined ? undefined : first;
}

async function toPlatformPolicy(
  record: JsonRecord,
  reference: ImageReference,
  { judged }: ProviderContext,
  api: GoogleApi,
  problems: Problem[],
): Promise<PlatformPolicy> {
  const name = textOf(record, 'name') ?? '';
  const checkSets = toCheckSets(record);
  // Only what is there already, and is named by what it holds, can be judged by Google itself; what it says of another image is of no use.
  if (reference.digest === undefined || reference.digest !== judged) return { name, checkSets };
  try {
    const verdict = await api.evaluate(
      name,
      formatReference({ registry: reference.registry, repository: reference.repository, digest: reference.digest }),
    );
    return { name, checkSets, ...(verdict === undefined ? {} : { verdict }) };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    problems.push({ code: 'permission', message: `${error.message}. The policy is judged by here instead.` });
    return { name, checkSets };
  }
}

class GoogleApi {
  readonly #project: string;
  readonly #token: string;
  readonly #context: ProviderContext;

  constructor(project: string, token: string, context: ProviderContext) {
    this.#project = project;
    this.#token = token;
    this.#context = context;
  }

  /** Returns what lies at `path` of the project. @throws {PolicyError} */
  async get(path: string): Promise<JsonRecord> {
    return this.#send('GET', `/v1/projects/${encodeURIComponent(this.#project).replaceAll('%3A', ':')}${path}`);
  }

  async listPlatformPolicies(): Promise<readonly JsonRecord[]> {
    const found = new Map<string, JsonRecord>();
    let token = '';
    for (let page = 0; page < MAX_PROJECT_PAGES; page += 1) {
      const answer = await this.get(`/platforms/gke/policies?pageSize=${PAGE}${token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`}`);
      // Google leaves out a list that is empty, and then says nothing else.
      const records = memberOf(answer, 'platformPolicies') ?? (Object.keys(answer).every((name) => name === 'nextPageToken') ? [] : undefined);
      if (!Array.isArray(records) || !records.every(isRecord))
        throw new PolicyError('malformed', "Google Cloud's answer does not hold its platform policies");
      const known = found.size;
      for (const record of records) found.set(textOf(record, 'name') ?? '', record);
      token = textOf(answer, 'nextPageToken') ?? '';
      if (token === '') return [...found.values()];
      if (found.size === known) break;
    }
    throw new PolicyError('malformed', "Google Cloud's list of platform policies does not come to its end");
  }

  /** Returns what Google says of an image that it has: 'CONFORMANT', 'NON_CONFORMANT'; undefined when it cannot say. */
  async evaluate(policy: string, image: string): Promise<string | undefined> {
    if (!/^projects\/[^/?#]+\/platforms\/gke\/policies\/[^/?#]+$/.test(policy)) return undefined;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'plimsoll' }, spec: { containers: [{ name: 'image', image }] } };
    const answer = await this.#send('POST', `/v1/${policy}:evaluate`, { resource: pod });
    const verdict = textOf(answer, 'verdict');
    return verdict === 'CONFORMANT' || verdict === 'NON_CONFORMANT' ? verdict : undefined;
  }

  async #send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<JsonRecord> {
    const { http, signal } = this.#context;
    const origin = (this.#context.endpoint('google') ?? API).replace(/\/+$/, '');
    try {
      const response = await http.request({
        method,
        url: `${origin}${path}`,
        headers: {
          authorization: `Bearer ${this.#token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
      const answer = parseJson(response.body);
      if (response.status === 200 && isRecord(answer)) return answer;
      throw toRefusal(response.status, answer, this.#project);
    } catch (error) {
      throw toPolicyError(error, 'Google Cloud');
    }
  }
}

/** @see https://cloud.google.com/apis/design/errors */
function toRefusal(status: number, answer: unknown, project: string): PolicyError {
  const error = memberOf(answer, 'error');
  const said = toShowable(textOf(error, 'message') ?? '');
  const answered = `Google Cloud answered ${status} for the project ${toShowable(project)}${said === '' ? '' : ` (“${said}”)`}`;
  switch (status) {
    case 401:
      return new PolicyError('unauthenticated', `${answered}: the token has expired or is none; run 'gcloud auth application-default login'`);
    case 403:
      return new PolicyError(
        'forbidden',
        `${answered}: the account needs roles/binaryauthorization.policyViewer there (and roles/binaryauthorization.policyEvaluator to have Google evaluate), and the Binary Authorization API has to be enabled`,
      );
    case 404:
      return new PolicyError('not-found', `${answered}: set CLOUDSDK_CORE_PROJECT to the project whose clusters run the image`);
    default:
      return new PolicyError(status >= 500 || status === 429 ? 'server-error' : 'malformed', `${answered}; try again later`);
  }
}
