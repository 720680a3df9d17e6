import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { MAX_ADVISORY_ARTIFACT_BYTES, MAX_ADVISORY_DB_BYTES, MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { TarReader } from '../foundation/formats/tar-reader.ts';
import { FileError, openFile, readRange, statPath, type OpenFile } from '../foundation/io/files.ts';
import type { StreamingHttpClient } from '../foundation/io/http.ts';
import { readOptionalTextFile } from '../foundation/io/optional-file.ts';
import { openStaging, removeFile, type Staging } from '../foundation/io/staging.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';
import { RegistryClient, RegistryError } from '../registry/client.ts';
import { CredentialError, findCredential, type Credential } from '../registry/credentials.ts';
import { memberOf, parseJson, textOf } from '../registry/json.ts';
import { parseReference, type ImageReference } from '../registry/reference.ts';
import { openAdvisoryStore } from './store/bolt-store.ts';

/** Where the full database is published, in the order they are tried. */
export const defaultAdvisorySources: readonly string[] = ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'];

export interface AdvisoriesProgress {
  /** 0 to 1 when the total is known. */
  readonly fraction?: number;
  readonly message: string;
}

export interface UpdateAdvisoriesInput {
  /** References of OCI artefacts; the first that can be had is taken. Default: defaultAdvisorySources. */
  readonly sources?: readonly string[];
  /** Folder of the database; made when missing. */
  readonly directory: string;
  readonly http: StreamingHttpClient;
  /** Asked only where a source cannot be read anonymously. Default: docker's and podman's sign-ins. */
  readonly credentialFor?: (registry: string, repository: string) => Promise<Credential | undefined>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AdvisoriesProgress) => void;
}

export interface AdvisoriesUpdate {
  /** The reference or file it came from. */
  readonly source: string;
  /** The database that scans use from now on. */
  readonly file: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** Of the downloaded layer; absent after an import. */
  readonly digest?: Digest;
  /** False when the newest database was there already, and nothing was downloaded. */
  readonly changed: boolean;
}

export interface ImportAdvisoriesInput {
  /** A bolt database (metadata.json beside it is taken along), or the artefact's tar.gz. */
  readonly file: string;
  readonly directory: string;
  readonly signal?: AbortSignal;
}

export type AdvisoriesUpdateErrorCode = 'unreachable' | 'refused' | 'not-found' | 'malformed' | 'io';

export class AdvisoriesUpdateError extends Error {
  override readonly name = 'AdvisoriesUpdateError';
  readonly code: AdvisoriesUpdateErrorCode;
  constructor(code: AdvisoriesUpdateErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

const DATABASE = 'trivy.db';
const METADATA = 'metadata.json';
/** Ours: which layer the database came from, so that an unchanged one is not downloaded again. */
const ORIGIN = 'origin.json';
const ARCHIVE = 'layer.tar.gz';
const LAYER_MEDIA_TYPE = 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip';

/**
 * Downloads the newest advisory database, checks it, and puts it in the place of the previous one, which stays when anything fails.
 * @throws {AdvisoriesUpdateError} naming what went wrong with each source; a cancellation throws the signal's reason
 */
export async function updateAdvisories(input: UpdateAdvisoriesInput): Promise<AdvisoriesUpdate> {
  const failures: AdvisoriesUpdateError[] = [];
  for (const source of input.sources ?? defaultAdvisorySources) {
    try {
      return await updateFrom(source, input);
    } catch (error) {
      input.signal?.throwIfAborted();
      failures.push(toUpdateError(error, source));
    }
  }
  const [first] = failures;
  if (first === undefined) throw new AdvisoriesUpdateError('not-found', 'no source of advisories was named');
  const next = "The advisories from before stay in use. On a machine without a network, carry the database over and run 'plimsoll db import FILE'.";
  throw new AdvisoriesUpdateError(first.code, `the advisories could not be updated: ${failures.map(({ message }) => message).join('; ')}. ${next}`, {
    cause: first,
  });
}

/**
 * Puts a database that was carried here by hand in the place of the previous one, which stays when anything fails.
 * @throws {AdvisoriesUpdateError}
 */
export async function importAdvisories({ file, directory, signal }: ImportAdvisoriesInput): Promise<AdvisoriesUpdate> {
  try {
    return await inStaging(directory, async (staging) => {
      const opened = await openFile(file);
      try {
        const magic = new Uint8Array(2);
        await opened.read(magic, 0);
        if (magic[0] === 0x1f && magic[1] === 0x8b) await extract(opened, staging, signal);
        else await copyDatabase(opened, staging, signal);
      } finally {
        await opened.close();
      }
      return { source: file, file: path.join(directory, DATABASE), builtAt: await install(staging, directory, undefined), changed: true };
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw toUpdateError(error, file);
  }
}

async function updateFrom(source: string, input: UpdateAdvisoriesInput): Promise<AdvisoriesUpdate> {
  const reference = parseReference(source);
  if (reference === undefined) throw new AdvisoriesUpdateError('malformed', 'it is not a reference to an artefact');
  const { directory, http, signal, onProgress } = input;
  onProgress?.({ message: `Asking ${reference.registry} for the newest advisories` });
  const { client, layer } = await findLayer(reference, input);
  const file = path.join(directory, DATABASE);
  const current = await readInstalled(file, layer.digest, directory);
  if (current !== undefined) return { source, file, builtAt: current, digest: layer.digest, changed: false };

  return inStaging(directory, async (staging) => {
    const archive = await staging.create(ARCHIVE);
    let received = 0;
    try {
      await client.downloadBlob(http, reference.repository, layer.digest, layer.sizeBytes, async (chunk) => {
        await archive.write(chunk);
        received += chunk.length;
        onProgress?.({ fraction: Math.min(1, received / layer.sizeBytes), message: `Downloading advisories from ${reference.registry}` });
      });
    } finally {
      await archive.finish();
    }
    onProgress?.({ message: 'Unpacking advisories' });
    const opened = await openFile(staging.fileOf(ARCHIVE));
    try {
      await extract(opened, staging, signal);
    } finally {
      await opened.close();
    }
    const builtAt = await install(staging, directory, layer.digest);
    return { source, file, builtAt, digest: layer.digest, changed: true };
  });
}

interface ArtifactLayer {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Anonymously first: a stale sign-in must not keep anyone from what is public. */
async function findLayer(reference: ImageReference, input: UpdateAdvisoriesInput): Promise<{ client: RegistryClient; layer: ArtifactLayer }> {
  const { http, signal } = input;
  const clientWith = (credential: () => Promise<Credential | undefined>): RegistryClient =>
    new RegistryClient({ registry: reference.registry, http, credential, ...(signal === undefined ? {} : { signal }) });
  const anonymous = clientWith(() => Promise.resolve(undefined));
  try {
    return { client: anonymous, layer: parseArtifact((await anonymous.getManifest(reference)).bytes) };
  } catch (error) {
    if (!(error instanceof RegistryError) || (error.code !== 'unauthenticated' && error.code !== 'forbidden')) throw error;
    const credentialFor = input.credentialFor ?? ((registry: string, repository: string) => findCredential(registry, undefined, repository));
    const credential = await credentialFor(reference.registry, reference.repository);
    if (credential === undefined) throw error;
    const client = clientWith(() => Promise.resolve(credential));
    return { client, layer: parseArtifact((await client.getManifest(reference)).bytes) };
  }
}

/** @see https://github.com/opencontainers/image-spec/blob/main/manifest.md */
function parseArtifact(bytes: Uint8Array): ArtifactLayer {
  const layers = memberOf(parseJson(bytes), 'layers');
  const layer: unknown = Array.isArray(layers) ? layers.find((candidate) => textOf(candidate, 'mediaType') === LAYER_MEDIA_TYPE) : undefined;
  const digest = memberOf(layer, 'digest');
  const sizeBytes = memberOf(layer, 'size');
  if (!isDigest(digest) || typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes <= 0) {
    throw new AdvisoriesUpdateError('malformed', `it holds no advisory database (no layer of type ${LAYER_MEDIA_TYPE})`);
  }
  if (sizeBytes > MAX_ADVISORY_ARTIFACT_BYTES)
    throw new AdvisoriesUpdateError('malformed', `it is larger than any advisory database (${sizeBytes} bytes)`);
  return { digest, sizeBytes };
}

/** Returns when the installed database was built if it came from this very layer and can be read, else undefined. */
async function readInstalled(file: string, digest: Digest, directory: string): Promise<string | undefined> {
  try {
    const origin = await readOptionalTextFile(path.join(directory, ORIGIN), MAX_CONFIG_BYTES);
    return origin !== undefined && textOf(parseJson(origin), 'digest') === digest ? checkDatabase(file) : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the two files out of the archive by their names; nothing else in it is written anywhere. */
async function extract(archive: OpenFile, staging: Staging, signal: AbortSignal | undefined): Promise<void> {
  const bounds: ReadonlyMap<string, number> = new Map([
    [DATABASE, MAX_ADVISORY_DB_BYTES],
    [METADATA, MAX_CONFIG_BYTES],
  ]);
  const found = new Set<string>();
  await pipeline(copies(archive, signal), createGunzip(), async (unpacked: AsyncIterable<Uint8Array>) => {
    const tar = new TarReader(bounded(unpacked));
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
      const name = entry.name.replace(/^\.\//, '');
      const bound = bounds.get(name);
      if (bound === undefined) continue;
      if (entry.type !== 'file' || entry.sparse !== undefined || found.has(name))
        throw new AdvisoriesUpdateError('malformed', `its ${name} is not one plain file`);
      if (entry.sizeBytes > bound) throw new AdvisoriesUpdateError('malformed', `its ${name} is larger than any real one (${entry.sizeBytes} bytes)`);
      found.add(name);
      await writeEntry(tar, staging, name);
    }
    if (tar.failure !== undefined) throw new AdvisoriesUpdateError('malformed', `its archive is damaged: ${tar.failure.message}`);
  });
  if (!found.has(DATABASE)) throw new AdvisoriesUpdateError('malformed', `its archive holds no ${DATABASE}`);
}

async function writeEntry(tar: TarReader, staging: Staging, name: string): Promise<void> {
  const file = await staging.create(name);
  try {
    for (let piece = await tar.readPiece(); piece !== undefined; piece = await tar.readPiece()) await file.write(piece);
  } finally {
    await file.finish();
  }
}

/** Pieces in memory of their own: a stream keeps some, while the reader uses its memory again. */
async function* copies(file: OpenFile, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of readRange(file, 0, file.sizeBytes, signal)) yield chunk.slice();
}

/** A small archive can unpack to anything: what lies beside the database must not go on for ever either. */
async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_ADVISORY_DB_BYTES + MAX_CONFIG_BYTES)
      throw new AdvisoriesUpdateError('malformed', 'its archive unpacks to more than any advisory database');
    yield chunk;
  }
}

async function copyDatabase(database: OpenFile, staging: Staging, signal: AbortSignal | undefined): Promise<void> {
  if (database.sizeBytes > MAX_ADVISORY_DB_BYTES) throw new AdvisoriesUpdateError('malformed', 'it is larger than any advisory database');
  const copy = await staging.create(DATABASE);
  try {
    for await (const chunk of readRange(database, 0, database.sizeBytes, signal)) await copy.write(chunk);
  } finally {
    await copy.finish();
  }
  const metadata = await readOptionalTextFile(path.join(path.dirname(database.path), METADATA), MAX_CONFIG_BYTES);
  if (metadata !== undefined) await writeText(staging, METADATA, metadata);
}

/** Checks what is staged and publishes it; returns when the database was built. */
async function install(staging: Staging, directory: string, digest: Digest | undefined): Promise<string> {
  const builtAt = checkDatabase(staging.fileOf(DATABASE));
  // Until all is in place nothing says where the database came from, and its date is at worst too old.
  await removeFile(path.join(directory, ORIGIN));
  await staging.publish(DATABASE);
  if ((await statPath(staging.fileOf(METADATA))) === 'file') await staging.publish(METADATA);
  else await removeFile(path.join(directory, METADATA));
  if (digest !== undefined) {
    await writeText(staging, ORIGIN, JSON.stringify({ digest }));
    await staging.publish(ORIGIN);
  }
  return builtAt;
}

/** @throws {AdvisoryStoreError} when it is no database that scans could use */
function checkDatabase(file: string): string {
  const store = openAdvisoryStore(file);
  try {
    if (!store.buckets('').includes('vulnerability')) throw new AdvisoriesUpdateError('malformed', 'it is a database, but not one of advisories');
    return store.used.builtAt;
  } finally {
    store.close();
  }
}

async function writeText(staging: Staging, name: string, text: string): Promise<void> {
  const file = await staging.create(name);
  try {
    await file.write(new TextEncoder().encode(text));
  } finally {
    await file.finish();
  }
}

async function inStaging<T>(directory: string, work: (staging: Staging) => Promise<T>): Promise<T> {
  const staging = await openStaging(directory);
  try {
    return await work(staging);
  } finally {
    await staging.discard();
  }
}

function toUpdateError(error: unknown, source: string): AdvisoriesUpdateError {
  return new AdvisoriesUpdateError(codeOf(error), `${source}: ${explain(error)}`, { cause: error });
}

function codeOf(error: unknown): AdvisoriesUpdateErrorCode {
  if (error instanceof AdvisoriesUpdateError) return error.code;
  if (error instanceof FileError) return error.code === 'not-found' ? 'not-found' : 'io';
  if (error instanceof RegistryError) return CODE_OF_REGISTRY[error.code];
  if (error instanceof CredentialError) return 'refused';
  return systemCode(error)?.startsWith('E') === true ? 'io' : 'malformed';
}

const CODE_OF_REGISTRY: Readonly<Record<RegistryError['code'], AdvisoriesUpdateErrorCode>> = {
  unauthenticated: 'refused',
  forbidden: 'refused',
  blocked: 'refused',
  'not-found': 'not-found',
  'rate-limited': 'unreachable',
  'server-error': 'unreachable',
  timeout: 'unreachable',
  tls: 'unreachable',
  network: 'unreachable',
  aborted: 'unreachable',
  malformed: 'malformed',
  'digest-mismatch': 'malformed',
  'too-large': 'malformed',
};

function explain(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOSPC':
      return 'the disk is full; make room and try again';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `the folder of the advisories cannot be written (${messageOf(error)})`;
    case 'EBUSY':
      return 'the database in use cannot be replaced while another program has it open; close it and try again';
    default:
      return systemCode(error)?.startsWith('Z_') === true ? `its archive is damaged (${messageOf(error)})` : messageOf(error);
  }
}

/** The operating system's or zlib's code; undefined for our own errors, whose message says it all. */
function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^(?:E[A-Z0-9]+|Z_[A-Z_]+)$/.test(code) ? code : undefined;
}
