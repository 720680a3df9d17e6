import { createHash } from 'node:crypto';
import type { LookUpSubject } from '../dockerfile/lint/look-ups.ts';
import { HASHED_FILE_TIMEOUT_MS, MAX_HASHED_FILE_BYTES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { createHttpClient } from '../foundation/io/http-client.ts';
import { HttpError, type StreamingHttpClient } from '../foundation/io/http.ts';
import { RegistryClient } from '../registry/client.ts';
import { findCredential, type Credential } from '../registry/credentials.ts';
import { RegistryError } from '../registry/error.ts';
import { fetchManifestDigest } from '../registry/manifest-digest.ts';
import { parseReference } from '../registry/reference.ts';
import { LookUpError, nameOf, serverOf, type Ask, type LookUpErrorCode, type LookUpHooks } from './look-ups.ts';

export interface LookUpOptions {
  /** Why no network may be used; undefined when it may. */
  readonly offline?: string | undefined;
  readonly http?: StreamingHttpClient;
  readonly credentialFor?: (registry: string, repository: string) => Promise<Credential | undefined>;
}

/** Returns a function that asks registries and servers, each thing once: what was answered before is answered again, a failure too. */
export function createAsk(options: LookUpOptions = {}): Ask {
  const http = options.http ?? createHttpClient();
  const credentialFor = options.credentialFor ?? ((registry, repository) => findCredential(registry, undefined, repository));
  const answers = new Map<string, Promise<string>>();
  const ask: Ask = async (subject, hooks = {}) => {
    try {
      if (options.offline !== undefined) throw new HttpError('unreachable', options.offline);
      return await (subject.kind === 'image' ? askDigest(subject.reference, http, credentialFor, hooks) : hashFile(subject.url, http, hooks));
    } catch (error) {
      hooks.signal?.throwIfAborted();
      // Without a code it is no failure of the world but a bug.
      throw codeOf(error) === undefined ? error : toLookUpError(subject, error);
    }
  };
  return (subject, hooks) => {
    const key = subject.kind === 'image' ? subject.reference : subject.url;
    const answer = answers.get(key) ?? ask(subject, hooks);
    answers.set(key, answer);
    return answer;
  };
}

async function askDigest(
  text: string,
  http: StreamingHttpClient,
  credentialFor: NonNullable<LookUpOptions['credentialFor']>,
  { signal }: LookUpHooks,
): Promise<string> {
  const reference = parseReference(text);
  if (reference === undefined) throw new RegistryError('malformed', 'it is no image reference');
  const { registry, repository } = reference;
  const client = new RegistryClient({
    registry,
    http,
    credential: () => credentialFor(registry, repository),
    ...(signal === undefined ? {} : { signal }),
  });
  return fetchManifestDigest(client, reference);
}

/** Reads the file to its end and keeps nothing of it. */
async function hashFile(url: string, http: StreamingHttpClient, { signal, onBytes }: LookUpHooks): Promise<string> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const request = { url, maxBytes: MAX_HASHED_FILE_BYTES, timeoutMs: HASHED_FILE_TIMEOUT_MS, headers: { accept: '*/*' } };
  const { status, headers } = await http.download({ ...request, ...(signal === undefined ? {} : { signal }) }, (chunk) => {
    hash.update(chunk);
    sizeBytes += chunk.length;
    onBytes?.(sizeBytes);
  });
  const host = URL.parse(url)?.host ?? 'the server';
  if (status === 401 || status === 403) throw new RegistryError('forbidden', `${host} answered ${status}`);
  if (status === 404 || status === 410) throw new RegistryError('not-found', `${host} answered ${status}`);
  if (status !== 200) throw new RegistryError('malformed', `${host} answered ${status}`);
  if (sizeBytes === 0) throw new RegistryError('malformed', `${host} sent an empty file`);
  // We asked for the bytes as they are; a program that asks otherwise would get others.
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new RegistryError('malformed', `${host} sends the file in another encoding than it was asked for`);
  if (isPage(headers['content-type'] ?? '', url)) throw new RegistryError('malformed', `${host} sent a web page, not the file`);
  return hash.digest('hex');
}

/** A page where a file was meant: of a login, of an error, of a network that wants to be paid first. */
function isPage(contentType: string, url: string): boolean {
  const name = URL.parse(url)?.pathname ?? '';
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType) && /\.(?!x?html?$)[a-z0-9]+$/i.test(name);
}

function toLookUpError(subject: LookUpSubject, error: unknown): LookUpError {
  const what = `cannot look up the ${subject.kind === 'image' ? 'digest' : 'checksum'} of ${nameOf(subject)}`;
  const because = messageOf(error);
  const make = (code: LookUpErrorCode, text: string): LookUpError => new LookUpError(code, `${what}: ${text}`, { cause: error });
  switch (codeOf(error)) {
    case 'unreachable':
    case 'network':
      return make('no-network', `no network (${because}); run again when online`);
    case 'timeout':
      return make('no-network', `${because}; try again later`);
    case 'unauthenticated':
    case 'forbidden':
      return make(
        'refused',
        `${because}; ${subject.kind === 'image' ? `sign in with 'docker login ${serverOf(subject) ?? ''}' and try again` : 'only what everybody may read can be looked up'}`,
      );
    case 'rate-limited':
      return make('refused', `${because}; wait, or sign in with 'docker login ${serverOf(subject) ?? ''}'`);
    case 'blocked':
      return make('refused', `${because}; the registry does not let this image be pulled`);
    case 'not-found':
      return make('not-found', `${because}; check ${subject.kind === 'image' ? 'the name and the tag' : 'the address'}`);
    case 'too-large':
      return make('unusable', `${because}; compute the checksum by hand`);
    default:
      return make('unusable', because);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
