/**
 * Gives an image of a local engine another name, and lets the engine push it.
 * @see https://docs.docker.com/reference/api/engine/
 */
import { ENGINE_ANSWER_TIMEOUT_MS, PUSH_IDLE_TIMEOUT_MS } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { askEngine, EngineConnectionError, readAnswer, type EngineAnswer, type EngineEndpoint } from '../../foundation/io/engine-connection.ts';
import type { Digest } from '../../foundation/model/brand.ts';
import type { Platform } from '../../foundation/model/image.ts';
import type { Credential } from '../../registry/credentials.ts';
import { parseJson, textOf, toShowable } from '../../registry/json.ts';
import { formatReference, type ImageReference } from '../../registry/reference.ts';
import { toAuthHeader } from './auth-header.ts';
import { PushError, type PushErrorCode } from './push-error.ts';
import { PushProgress, type PushStep } from './push-progress.ts';
import { readPushEvents } from './push-stream.ts';

/** An engine that has answered, and the version of the API that both sides speak. */
export interface PushEngine {
  readonly endpoint: EngineEndpoint;
  /** Such as 1.41. */
  readonly apiVersion: string;
}

export interface EnginePush {
  readonly reference: ImageReference & { readonly tag: string };
  readonly credential: Credential | undefined;
  /** Only this one of an image for several platforms. */
  readonly platform?: Platform;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: PushStep) => void;
}

/** Gives the image with the engine's own `id` the name `reference`, which is taken from whatever had it. @throws {PushError} */
export async function tagImage(
  engine: PushEngine,
  id: string,
  reference: ImageReference & { readonly tag: string },
  signal?: AbortSignal,
): Promise<void> {
  const query = new URLSearchParams({ repo: `${reference.registry}/${reference.repository}`, tag: reference.tag });
  const answer = await post(engine, `/images/${encodeURIComponent(id)}/tag?${query.toString()}`, {}, ENGINE_ANSWER_TIMEOUT_MS, signal);
  if (answer.status >= 200 && answer.status < 300) {
    answer.close();
    return;
  }
  const said = await readMessage(answer);
  throw new PushError('refused', `the engine at ${engine.endpoint.address} did not tag the image as ${formatReference(reference)}: ${said}`);
}

/**
 * Pushes the image that the engine knows as `reference`, and returns the digest under which the registry took it. An abort ends the connection, with which the engine gives up too.
 * @throws {PushError} unauthenticated, blocked, refused, not-found, broken; the signal's reason
 */
export async function pushToRegistry(engine: PushEngine, push: EnginePush): Promise<Digest> {
  const { reference, credential, platform, signal, onProgress } = push;
  const query = new URLSearchParams({ tag: reference.tag, ...(platform === undefined ? {} : { platform: toPlatformJson(platform) }) });
  const name = [reference.registry, ...reference.repository.split('/')].map(encodeURIComponent).join('/');
  const headers = { 'X-Registry-Auth': toAuthHeader(credential, reference.registry), 'Content-Type': 'application/json' };
  const answer = await post(engine, `/images/${name}/push?${query.toString()}`, headers, PUSH_IDLE_TIMEOUT_MS, signal);
  if (answer.status !== 200) throw toPushError(await readMessage(answer), engine, push);

  const progress = new PushProgress();
  let digest: Digest | undefined;
  try {
    for await (const event of readPushEvents(answer.body(PUSH_IDLE_TIMEOUT_MS))) {
      if (event.kind === 'error') throw toPushError(event.message, engine, push);
      if (event.kind === 'digest') digest = event.digest;
      else onProgress?.(progress.advance(event));
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof EngineConnectionError)) throw error;
    throw new PushError(
      'broken',
      `The engine at ${engine.endpoint.address} stopped in the middle of pushing ${formatReference(reference)}: ${messageOf(error)}. Push again: what the registry has already is not sent twice.`,
      { cause: error },
    );
  }
  // Docker and Podman end a push that went well with its digest: an answer without one was cut short by somebody between.
  if (digest === undefined)
    throw new PushError(
      'broken',
      `The engine at ${engine.endpoint.address} ended its answer without saying that ${formatReference(reference)} was pushed. Push again.`,
    );
  return digest;
}

async function post(
  { endpoint, apiVersion }: PushEngine,
  path: string,
  headers: Readonly<Record<string, string>>,
  answerTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<EngineAnswer> {
  try {
    return await askEngine(endpoint, {
      method: 'POST',
      path: `/v${apiVersion}${path}`,
      headers,
      answerTimeoutMs,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (!(error instanceof EngineConnectionError)) throw error;
    throw new PushError(
      'broken',
      `The engine at ${endpoint.address} cannot be asked to push: ${messageOf(error)}. Check that it is running, then try again.`,
      {
        cause: error,
      },
    );
  }
}

/** Docker says `message`; Podman adds `cause` and `response`. */
async function readMessage(answer: EngineAnswer): Promise<string> {
  const body = await readAnswer(answer).catch(() => new Uint8Array());
  const json = parseJson(body);
  const said = textOf(json, 'message') ?? textOf(json, 'cause') ?? '';
  return said === '' ? `HTTP status ${answer.status}` : toShowable(said);
}

const NEXT: readonly (readonly [RegExp, PushErrorCode, (registry: string) => string])[] = [
  [
    /unauthorized|authentication required|no basic auth|denied|incorrect username|invalid username|forbidden/i,
    'unauthenticated',
    (registry) => `Sign in with 'docker login ${registry}' as somebody who may push there.`,
  ],
  [/does not exist|no such image|image not known|tag does not exist/i, 'not-found', () => 'Build or tag it first.'],
  [
    /\b412\b|precondition|projectpolicyviolation|cannot be pulled|content trust/i,
    'blocked',
    () => "The tag that is there is blocked by the registry's policy, and the engine looks at it first: push under a new tag, or delete the old one.",
  ],
  [
    /server gave http response to https/i,
    'refused',
    (registry) => `The engine asks ${registry} by https only: name it among the engine's insecure registries.`,
  ],
  [
    /x509|certificate/i,
    'refused',
    (registry) =>
      `The engine does not trust the certificate of ${registry}: give it the authority that issued it (for Docker, in /etc/docker/certs.d/${registry}/ca.crt).`,
  ],
  [
    /dial tcp|no such host|connection refused|connection reset|timeout|unexpected EOF|: EOF$/i,
    'broken',
    (registry) => `Check that the engine can reach ${registry}, then push again: what is there already is not sent twice.`,
  ],
  [/toomanyrequests|too many requests|\b429\b/i, 'refused', () => 'Wait a while, then push again.'],
];

function toPushError(said: string, { endpoint }: PushEngine, { reference }: EnginePush): PushError {
  const [, code, next] = NEXT.find(([pattern]) => pattern.test(said)) ?? [
    undefined,
    'refused' as const,
    () => 'Nothing was published under this tag.',
  ];
  const sentence = said.replace(/[.\s]+$/, '');
  return new PushError(
    code,
    `${formatReference(reference)} was not pushed by the engine at ${endpoint.address}: ${sentence}. ${next(reference.registry)}`,
  );
}

function toPlatformJson({ os, architecture, variant }: Platform): string {
  return JSON.stringify({ os, architecture, ...(variant === undefined ? {} : { variant }) });
}
