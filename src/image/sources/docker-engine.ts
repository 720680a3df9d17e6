/**
 * Images of a local engine, Docker's or one that speaks its API (Podman). An image is exported as a stream that is read as it comes: no copy of it is ever written.
 *
 * @see https://docs.docker.com/reference/api/engine/
 */
import { homedir } from 'node:os';
import {
  ENGINE_EXPORT_START_TIMEOUT_MS,
  ENGINE_PING_TIMEOUT_MS,
  ENGINE_SSH_TIMEOUT_MS,
  STREAM_IDLE_TIMEOUT_MS,
} from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { isJsonObject, parseJson, toStrings, toText } from '../../foundation/formats/json.ts';
import { EngineConnectionError, askEngine, readAnswer } from '../../foundation/io/engine-connection.ts';
import type { EngineAnswer, EngineEndpoint } from '../../foundation/io/engine-connection.ts';
import { isDigest } from '../../foundation/model/brand.ts';
import type { Digest } from '../../foundation/model/brand.ts';
import type { Platform } from '../../foundation/model/image.ts';
import { EndpointError, resolveEngineEndpoints } from '../../registry/contexts.ts';
import type { EngineSurroundings } from '../../registry/contexts.ts';
import { readArchiveStream } from './archive-stream.ts';
import type { ImageSource, LayerSink, ReadOptions, SourceImage } from './source.ts';
import { ImageSourceError } from './source.ts';

/** Newest version of the API whose answers are known here; an older engine is spoken to in its own. */
const OUR_API_VERSION = '1.51';
/** First version that tells of one platform of several. */
const PLATFORM_INSPECT_API_VERSION = '1.49';
/** First version whose export can be asked for one platform of several. */
const PLATFORM_API_VERSION = '1.48';

/** An engine that has answered. */
export interface Engine {
  readonly endpoint: EngineEndpoint;
  /** Version that both sides speak, such as 1.41. */
  readonly apiVersion: string;
}

/** One image of an engine, as in a list to choose from. */
export interface EngineImage {
  /** Digest of the config, or of the manifest where the engine keeps images in containerd. */
  readonly id: string;
  /** `nginx:latest` …; empty for an image without a name. */
  readonly references: readonly string[];
  readonly repoDigests: readonly string[];
  /** ISO 8601; absent when unknown. */
  readonly created?: string;
  readonly sizeBytes: number;
}

export interface EngineImageDetails extends EngineImage {
  readonly platform?: Platform;
  /** Bottom first; empty when the engine does not tell. */
  readonly diffIds: readonly string[];
}

export interface EngineOptions {
  /** A DOCKER_HOST-style address; absent: found as the docker CLI would find it. */
  readonly host?: string;
  readonly signal?: AbortSignal;
  /** Default this process's environment, home directory and platform. */
  readonly surroundings?: EngineSurroundings;
}

/**
 * Returns the first engine that answers.
 * @throws {ImageSourceError} no-engine, naming every address tried; permission when one is there but closed to this user
 */
export async function findEngine(options: EngineOptions = {}): Promise<Engine> {
  const surroundings = options.surroundings ?? { environment: process.env, homeDirectory: homedir(), platform: process.platform };
  let endpoints: readonly EngineEndpoint[];
  try {
    endpoints = await resolveEngineEndpoints(options.host, surroundings);
  } catch (error) {
    if (error instanceof EndpointError) throw new ImageSourceError('no-engine', error.message, { cause: error });
    throw error;
  }
  const failures: { endpoint: EngineEndpoint; error: EngineConnectionError }[] = [];
  for (const endpoint of endpoints) {
    try {
      return { endpoint, apiVersion: await negotiate(endpoint, options.signal) };
    } catch (error) {
      if (!(error instanceof EngineConnectionError)) throw error;
      failures.push({ endpoint, error });
    }
  }
  throw toNoEngineError(failures);
}

/** Returns the engine's images, newest first. @throws {ImageSourceError} engine-error, timeout, no-engine */
export async function listEngineImages(engine: Engine, signal?: AbortSignal): Promise<readonly EngineImage[]> {
  const answer = await askJson(engine, '/images/json', 'its list of images', signal);
  if (!Array.isArray(answer)) throw engineError(engine, 'its list of images is not a list');
  return answer.filter(isJsonObject).map(toEngineImage);
}

/**
 * Returns what the engine knows of one image: of several under one name, the one for `platform` where the engine can tell them apart, else its own choice.
 * @throws {ImageSourceError} not-found, engine-error, timeout, no-engine
 */
export async function inspectEngineImage(engine: Engine, reference: string, signal?: AbortSignal, platform?: Platform): Promise<EngineImageDetails> {
  const query =
    platform !== undefined && compareVersions(engine.apiVersion, PLATFORM_INSPECT_API_VERSION) >= 0
      ? `?platform=${encodeURIComponent(toPlatformQuery(platform))}`
      : '';
  const answer = await askJson(engine, `/images/${toPathSegment(reference)}/json${query}`, `the image ${reference}`, signal);
  if (!isJsonObject(answer)) throw engineError(engine, `its description of the image ${reference} is not a JSON object`);
  const os = toText(answer['Os']);
  const architecture = toText(answer['Architecture']);
  const variant = toText(answer['Variant']);
  const rootFs = answer['RootFS'];
  const diffIds = isJsonObject(rootFs) ? toStrings(rootFs['Layers']) : [];
  return { ...toEngineImage(answer), diffIds, ...(os && architecture && { platform: { os, architecture, ...(variant && { variant }) } }) };
}

/** Returns the image `reference` (a name, an id or the start of one) of a local engine. Nothing is asked of the engine before it is read. */
export function openEngineImage(reference: string, options: Omit<EngineOptions, 'signal'> = {}): ImageSource {
  return {
    kind: 'docker-engine',
    read: async (sink, readOptions) => {
      const { signal } = readOptions;
      const engine = await findEngine({ ...options, ...(signal !== undefined && { signal }) });
      return exportImage(engine, reference, sink, readOptions);
    },
    identify: async ({ signal, platform }) => {
      const engine = await findEngine({ ...options, ...(signal !== undefined && { signal }) });
      const details = await inspectEngineImage(engine, reference, signal);
      if (!isDigest(details.id)) return undefined;
      // The id is a digest of all there is; the name that is shown, and the registry's digest, may change without it.
      return JSON.stringify(['engine', details.id, toReference(details, reference), toRepoDigest(details, reference), platform]);
    },
  };
}

async function exportImage(engine: Engine, reference: string, sink: LayerSink, options: ReadOptions): Promise<SourceImage> {
  const { signal, platform } = options;
  const details = await inspectEngineImage(engine, reference, signal);
  const name = `the image ${reference} of the engine at ${engine.endpoint.address}`;
  const progress = (bytes: number): void => {
    // The archive is a little larger than the image.
    options.onProgress?.({
      ...(details.sizeBytes > 0 && { fraction: Math.min(bytes / details.sizeBytes, 0.99) }),
      message: `Reading ${reference} from the engine${isUnverified(engine.endpoint) ? ', whose certificate is not checked' : ''}`,
    });
  };
  const query =
    platform !== undefined && compareVersions(engine.apiVersion, PLATFORM_API_VERSION) >= 0
      ? `?platform=${encodeURIComponent(toPlatformQuery(platform))}`
      : '';
  let received = 0;
  async function* body(answer: EngineAnswer): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of answer.body(STREAM_IDLE_TIMEOUT_MS)) {
      received += chunk.length;
      yield chunk;
    }
  }
  try {
    const answer = await ask(engine, `/images/${toPathSegment(reference)}/get${query}`, name, signal, ENGINE_EXPORT_START_TIMEOUT_MS);
    const image = await readArchiveStream(
      {
        name,
        bytes: body(answer),
        choice: platform === undefined ? {} : { platform },
        onBytes: progress,
        trustedDiffIds: new Set(details.diffIds),
        ...(details.platform !== undefined && { os: details.platform.os }),
      },
      sink,
      options,
    );
    // Kept in containerd, an image is what the registry has: the export names the manifest itself, where a name's digest may be of the index of all platforms.
    const digest = (isKeptByDigest(details) ? image.digest : undefined) ?? toRepoDigest(details, reference) ?? image.digest;
    return { ...image, reference: toReference(details, reference), ...(digest !== undefined && { digest }) };
  } catch (error) {
    signal?.throwIfAborted();
    const cutShort = error instanceof ImageSourceError && error.code === 'truncated';
    if (!(error instanceof EngineConnectionError) && !cutShort) throw error;
    const code = error instanceof EngineConnectionError && error.code === 'timeout' ? 'timeout' : 'engine-error';
    const reason = cutShort ? 'the export ended early' : messageOf(error);
    throw new ImageSourceError(
      code,
      `The engine at ${engine.endpoint.address} stopped sending the image ${reference} after ${formatMegabytes(received)}: ${reason}. Check that it is running, then scan again.`,
      {
        cause: error,
      },
    );
  }
}

// --- speaking to the engine -------------------------------------------------------------------------------------------

/** Returns the version to speak: unversioned paths are answered by every engine, and a version too new is refused. */
async function negotiate(endpoint: EngineEndpoint, signal: AbortSignal | undefined): Promise<string> {
  const answerTimeoutMs = endpoint.transport.kind === 'command' ? ENGINE_SSH_TIMEOUT_MS : ENGINE_PING_TIMEOUT_MS;
  const request = (path: string): Promise<EngineAnswer> => askEngine(endpoint, { path, answerTimeoutMs, ...(signal !== undefined && { signal }) });
  const ping = await request('/_ping');
  // What Go's server says to those who speak plain HTTP to it.
  if (ping.status === 400 && new TextDecoder().decode(await readAnswer(ping)).includes('HTTPS server'))
    throw new EngineConnectionError('tls', 'it speaks TLS only: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH');
  ping.close();
  const offered = ping.headers['api-version'];
  const version = typeof offered === 'string' ? offered : toText(toMember(await readAnswer(await request('/version')), 'ApiVersion'));
  if (version === undefined || !/^\d+\.\d+$/.test(version)) throw new EngineConnectionError('broken', 'what answers there is no container engine');
  return compareVersions(version, OUR_API_VERSION) < 0 ? version : OUR_API_VERSION;
}

async function askJson(engine: Engine, path: string, what: string, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    const { value, reason } = parseJson(await readAnswer(await ask(engine, path, what, signal)));
    if (reason === undefined) return value;
    throw engineError(engine, `its answer for ${what} cannot be read: ${reason}`);
  } catch (error) {
    if (error instanceof EngineConnectionError) throw engineError(engine, `${what} could not be had: ${messageOf(error)}`, error);
    throw error;
  }
}

/** Returns an answer of status 200. @throws {ImageSourceError} not-found, engine-error for another status; {EngineConnectionError} */
async function ask(engine: Engine, path: string, what: string, signal: AbortSignal | undefined, answerTimeoutMs?: number): Promise<EngineAnswer> {
  const answer = await askEngine(engine.endpoint, {
    path: `/v${engine.apiVersion}${path}`,
    ...(signal !== undefined && { signal }),
    ...(answerTimeoutMs !== undefined && { answerTimeoutMs }),
  });
  if (answer.status === 200) return answer;
  const message = toText(toMember(await readAnswer(answer), 'message')) ?? `HTTP status ${answer.status}`;
  if (answer.status !== 404) throw engineError(engine, `it refused ${what}: ${messageOf(message)}`);
  throw new ImageSourceError(
    'not-found',
    `The engine at ${engine.endpoint.address} does not have it: ${messageOf(message)}. Build or pull it first; \`docker images\` lists those there are.`,
  );
}

/** True when whoever set it up said that its certificate need not be checked: anybody on the way could then answer in its place. */
function isUnverified({ transport }: EngineEndpoint): boolean {
  return transport.kind === 'tcp' && transport.tls?.verify === false;
}

function engineError(engine: Engine, what: string, cause?: EngineConnectionError): ImageSourceError {
  const code = cause?.code === 'timeout' ? 'timeout' : 'engine-error';
  return new ImageSourceError(
    code,
    `The engine at ${engine.endpoint.address} failed: ${what}. Check that it is running, then try again.`,
    cause === undefined ? undefined : { cause },
  );
}

function toNoEngineError(failures: readonly { endpoint: EngineEndpoint; error: EngineConnectionError }[]): ImageSourceError {
  const tried = failures
    .map(({ endpoint, error }) => `${endpoint.address}${endpoint.origin === 'default' ? '' : ` from ${endpoint.origin}`} (${error.message})`)
    .join(', ');
  const closed = failures.find(({ error }) => error.code === 'permission');
  const cause = { cause: failures[0]?.error };
  if (closed !== undefined) {
    return new ImageSourceError(
      'permission',
      `The container engine at ${closed.endpoint.address} is closed to this user. Tried: ${tried}. Join the group that owns the socket (often \`docker\`), or set DOCKER_HOST.`,
      cause,
    );
  }
  return new ImageSourceError(
    'no-engine',
    `No container engine answers. Tried: ${tried}. Start Docker or Podman, set DOCKER_HOST, or scan a saved image (\`docker save\`) instead.`,
    cause,
  );
}

// --- names and answers --------------------------------------------------------------------------------------------------

/** Returns a reference for use in a path. @throws {ImageSourceError} not-found for what cannot be one: it must not reach another path of the API */
function toPathSegment(reference: string): string {
  if (!/^[A-Za-z0-9][\w.:/@+-]*$/.test(reference) || reference.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new ImageSourceError('not-found', `${JSON.stringify(reference)} is not the name of an image. Write it as NAME:TAG.`);
  }
  return reference.split('/').map(encodeURIComponent).join('/');
}

function toEngineImage(answer: Readonly<Record<string, unknown>>): EngineImage {
  const created = answer['Created'];
  const time = typeof created === 'number' ? toTime(created) : toText(created);
  const size = answer['Size'];
  return {
    id: toText(answer['Id']) ?? '',
    references: toStrings(answer['RepoTags']).filter((name) => name !== '<none>:<none>'),
    repoDigests: toStrings(answer['RepoDigests']).filter((name) => !name.startsWith('<none>')),
    sizeBytes: typeof size === 'number' && size > 0 ? size : 0,
    ...(time && { created: time }),
  };
}

function toTime(seconds: number): string | undefined {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** Returns the name to show: the one asked for, unless that was an id and the image has a name. */
function toReference(details: EngineImage, asked: string): string {
  const isId = /^(?:sha256:)?[0-9a-f]{12,64}$/.test(asked) && details.id.replace('sha256:', '').startsWith(asked.replace('sha256:', ''));
  return isId ? (details.references[0] ?? asked) : asked;
}

/** Returns the digest under which a registry knows the image, of the repository asked for when there are several. */
/** In the older store, an image's id is the digest of its config, which no registry knows it by. */
function isKeptByDigest({ id, repoDigests }: EngineImage): boolean {
  return repoDigests.some((name) => name.endsWith(`@${id}`));
}

function toRepoDigest(details: EngineImage, reference: string): Digest | undefined {
  const repository = reference.replace(/[@:][^/]*$/, '');
  const name = details.repoDigests.find((candidate) => candidate.startsWith(`${repository}@`)) ?? details.repoDigests[0];
  const digest = name?.slice(name.indexOf('@') + 1);
  return isDigest(digest) ? digest : undefined;
}

function toMember(bytes: Uint8Array, name: string): unknown {
  const { value } = parseJson(bytes);
  return isJsonObject(value) ? value[name] : undefined;
}

function toPlatformQuery({ os, architecture, variant }: Platform): string {
  return JSON.stringify({ os, architecture, ...(variant !== undefined && { variant }) });
}

/** Orders versions such as 1.9 and 1.41. */
function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

function formatMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
