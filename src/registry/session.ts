import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_READ_RETRIES, READ_RETRY_WAIT_MS } from '../foundation/base/limits.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../foundation/io/http.ts';
import { isLoopbackHost } from '../foundation/io/loopback.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import type { Credential } from './credentials.ts';
import { RegistryError, toStatusError, wrapHttp } from './error.ts';
import { parseJson, textOf } from './json.ts';

export interface RegistrySessionOptions {
  readonly registry: string;
  readonly http: HttpClient;
  /** Asked only when the registry wants to know who is there, and once. Undefined: anonymous. */
  readonly credential: () => Promise<Credential | undefined>;
  readonly signal?: AbortSignal;
  /** Bound of each exchange but downloads. Default API_TIMEOUT_MS. */
  readonly timeoutMs?: number;
}

/** What a token is asked for. @see https://distribution.github.io/distribution/spec/auth/scope/ */
export type Scope = `repository:${string}:${'pull' | 'pull,push' | 'delete'}` | 'registry:catalog:*';

/** Most tokens kept at a time: an audit goes through thousands of repositories, each with its own. */
const MAX_KEPT_TOKENS = 256;

/** Returns the address of a registry's API: plain http on this machine, https everywhere else. */
export function registryOrigin(registry: string): string {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  return `${isLoopbackHost(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}

export function toBasic(credential: Extract<Credential, { kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
}

/** Exchanges with one registry, signed in as far as it asks for that. */
export class RegistrySession {
  readonly registry: string;
  readonly origin: string;
  readonly signal: AbortSignal | undefined;
  readonly #options: RegistrySessionOptions;
  #credential: Promise<Credential | undefined> | undefined;
  /** Authorization header by scope: a token is for one repository only. */
  readonly #authorizations = new Map<Scope, string>();
  /** What opens every scope: a password, or a token that was handed to us as it is. */
  #universal: string | undefined;
  readonly #signIns = new Map<Scope, Promise<string | undefined>>();

  constructor(options: RegistrySessionOptions) {
    this.#options = options;
    this.registry = options.registry;
    this.origin = registryOrigin(options.registry);
    this.signal = options.signal;
  }

  /** Returns the address of something in a repository; every part is encoded. */
  url(repository: string, kind: 'manifests' | 'blobs' | 'referrers' | 'tags', name: string): string {
    return `${this.origin}/v2/${repository.split('/').map(encodeURIComponent).join('/')}/${kind}/${encodeURIComponent(name).replace('%3A', ':')}`;
  }

  /** Returns the answer, whatever its status; what only reads is asked again, soon, when the server failed at it. @throws {RegistryError} when there is none */
  async exchange(scope: Scope, request: Omit<HttpRequest, 'signal'>): Promise<HttpResponse> {
    const isReading = request.method === undefined || request.method === 'GET' || request.method === 'HEAD';
    for (let retries = 0; ; retries += 1) {
      const response = await this.authorized(scope, (authorization) => this.#send({ ...request, headers: { ...request.headers, ...authorization } }));
      if (!isReading || !isPassingFailure(response) || retries >= MAX_READ_RETRIES) return response;
      await this.#pause(READ_RETRY_WAIT_MS * 2 ** retries);
    }
  }

  /** Returns the answer to a request that must not be signed: it goes to another server. @throws {RegistryError} */
  unsigned(request: Omit<HttpRequest, 'signal'>): Promise<HttpResponse> {
    return this.#send(request);
  }

  /** Runs `attempt` as far as it goes anonymously (or as before); signs in as the registry asks when it answers 401, and tries once more. */
  async authorized(scope: Scope, attempt: (authorization: Record<string, string>) => Promise<HttpResponse>): Promise<HttpResponse> {
    const known = this.#authorizations.get(scope) ?? this.#universal;
    const first = await attempt(known === undefined ? {} : { authorization: known });
    if (first.status !== 401) return first;
    const authorization = await this.#renew(scope, known, parseChallenges(first.headers['www-authenticate'] ?? ''));
    if (authorization === undefined) return first;
    return attempt({ authorization });
  }

  /** What is asked for at the same time signs in once. */
  async #renew(scope: Scope, refused: string | undefined, challenges: readonly Challenge[]): Promise<string | undefined> {
    const current = this.#authorizations.get(scope) ?? this.#universal;
    if (current !== undefined && current !== refused) return current;
    const underWay = this.#signIns.get(scope);
    if (underWay !== undefined) return underWay;
    const signIn = this.#signIn(scope, challenges).finally(() => this.#signIns.delete(scope));
    this.#signIns.set(scope, signIn);
    return signIn;
  }

  async #signIn(scope: Scope, challenges: readonly Challenge[]): Promise<string | undefined> {
    this.#credential ??= this.#options.credential();
    const credential = await this.#credential;
    if (credential?.kind === 'registry-token') return (this.#universal = `Bearer ${credential.token}`);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) return this.#keep(scope, `Bearer ${await this.#fetchToken(scope, bearer, credential)}`);
    if (!challenges.some(({ scheme }) => scheme === 'basic') || credential?.kind !== 'basic') return undefined;
    return (this.#universal = toBasic(credential));
  }

  #keep(scope: Scope, authorization: string): string {
    this.#authorizations.delete(scope);
    this.#authorizations.set(scope, authorization);
    const [oldest] = this.#authorizations.keys();
    if (this.#authorizations.size > MAX_KEPT_TOKENS && oldest !== undefined) this.#authorizations.delete(oldest);
    return authorization;
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/ for identity tokens */
  async #fetchToken(scope: Scope, challenge: Challenge, credential: Exclude<Credential, { kind: 'registry-token' }> | undefined): Promise<string> {
    const realm = this.#tokenService(challenge);
    const service = challenge.parameters.get('service');
    const query = new URLSearchParams({ ...(service === undefined ? {} : { service }), scope });
    let request: HttpRequest;
    if (credential?.kind === 'identity-token') {
      query.set('grant_type', 'refresh_token');
      query.set('client_id', 'plimsoll');
      query.set('refresh_token', credential.token);
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      request = { method: 'POST', url: realm.href, headers, body: query.toString() };
    } else {
      for (const [name, value] of query) realm.searchParams.append(name, value);
      request = { url: realm.href, headers: credential === undefined ? {} : { authorization: toBasic(credential) } };
    }
    const response = await this.#send(request);
    if (!isSuccess(response)) throw toStatusError(response, this.registry, aboutOf(scope));
    const answer = parseJson(response.body);
    const token = textOf(answer, 'token') ?? textOf(answer, 'access_token') ?? '';
    // Held to visible ASCII: it becomes part of a header.
    if (!/^[\x21-\x7e]+$/.test(token)) throw new RegistryError('malformed', `the token service of ${this.registry} did not answer with a token`);
    return token;
  }

  /** A registry may send us to a token service elsewhere, but only where nobody can listen in: the credential goes there. */
  #tokenService(challenge: Challenge): URL {
    const realm = URL.parse(challenge.parameters.get('realm') ?? '');
    const safe =
      realm !== null &&
      (realm.protocol === 'https:' || (realm.protocol === 'http:' && isLoopbackHost(realm.hostname) && this.origin.startsWith('http:')));
    if (!safe) throw new RegistryError('malformed', `${this.registry} names no usable https address for its token service`);
    return realm;
  }

  /** Waits between half of the time and the whole of it, by chance: many who failed at once do not come back at once. */
  async #pause(waitMs: number): Promise<void> {
    try {
      await delay(randomInt(waitMs / 2, waitMs), undefined, this.signal === undefined ? {} : { signal: this.signal });
    } catch (error) {
      throw new RegistryError('aborted', 'cancelled', { cause: error });
    }
  }

  #send(request: HttpRequest): Promise<HttpResponse> {
    const { http, timeoutMs } = this.#options;
    const { signal } = this;
    return wrapHttp(() =>
      http.request({ ...(timeoutMs === undefined ? {} : { timeoutMs }), ...request, ...(signal === undefined ? {} : { signal }) }),
    );
  }
}

export function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status < 300;
}

/** A registry on a file system answers 500 to who reads a tag while another writes it, a gateway 502 to 504 while what is behind it restarts. Who names a time to come back means later than soon. */
function isPassingFailure({ status, headers }: HttpResponse): boolean {
  return (status === 500 || (status >= 502 && status <= 504)) && headers['retry-after'] === undefined;
}

function aboutOf(scope: Scope): string {
  const [kind, name = ''] = scope.split(':');
  return kind === 'registry' ? 'its list of repositories' : name;
}
