import { createHash } from 'node:crypto';
import { MAX_DOWNLOAD_RESUMES, MAX_IMAGE_JSON_BYTES } from '../foundation/base/limits.ts';
import { HttpError, type HttpClient, type HttpErrorCode, type HttpResponse, type StreamingHttpClient } from '../foundation/io/http.ts';
import { isLoopbackHost } from '../foundation/io/loopback.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import type { Credential } from './credentials.ts';
import { memberOf, parseJson, textOf, toShowable } from './json.ts';
import type { ImageReference } from './reference.ts';

export type RegistryErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'blocked'
  | 'rate-limited'
  | 'server-error'
  | 'malformed'
  | 'digest-mismatch'
  | 'too-large'
  | 'timeout'
  | 'tls'
  | 'network'
  | 'aborted';

export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  readonly code: RegistryErrorCode;
  constructor(code: RegistryErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export interface FetchedManifest {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface ManifestHead {
  readonly mediaType: string;
  /** As the registry says; undefined when it does not. */
  readonly digest?: Digest;
}

export interface RegistryClientOptions {
  readonly registry: string;
  readonly http: HttpClient;
  /** Asked only when the registry wants to know who is there, and once. Undefined: anonymous. */
  readonly credential: () => Promise<Credential | undefined>;
  readonly signal?: AbortSignal;
  /** Bound of each exchange but downloads. Default API_TIMEOUT_MS. */
  readonly timeoutMs?: number;
}

/** Of what an image's name stands for. Without the OCI types a registry says that an OCI image does not exist. */
export const manifestMediaTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Returns the address of a registry's API: plain http on this machine, https everywhere else. */
export function registryOrigin(registry: string): string {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  return `${isLoopbackHost(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}

/** Reads from one registry. @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export class RegistryClient {
  readonly #options: RegistryClientOptions;
  readonly #origin: string;
  #credential: Promise<Credential | undefined> | undefined;
  /** Authorization header by repository: a token is for one repository only. */
  readonly #authorizations = new Map<string, string>();

  constructor(options: RegistryClientOptions) {
    this.#options = options;
    this.#origin = registryOrigin(options.registry);
  }

  /** Returns the manifest or index that a reference names; a digest in the reference is held against the bytes. @throws {RegistryError} */
  async getManifest(reference: ImageReference): Promise<FetchedManifest> {
    const response = await this.#manifest('GET', reference);
    const stated = reference.digest ?? response.headers['docker-content-digest'];
    const digest = isDigest(stated) ? stated : digestOf(response.body, 'sha256');
    if (digestOf(response.body, algorithmOf(digest)) !== digest)
      throw new RegistryError('digest-mismatch', `${this.#options.registry} sent other bytes than ${digest} for ${reference.repository}`);
    return { digest, mediaType: this.#mediaType(response), bytes: response.body };
  }

  /** Returns what is known of a manifest without fetching it. @throws {RegistryError} 'blocked' when the registry's policy refuses the pull */
  async headManifest(reference: ImageReference): Promise<ManifestHead> {
    const { headers } = await this.#manifest('HEAD', reference);
    const digest = headers['docker-content-digest'];
    return { mediaType: headers['content-type'] ?? '', ...(isDigest(digest) ? { digest } : {}) };
  }

  /** Returns a small blob whole, checked against its digest. @throws {RegistryError} */
  async getBlob(repository: string, digest: Digest, maxBytes: number = MAX_IMAGE_JSON_BYTES): Promise<Uint8Array> {
    const headers = { accept: '*/*' };
    const response = await this.#authorized(repository, (authorization) =>
      this.#send({ url: this.#url(repository, 'blobs', digest), headers: { ...headers, ...authorization }, maxBytes }),
    );
    this.#checkStatus(response, repository);
    if (digestOf(response.body, algorithmOf(digest)) !== digest)
      throw new RegistryError('digest-mismatch', `${this.#options.registry} sent other bytes than ${digest}`);
    return response.body;
  }

  /**
   * Streams a blob to `onChunk` and returns its size; a download that is cut off is taken up where it ended. The digest is known to hold only when this returns: undo what was done with the chunks when it throws.
   * `known` are bytes that it begins with, from an earlier attempt: they are not asked for again, and not handed out.
   * @throws {RegistryError}
   */
  async downloadBlob(
    http: StreamingHttpClient,
    repository: string,
    digest: Digest,
    maxBytes: number,
    onChunk: (chunk: Uint8Array) => void | Promise<void>,
    known: AsyncIterable<Uint8Array> = nothing(),
  ): Promise<number> {
    const hash = createHash(algorithmOf(digest));
    let sizeBytes = 0;
    for await (const chunk of known) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
    for (let resumes = 0; ; resumes++) {
      const start = sizeBytes;
      try {
        await this.#downloadFrom(http, this.#url(repository, 'blobs', digest), repository, start, maxBytes, async (chunk) => {
          hash.update(chunk);
          sizeBytes += chunk.length;
          await onChunk(chunk);
        });
        break;
      } catch (error) {
        const isCutOff = error instanceof RegistryError && (error.code === 'network' || error.code === 'timeout');
        if (!isCutOff || sizeBytes === start || resumes >= MAX_DOWNLOAD_RESUMES) throw error;
      }
    }
    if (`${algorithmOf(digest)}:${hash.digest('hex')}` !== digest)
      throw new RegistryError('digest-mismatch', `${this.#options.registry} sent other bytes than ${digest}`);
    return sizeBytes;
  }

  /** Streams what a blob has from `start` on; a registry that knows no ranges begins anew, and what is known is passed over. */
  async #downloadFrom(
    http: StreamingHttpClient,
    url: string,
    repository: string,
    start: number,
    maxBytes: number,
    onChunk: (chunk: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const { signal } = this.#options;
    const range = start === 0 ? {} : { range: `bytes=${start}-` };
    let toSkip = start;
    const response = await this.#authorized(repository, (authorization) =>
      wrapHttp(() =>
        http.download(
          { url, headers: { accept: '*/*', ...range, ...authorization }, maxBytes, ...(signal === undefined ? {} : { signal }) },
          async (chunk, status) => {
            const skipped = status === 206 ? 0 : Math.min(toSkip, chunk.length);
            toSkip -= skipped;
            if (skipped < chunk.length) await onChunk(chunk.subarray(skipped));
          },
        ),
      ),
    );
    this.#checkStatus(response, repository);
  }

  async #manifest(method: 'GET' | 'HEAD', reference: ImageReference): Promise<HttpResponse> {
    const { repository, digest, tag = 'latest' } = reference;
    const url = this.#url(repository, 'manifests', digest ?? tag);
    const headers = { accept: manifestMediaTypes.join(', ') };
    const response = await this.#authorized(repository, (authorization) =>
      this.#send({ method, url, headers: { ...headers, ...authorization }, maxBytes: MAX_IMAGE_JSON_BYTES }),
    );
    this.#checkStatus(response, repository);
    return response;
  }

  #url(repository: string, kind: 'manifests' | 'blobs', name: string): string {
    return `${this.#origin}/v2/${repository.split('/').map(encodeURIComponent).join('/')}/${kind}/${encodeURIComponent(name).replace('%3A', ':')}`;
  }

  /** Runs `attempt` as far as it goes anonymously (or as before); signs in as the registry asks when it answers 401, and tries once more. */
  async #authorized(repository: string, attempt: (authorization: Record<string, string>) => Promise<HttpResponse>): Promise<HttpResponse> {
    const known = this.#authorizations.get(repository);
    const first = await attempt(known === undefined ? {} : { authorization: known });
    if (first.status !== 401) return first;
    const authorization = await this.#signIn(repository, parseChallenges(first.headers['www-authenticate'] ?? ''));
    if (authorization === undefined) return first;
    this.#authorizations.set(repository, authorization);
    return attempt({ authorization });
  }

  async #signIn(repository: string, challenges: readonly Challenge[]): Promise<string | undefined> {
    this.#credential ??= this.#options.credential();
    const credential = await this.#credential;
    if (credential?.kind === 'registry-token') return `Bearer ${credential.token}`;
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined) return `Bearer ${await this.#fetchToken(repository, bearer, credential)}`;
    return challenges.some(({ scheme }) => scheme === 'basic') && credential?.kind === 'basic' ? toBasic(credential) : undefined;
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ and …/oauth/ for identity tokens */
  async #fetchToken(
    repository: string,
    challenge: Challenge,
    credential: Exclude<Credential, { kind: 'registry-token' }> | undefined,
  ): Promise<string> {
    const realm = this.#tokenService(challenge);
    const service = challenge.parameters.get('service');
    const query = new URLSearchParams({ ...(service === undefined ? {} : { service }), scope: `repository:${repository}:pull` });
    let response: HttpResponse;
    if (credential?.kind === 'identity-token') {
      query.set('grant_type', 'refresh_token');
      query.set('client_id', 'plimsoll');
      query.set('refresh_token', credential.token);
      response = await this.#send({
        method: 'POST',
        url: realm.href,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: query.toString(),
      });
    } else {
      for (const [name, value] of query) realm.searchParams.append(name, value);
      response = await this.#send({ url: realm.href, headers: credential === undefined ? {} : { authorization: toBasic(credential) } });
    }
    this.#checkStatus(response, repository);
    const answer = parseJson(response.body);
    const token = textOf(answer, 'token') ?? textOf(answer, 'access_token') ?? '';
    // Held to visible ASCII: it becomes part of a header.
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new RegistryError('malformed', `the token service of ${this.#options.registry} did not answer with a token`);
    return token;
  }

  /** A registry may send us to a token service elsewhere, but only where nobody can listen in: the credential goes there. */
  #tokenService(challenge: Challenge): URL {
    const realm = URL.parse(challenge.parameters.get('realm') ?? '');
    const safe =
      realm !== null &&
      (realm.protocol === 'https:' || (realm.protocol === 'http:' && isLoopbackHost(realm.hostname) && this.#origin.startsWith('http:')));
    if (!safe) throw new RegistryError('malformed', `${this.#options.registry} names no usable https address for its token service`);
    return realm;
  }

  #send(request: Parameters<HttpClient['request']>[0]): Promise<HttpResponse> {
    const { http, signal, timeoutMs } = this.#options;
    return wrapHttp(() =>
      http.request({ ...request, ...(signal === undefined ? {} : { signal }), ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    );
  }

  #checkStatus(response: HttpResponse, repository: string): void {
    if (response.status >= 200 && response.status < 300) return;
    const { registry } = this.#options;
    const said = firstMessage(response.body);
    throw new RegistryError(
      codeOfStatus(response.status),
      `${registry} answered ${response.status} for ${repository}${said === '' ? '' : `: ${said}`}`,
    );
  }

  #mediaType(response: HttpResponse): string {
    const stated = textOf(parseJson(response.body), 'mediaType');
    return stated ?? response.headers['content-type']?.split(';')[0]?.trim() ?? '';
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // There was no earlier attempt.
}

function codeOfStatus(status: number): RegistryErrorCode {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    // Harbor's PROJECTPOLICYVIOLATION.
    case 412:
      return 'blocked';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'server-error' : 'malformed';
  }
}

/** @see OCI distribution-spec, error codes: {"errors":[{"code","message"}]} */
function firstMessage(body: Uint8Array): string {
  const errors = memberOf(parseJson(body), 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return toShowable(textOf(first, 'message') ?? textOf(first, 'code') ?? '');
}

const CODE_OF_HTTP: Readonly<Record<HttpErrorCode, RegistryErrorCode>> = {
  unreachable: 'network',
  timeout: 'timeout',
  tls: 'tls',
  'too-large': 'too-large',
  malformed: 'malformed',
  refused: 'malformed',
  aborted: 'aborted',
};

async function wrapHttp<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof HttpError) throw new RegistryError(CODE_OF_HTTP[error.code], error.message, { cause: error });
    throw error;
  }
}

export function toBasic(credential: Extract<Credential, { kind: 'basic' }>): string {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
}

function algorithmOf(digest: Digest): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

function digestOf(bytes: Uint8Array, algorithm: 'sha256' | 'sha512'): Digest {
  const text = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (!isDigest(text)) throw new Error('unreachable: a hash is a digest');
  return text;
}
