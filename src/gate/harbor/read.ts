import { MAX_PROJECT_PAGES, PROBE_TIMEOUT_MS } from '../../foundation/base/limits.ts';
import type { HttpResponse } from '../../foundation/io/http.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { RegistryClient } from '../../registry/client.ts';
import type { Credential } from '../../registry/credentials.ts';
import { RegistryError } from '../../registry/error.ts';
import { isRecord, memberOf, parseJson, textOf, type JsonRecord } from '../../registry/json.ts';
import { formatReference, registryNamespaceOf, type ImageReference } from '../../registry/reference.ts';
import { registryOrigin, toBasic } from '../../registry/session.ts';
import { PolicyError, type NamespacePolicy, type ProviderContext } from '../provider.ts';
import { parseAllowlist } from './allowlist.ts';
import type { HarborFacts } from './decide.ts';
import { toPolicyError } from '../network-error.ts';
import { isBefore, parseHarborVersion } from './version.ts';

/** A project as Harbor tells of it. From the listing, its own allowlist may be left out. */
interface ProjectAnswer {
  readonly project: JsonRecord;
  readonly metadata: ReadonlyMap<string, string>;
  readonly listed: boolean;
}

/**
 * Returns the blocking policy of the project that an image lies in. Keys that Harbor leaves out mean what Harbor takes them for: no prevent_vul is off, no reuse_sys_cve_allowlist is on.
 * The two allowlists are never merged: either the system's counts or the project's own.
 * @throws {PolicyError} @see https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml
 */
export async function readHarborPolicy(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy> {
  const name = registryNamespaceOf(reference);
  if (name === undefined) {
    throw new PolicyError(
      'unsupported',
      `${formatReference(reference)} names no Harbor project; tag the image as ${reference.registry}/PROJECT/${reference.repository}`,
    );
  }
  const api = new HarborApi(reference.registry, context);
  const answer = await fetchProject(api, name);
  const { project, metadata } = answer;
  const registryVersion = await fetchVersion(api);
  const enabled = isTrue(metadata.get('prevent_vul'));
  const problems: Problem[] = [...api.problems];

  const usesSystemList = !metadata.has('reuse_sys_cve_allowlist') || isTrue(metadata.get('reuse_sys_cve_allowlist'));
  const source = usesSystemList ? await fetchSystemAllowlist(api, problems) : ownAllowlist(answer, problems);
  const allowlist = source === undefined ? undefined : parseAllowlist(source, context.now, problems);
  const entries = allowlist?.entries ?? [];
  const stillCounts = allowlist?.expired !== true || (registryVersion !== undefined && isBefore(registryVersion, 2, 8));
  if (allowlist?.expired === true && stillCounts && entries.length > 0) {
    problems.push({
      code: 'configuration',
      message: `The allowlist has expired, but Harbor ${registryVersion ?? ''} goes on using it; versions from 2.8.0 do not.`,
    });
  }
  if (typeof project.registry_id === 'number' && project.registry_id > 0) {
    problems.push({
      code: 'other',
      message: `Project '${name}' is a proxy cache: Harbor fills it by itself, takes no pushes, and serves an image's first pull without this check.`,
    });
  }
  if (enabled) problems.push(...(await findBlockedTag(reference, context)));

  const facts: HarborFacts = { project: name, allowlistRead: allowlist !== undefined, signatures: signaturesOf(metadata) };
  return {
    policy: {
      enabled,
      severity: metadata.get('severity') ?? '',
      allowlist: stillCounts ? entries : [],
      raw: { project, ...(usesSystemList ? { systemCveAllowlist: source ?? null } : {}) },
    },
    expiredAllowlist: stillCounts ? [] : entries,
    problems,
    ...(registryVersion === undefined ? {} : { registryVersion }),
    scansOnPush: isTrue(metadata.get('auto_scan')),
    extra: { ...facts },
  };
}

/** Harbor's API v2.0 at one host, signed in as far as the credential allows. */
export class HarborApi {
  readonly registry: string;
  readonly problems: Problem[] = [];
  readonly #context: ProviderContext;
  #signIn: Promise<Record<string, string>> | undefined;

  constructor(registry: string, context: ProviderContext) {
    this.registry = registry;
    this.#context = context;
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpResponse> {
    const authorization = await this.#authorization();
    const { http, signal } = this.#context;
    try {
      return await http.request({
        url: `${registryOrigin(this.registry)}/api/v2.0${path}`,
        headers: { accept: 'application/json', ...headers, ...authorization },
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      throw toPolicyError(error, this.registry);
    }
  }

  async isSignedIn(): Promise<boolean> {
    return Object.keys(await this.#authorization()).length > 0;
  }

  #authorization(): Promise<Record<string, string>> {
    this.#signIn ??= this.#context.credential().then((credential) => this.#toHeaders(credential));
    return this.#signIn;
  }

  #toHeaders(credential: Credential | undefined): Record<string, string> {
    if (credential?.kind === 'basic') return { authorization: toBasic(credential) };
    if (credential !== undefined) {
      this.problems.push({
        code: 'permission',
        message: `The stored sign-in for ${this.registry} is a token, which Harbor's API does not take; sign in with a user name and a password or robot secret.`,
      });
    }
    return {};
  }
}

async function fetchProject(api: HarborApi, name: string): Promise<ProjectAnswer> {
  // A name of digits alone would be taken for a project's number.
  const headers = /^\d+$/.test(name) ? { 'x-is-resource-name': 'true' } : {};
  const response = await api.get(`/projects/${encodeURIComponent(name)}`, headers);
  if (response.status === 200) return toProject(parseJson(response.body), name, false, api);
  // Where users sign in by OIDC, the secret that docker uses opens the list of projects but not the project itself.
  if ((response.status === 401 || response.status === 403) && (await api.isSignedIn())) {
    const listed = await findListedProject(api, name);
    if (listed !== undefined) return toProject(listed, name, true, api);
  }
  throw await toRefusal(response.status, api, name);
}

/** The filter is fuzzy, so that 'team' also brings 'team-b': only the exact name counts. */
async function findListedProject(api: HarborApi, name: string): Promise<unknown> {
  for (let page = 1; page <= MAX_PROJECT_PAGES; page += 1) {
    const response = await api.get(`/projects?name=${encodeURIComponent(name)}&page=${page}&page_size=100`);
    const projects = response.status === 200 ? parseJson(response.body) : undefined;
    if (!Array.isArray(projects) || projects.length === 0) return undefined;
    const exact: unknown = projects.find((project) => textOf(project, 'name') === name);
    if (exact !== undefined) return exact;
    if (projects.length < 100) return undefined;
  }
  return undefined;
}

/** Anything that is not plainly this project is an error: an empty answer read as a project would be one without a policy. */
function toProject(answer: unknown, name: string, listed: boolean, api: HarborApi): ProjectAnswer {
  const stored = memberOf(answer, 'metadata');
  if (!isRecord(answer) || textOf(answer, 'name') !== name || !isRecord(stored)) {
    throw new PolicyError(
      'malformed',
      `${api.registry} does not answer as Harbor's API does when asked for project '${name}'; check that nothing stands between you and Harbor`,
    );
  }
  const metadata = new Map<string, string>();
  for (const [key, value] of Object.entries(stored)) {
    // Harbor writes "true"; one that wrote true would mean the same.
    if (typeof value !== 'string' && typeof value !== 'boolean')
      throw new PolicyError('malformed', `${api.registry} gives project '${name}' a setting '${key}' that is not text`);
    metadata.set(key, String(value));
  }
  return { project: answer, metadata, listed };
}

async function toRefusal(status: number, api: HarborApi, name: string): Promise<PolicyError> {
  const { registry } = api;
  const signedIn = await api.isSignedIn();
  if (status === 401) {
    return new PolicyError(
      'unauthenticated',
      signedIn
        ? `${registry} does not accept the stored sign-in (401); run 'docker login ${registry}' with an account that may read project '${name}'`
        : `${registry} tells the policy of project '${name}' only to those who are signed in (401); run 'docker login ${registry}'`,
    );
  }
  if (status === 403) {
    return new PolicyError(
      'forbidden',
      `${registry} does not let this account read project '${name}' (403), or has no such project: some versions answer the same for both. A robot account needs the permission project:read (Harbor 2.9 or later; before, use a member's account)`,
    );
  }
  if (status === 404)
    return new PolicyError(
      'not-found',
      `${registry} knows no project '${name}' (404) that this account may see; check the name, or create the project first`,
    );
  if (status >= 500) return new PolicyError('server-error', `${registry} failed with ${status} when asked for project '${name}'; try again later`);
  return new PolicyError('malformed', `${registry} answered ${status} when asked for project '${name}', which Harbor does not`);
}

/** Most versions tell theirs only to those who are signed in. Nothing depends on it where allowlists do not expire. */
async function fetchVersion(api: HarborApi): Promise<string | undefined> {
  try {
    const response = await api.get('/systeminfo');
    return response.status === 200 ? parseHarborVersion(textOf(parseJson(response.body), 'harbor_version')) : undefined;
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

async function fetchSystemAllowlist(api: HarborApi, problems: Problem[]): Promise<JsonRecord | undefined> {
  let why: string;
  try {
    const response = await api.get('/system/CVEAllowlist');
    const list = response.status === 200 ? parseJson(response.body) : undefined;
    if (isRecord(list)) return list;
    why =
      response.status === 401 || response.status === 403
        ? `it is told only to those who are signed in (${response.status})`
        : `the answer makes no sense (${response.status})`;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    why = error.message;
  }
  problems.push({ code: 'permission', message: `The system-wide allowlist of ${api.registry}, which this project uses, cannot be read: ${why}.` });
  return undefined;
}

function ownAllowlist({ project, listed }: ProjectAnswer, problems: Problem[]): JsonRecord | undefined {
  const own = memberOf(project, 'cve_allowlist');
  if (isRecord(own)) return own;
  if ((own === undefined || own === null) && !listed) return { items: [] };
  problems.push({ code: 'permission', message: `The allowlist of project '${textOf(project, 'name') ?? ''}' is not told to this account.` });
  return undefined;
}

function signaturesOf(metadata: ReadonlyMap<string, string>): readonly string[] {
  return [
    ...(isTrue(metadata.get('enable_content_trust_cosign')) ? ['cosign'] : []),
    // Notary before Harbor 2.9.
    ...(isTrue(metadata.get('enable_content_trust')) ? ['notation'] : []),
  ];
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true' || value === '1';
}

/** The block is on reading, and some clients read the old tag before they replace it. Only a hint: whatever goes wrong here is not told. */
async function findBlockedTag(reference: ImageReference, context: ProviderContext): Promise<readonly Problem[]> {
  if (reference.tag === undefined && reference.digest === undefined) return [];
  const client = new RegistryClient({
    registry: reference.registry,
    http: context.http,
    credential: () => context.credential(),
    timeoutMs: PROBE_TIMEOUT_MS,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
  try {
    await client.headManifest(reference);
    return [];
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'aborted') throw error;
    if (error.code !== 'blocked') return [];
    const message = `${formatReference(reference)} is blocked on the registry as it is there now. BuildKit, kaniko and crane look at it before they push and fail with 412: push under a new tag, or delete the old one first.`;
    return [{ code: 'other', message }];
  }
}
