import { MAX_UPLOAD_RETRIES, UPLOAD_TIMEOUT_MS } from '../foundation/base/limits.ts';
import type { HttpResponse } from '../foundation/io/http.ts';
import type { Digest } from '../foundation/model/brand.ts';
import { digestOf } from './digest.ts';
import { RegistryError, toStatusError } from './error.ts';
import { isSuccess, type RegistrySession, type Scope } from './session.ts';

export interface PushedManifest {
  readonly digest: Digest;
  /** True when the registry says that it lists the manifest among what refers to its subject. */
  readonly listed: boolean;
}

/** Puts a blob into a repository unless it is there, and returns its digest. An upload that is cut off is begun anew. @throws {RegistryError} @see OCI distribution-spec, pushing blobs monolithically */
export async function pushBlob(session: RegistrySession, repository: string, bytes: Uint8Array): Promise<Digest> {
  const digest = digestOf(bytes);
  const scope: Scope = `repository:${repository}:pull,push`;
  const known = await session.exchange(scope, { method: 'HEAD', url: session.url(repository, 'blobs', digest) });
  if (isSuccess(known)) return digest;
  if (known.status !== 404) throw toStatusError(known, session.registry, repository);
  for (let retries = 0; ; retries += 1) {
    try {
      await upload(session, repository, digest, bytes);
      return digest;
    } catch (error) {
      const isCutOff = error instanceof RegistryError && (error.code === 'network' || error.code === 'timeout');
      if (!isCutOff || retries >= MAX_UPLOAD_RETRIES) throw error;
    }
  }
}

/** Puts a manifest under a tag or its digest. @throws {RegistryError} 'digest-mismatch' when the registry made something else of it */
export async function putManifest(
  session: RegistrySession,
  repository: string,
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): Promise<PushedManifest> {
  const response = await session.exchange(`repository:${repository}:pull,push`, {
    method: 'PUT',
    url: session.url(repository, 'manifests', name),
    headers: { 'content-type': mediaType },
    body: bytes,
  });
  if (!isSuccess(response)) throw toStatusError(response, session.registry, repository);
  const digest = digestOf(bytes);
  const stated = response.headers['docker-content-digest'] ?? digest;
  if (stated !== digest) throw new RegistryError('digest-mismatch', `${session.registry} stored other bytes than ${digest} in ${repository}`);
  return { digest, listed: response.headers['oci-subject'] !== undefined };
}

/** Takes a manifest out of a repository. @throws {RegistryError} 'malformed' with status 405 where the registry forgets nothing */
export async function deleteManifest(session: RegistrySession, repository: string, digest: Digest): Promise<void> {
  // Registries disagree on what the action is called; this is what the ones with a token service of their own ask for.
  const response = await session.exchange(`repository:${repository}:delete`, { method: 'DELETE', url: session.url(repository, 'manifests', digest) });
  if (!isSuccess(response) && response.status !== 404) throw toStatusError(response, session.registry, repository);
}

async function upload(session: RegistrySession, repository: string, digest: Digest, bytes: Uint8Array): Promise<void> {
  const { registry } = session;
  const scope: Scope = `repository:${repository}:pull,push`;
  const started = await session.exchange(scope, { method: 'POST', url: `${session.url(repository, 'blobs', 'uploads')}/`, body: '' });
  if (!isSuccess(started)) throw toStatusError(started, registry, repository);
  const target = uploadTarget(started, session);
  target.searchParams.append('digest', digest);
  const request = {
    method: 'PUT',
    url: target.href,
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    timeoutMs: UPLOAD_TIMEOUT_MS,
  } as const;
  const isElsewhere = target.origin !== new URL(session.origin).origin;
  // Bytes may go where the registry keeps them; what opens the registry does not.
  const stored = isElsewhere ? await session.unsigned(request) : await session.exchange(scope, request);
  if (!isSuccess(stored)) throw toStatusError(stored, registry, repository);
}

function uploadTarget(started: HttpResponse, session: RegistrySession): URL {
  const target = URL.parse(started.headers.location ?? '', session.origin);
  const isUsable =
    target !== null &&
    target.username === '' &&
    target.password === '' &&
    (target.protocol === 'https:' || (target.protocol === 'http:' && session.origin.startsWith('http:')));
  if (!isUsable || started.headers.location === undefined)
    throw new RegistryError(
      'malformed',
      `${session.registry} names no usable place to upload to; behind a proxy, its external address must be its https one`,
    );
  return target;
}
