/**
 * An image in a registry, read layer by layer without a copy of it being written anywhere. A layer that was looked at before is not downloaded at all.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
import { Readable } from 'node:stream';
import { MAX_LAYER_BYTES } from '../../foundation/base/limits.ts';
import { isJsonObject, parseJson, toText } from '../../foundation/formats/json.ts';
import type { StreamingHttpClient } from '../../foundation/io/http.ts';
import { isDigest } from '../../foundation/model/brand.ts';
import type { Digest } from '../../foundation/model/brand.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { FetchedManifest } from '../../registry/client.ts';
import { RegistryClient } from '../../registry/client.ts';
import type { Credential } from '../../registry/credentials.ts';
import { CredentialError } from '../../registry/credentials.ts';
import type { RegistryErrorCode } from '../../registry/error.ts';
import { RegistryError } from '../../registry/error.ts';
import type { ImageReference } from '../../registry/reference.ts';
import { formatReference, parseReference, withDefaultTag } from '../../registry/reference.ts';
import { OCI_INDEX_PATH, describeImage } from './describe-image.ts';
import type { DocumentStore, ImageDescription } from './image-description.ts';
import { toChoice } from './docker-archive.ts';
import type { ImageSource, ImageSourceErrorCode, LayerSink, ReadOptions, SourceImage, SourceLayer } from './source.ts';
import { ImageSourceError } from './source.ts';

export interface RegistryAccess {
  readonly http: StreamingHttpClient;
  /** Asked only when the registry wants to know who is there. */
  readonly credential: (registry: string, repository: string) => Promise<Credential | undefined>;
}

const BLOB_PATH = /^blobs\/(sha(?:256|512))\/([0-9a-f]+)$/;

/** Returns the image that a registry has under `reference`. Nothing is asked before it is read. @throws {ImageSourceError} not-found for what is no reference */
export function openRegistryImage(reference: string, access: RegistryAccess): ImageSource {
  const parsed = parseReference(reference);
  if (parsed === undefined)
    throw new ImageSourceError('not-found', `${JSON.stringify(reference)} is not the name of an image. Write it as REGISTRY/REPOSITORY:TAG.`);
  const asked = withDefaultTag(parsed);
  return {
    kind: 'registry',
    read: (sink, options) => withRegistry(asked, () => readFromRegistry(asked, access, sink, options)),
    identify: (options) =>
      withRegistry(asked, async () => {
        const { digest } = await toClient(asked, access, options).getManifest(asked);
        return JSON.stringify(['registry', formatReference(asked), digest, options.platform]);
      }),
  };
}

/** Returns what a registry's manifest and config say of an image; its layers are not fetched. @throws {ImageSourceError} */
export function describeRegistryImage(asked: ImageReference, access: RegistryAccess, options: ReadOptions): Promise<ImageDescription> {
  return withRegistry(asked, async () => {
    const client = toClient(asked, access, options);
    return describeImage(new RegistryDocuments(asked, client, await client.getManifest(asked)), toChoice(undefined, options));
  });
}

function toClient({ registry, repository }: ImageReference, { http, credential }: RegistryAccess, { signal }: ReadOptions): RegistryClient {
  return new RegistryClient({ registry, http, credential: () => credential(registry, repository), ...(signal !== undefined && { signal }) });
}

async function readFromRegistry(asked: ImageReference, access: RegistryAccess, sink: LayerSink, options: ReadOptions): Promise<SourceImage> {
  const client = toClient(asked, access, options);
  const top = await client.getManifest(asked);
  const description = await describeImage(new RegistryDocuments(asked, client, top), toChoice(undefined, options));
  const image = await readRemoteLayers(description, asked, client, access.http, sink, options);
  return { ...image, reference: formatReference(asked), digest: top.digest };
}

/** The manifests and configs of an image, as an OCI layout would have them. */
class RegistryDocuments implements DocumentStore {
  readonly name: string;
  readonly #asked: ImageReference;
  readonly #client: RegistryClient;
  readonly #top: FetchedManifest;
  /** Digests that an index names: they are asked for as manifests, everything else as blobs. */
  readonly #manifests = new Set<string>();

  constructor(asked: ImageReference, client: RegistryClient, top: FetchedManifest) {
    this.name = formatReference(asked);
    this.#asked = asked;
    this.#client = client;
    this.#top = top;
  }

  locate(path: string): { readonly path: string; readonly sizeBytes: number } | undefined {
    return BLOB_PATH.test(path) ? { path, sizeBytes: 0 } : undefined;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const { digest, mediaType, bytes } = this.#top;
    if (path === OCI_INDEX_PATH)
      return new TextEncoder().encode(JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, digest, size: bytes.length }] }));
    const wanted = toDigest(path);
    if (wanted === undefined) return undefined;
    if (wanted === digest) return this.#note(bytes);
    if (!this.#manifests.has(wanted)) return this.#client.getBlob(this.#asked.repository, wanted);
    try {
      const { registry, repository } = this.#asked;
      return this.#note((await this.#client.getManifest({ registry, repository, digest: wanted })).bytes);
    } catch (error) {
      // An index may name platforms that were never pushed.
      if (error instanceof RegistryError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  #note(bytes: Uint8Array): Uint8Array {
    const { value } = parseJson(bytes);
    const entries = isJsonObject(value) && Array.isArray(value['manifests']) ? value['manifests'] : [];
    for (const entry of entries) {
      const digest = isJsonObject(entry) ? toText(entry['digest']) : undefined;
      if (digest !== undefined) this.#manifests.add(digest);
    }
    return bytes;
  }
}

function toDigest(path: string): Digest | undefined {
  const [, algorithm = '', hex = ''] = BLOB_PATH.exec(path) ?? [];
  const digest = `${algorithm}:${hex}`;
  return isDigest(digest) ? digest : undefined;
}

async function readRemoteLayers(
  description: ImageDescription,
  asked: ImageReference,
  client: RegistryClient,
  http: StreamingHttpClient,
  sink: LayerSink,
  options: ReadOptions,
): Promise<SourceImage> {
  const problems: Problem[] = [...description.problems];
  const failed = new Set<string>();
  const total = description.layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let done = 0;
  for (const [index, layer] of description.layers.entries()) {
    const { key, digest } = layer;
    const isRepeated = description.layers.findIndex((other) => other.key === key) < index;
    if (key === undefined || digest === undefined || isRepeated) continue;
    const name = `layer ${index + 1} of ${description.layers.length}`;
    const report = (bytes: number): void => {
      options.onProgress?.({
        ...(total > 0 && { fraction: Math.min((done + bytes) / total, 1) }),
        message: `Downloading ${name} from ${asked.registry}`,
      });
    };
    report(0);
    try {
      await takeLayer(layer, description.platform.os, key, digest, { asked, client, http }, sink, report);
    } catch (error) {
      // One layer that is gone, or kept elsewhere, does not hide the others; a registry that no longer answers does.
      if (!(error instanceof RegistryError) || !isOfOneLayer(error.code)) throw error;
      failed.add(key);
      problems.push({ code: 'unreadable-layer', message: `${name} could not be read: ${error.message}`, layer: index });
    }
    done += layer.sizeBytes;
  }
  const layers = description.layers.map((layer) => (layer.key !== undefined && failed.has(layer.key) ? { ...layer, key: undefined } : layer));
  return { ...description, layers, problems };
}

function isOfOneLayer(code: RegistryErrorCode): boolean {
  return code === 'not-found' || code === 'digest-mismatch' || code === 'too-large' || code === 'malformed';
}

async function takeLayer(
  { diffId }: SourceLayer,
  os: string,
  key: string,
  digest: Digest,
  from: { readonly asked: ImageReference; readonly client: RegistryClient; readonly http: StreamingHttpClient },
  sink: LayerSink,
  report: (bytes: number) => void,
): Promise<void> {
  const expected = { digest, os, ...(diffId !== undefined && { diffId }) };
  if ((await sink.recall?.(key, expected)) === true) return;
  const pipe = new ChunkPipe();
  const taken = sink.stream(key, pipe.readable, expected).finally(() => {
    pipe.stop();
  });
  // Whichever fails first is told; the other one then ends.
  taken.catch(() => undefined);
  let received = 0;
  try {
    await from.client.downloadBlob(from.http, from.asked.repository, digest, MAX_LAYER_BYTES, async (chunk) => {
      received += chunk.length;
      report(received);
      await pipe.write(chunk);
    });
    pipe.end();
  } catch (error) {
    pipe.fail(error instanceof Error ? error : new Error(String(error)));
    await taken.catch(() => undefined);
    if (!(error instanceof StoppedError)) throw error;
  }
  await taken;
}

/** Nobody reads any more. */
class StoppedError extends Error {}

/** Turns chunks that are pushed into a stream that is pulled; each waits until the one before was taken. */
class ChunkPipe {
  readonly readable: Readable;
  #wake: (() => void) | undefined;
  #stopped = false;

  constructor() {
    this.readable = new Readable({
      highWaterMark: 1,
      read: () => {
        this.#wake?.();
        this.#wake = undefined;
      },
    });
    // What goes wrong is told by `write` and by who reads.
    this.readable.on('error', () => undefined);
    this.readable.once('close', () => {
      this.stop();
    });
  }

  /** @throws {StoppedError} when nobody reads any more */
  async write(chunk: Uint8Array): Promise<void> {
    if (this.#stopped) throw new StoppedError();
    if (this.readable.push(new Uint8Array(chunk))) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  end(): void {
    this.readable.push(null);
  }

  fail(error: Error): void {
    this.readable.destroy(error);
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
    this.#wake = undefined;
  }
}

const CODE_OF: Readonly<Record<RegistryErrorCode, ImageSourceErrorCode>> = {
  unauthenticated: 'permission',
  forbidden: 'permission',
  blocked: 'permission',
  'not-found': 'not-found',
  'rate-limited': 'io',
  'server-error': 'io',
  network: 'io',
  tls: 'io',
  aborted: 'io',
  malformed: 'malformed',
  'digest-mismatch': 'malformed',
  'too-large': 'limit-exceeded',
  timeout: 'timeout',
};

const ADVICE: Readonly<Partial<Record<RegistryErrorCode, string>>> = {
  unauthenticated: 'Sign in with `docker login`.',
  forbidden: 'Ask for the right to pull it.',
  blocked: 'The registry itself refuses to hand it out.',
  'not-found': 'Check the name and the tag; registries also say so of what you may not see.',
  'rate-limited': 'Wait a while, or sign in.',
};

/** Tells what goes wrong with a registry as what it means for an image. */
async function withRegistry<T>(asked: ImageReference, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof CredentialError) throw new ImageSourceError('permission', error.message, { cause: error });
    if (!(error instanceof RegistryError)) throw error;
    const advice = ADVICE[error.code];
    throw new ImageSourceError(
      CODE_OF[error.code],
      `${formatReference(asked)} could not be read: ${error.message}.${advice === undefined ? '' : ` ${advice}`}`,
      { cause: error },
    );
  }
}
