import path from 'node:path';
import { MAX_ADVISORY_ARTIFACT_BYTES } from '../foundation/base/limits.ts';
import type { StreamingHttpClient } from '../foundation/io/http.ts';
import { openPartialFile } from '../foundation/io/partial-file.ts';
import { listFolder, removeFile } from '../foundation/io/staging.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';
import { RegistryClient } from '../registry/client.ts';
import { findCredential, type Credential } from '../registry/credentials.ts';
import { RegistryError } from '../registry/error.ts';
import { memberOf, parseJson, textOf } from '../registry/json.ts';
import type { ImageReference } from '../registry/reference.ts';
import { AdvisoriesUpdateError } from './update-error.ts';

export interface ArtifactAccess {
  readonly http: StreamingHttpClient;
  /** Asked only where a source cannot be read anonymously. Default: docker's and podman's sign-ins. */
  readonly credentialFor?: (registry: string, repository: string) => Promise<Credential | undefined>;
  readonly signal?: AbortSignal;
}

interface ArtifactLayer {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** An artefact that was found, and the client that was let in to it. */
interface FoundArtifact {
  readonly client: RegistryClient;
  readonly layer: ArtifactLayer;
}

const LAYER_MEDIA_TYPE = 'application/vnd.aquasec.trivy.db.layer.v1.tar+gzip';
const PARTIAL = '.download-';

/** Returns the layer that holds the database. Asked anonymously first: a stale sign-in must not keep anyone from what is public. @throws {RegistryError} {AdvisoriesUpdateError} */
export async function findArtifact(reference: ImageReference, { http, credentialFor, signal }: ArtifactAccess): Promise<FoundArtifact> {
  const clientWith = (credential: () => Promise<Credential | undefined>): RegistryClient =>
    new RegistryClient({ registry: reference.registry, http, credential, ...(signal === undefined ? {} : { signal }) });
  const anonymous = clientWith(() => Promise.resolve(undefined));
  try {
    return { client: anonymous, layer: parseArtifact((await anonymous.getManifest(reference)).bytes) };
  } catch (error) {
    if (!(error instanceof RegistryError) || (error.code !== 'unauthenticated' && error.code !== 'forbidden')) throw error;
    const find = credentialFor ?? ((registry: string, repository: string) => findCredential(registry, undefined, repository));
    const credential = await find(reference.registry, reference.repository);
    if (credential === undefined) throw error;
    const client = clientWith(() => Promise.resolve(credential));
    return { client, layer: parseArtifact((await client.getManifest(reference)).bytes) };
  }
}

/**
 * Downloads a layer into `directory` and returns the file, checked by its digest. What an attempt before this one got of the same layer, though it was killed, is not asked for
 * again. Only for whoever holds the folder's lock.
 * @throws {RegistryError} digest-mismatch …; what the operating system reports
 */
export async function downloadLayer(
  { client, layer }: FoundArtifact,
  repository: string,
  directory: string,
  http: StreamingHttpClient,
  onReceived: (bytes: number) => void,
): Promise<string> {
  const file = path.join(directory, PARTIAL + layer.digest.replace(':', '-'));
  await clearDownloads(directory, path.basename(file));
  try {
    return await continueDownload({ client, layer }, repository, file, http, onReceived);
  } catch (error) {
    // Other bytes than promised, or a disk without room: what is there is of no use to a next attempt.
    const isCutOff = error instanceof RegistryError && error.code !== 'digest-mismatch' && error.code !== 'malformed' && error.code !== 'too-large';
    const isCancelled = error instanceof DOMException;
    if (!isCutOff && !isCancelled) await removeFile(file);
    throw error;
  }
}

async function continueDownload(
  { client, layer }: FoundArtifact,
  repository: string,
  file: string,
  http: StreamingHttpClient,
  onReceived: (bytes: number) => void,
): Promise<string> {
  // One byte less than all: a server that is asked for nothing more answers with an error.
  const partial = await openPartialFile(file, layer.sizeBytes - 1);
  try {
    let received = partial.sizeBytes;
    const append = async (chunk: Uint8Array): Promise<void> => {
      await partial.append(chunk);
      received += chunk.length;
      onReceived(received);
    };
    await client.downloadBlob(http, repository, layer.digest, layer.sizeBytes, append, partial.bytes());
  } finally {
    await partial.finish();
  }
  return file;
}

/** Removes what earlier downloads left in a folder, but for the one that is to go on. */
async function clearDownloads(directory: string, except?: string): Promise<void> {
  for (const name of await listFolder(directory)) {
    if (name.startsWith(PARTIAL) && name !== except) await removeFile(path.join(directory, name));
  }
}

/** @see https://github.com/opencontainers/image-spec/blob/main/manifest.md */
function parseArtifact(bytes: Uint8Array): ArtifactLayer {
  const manifest = parseJson(bytes);
  if (manifest === undefined && /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 64)))) {
    throw new AdvisoriesUpdateError(
      'malformed',
      'it answers with a web page: something between here and there wants a sign-in, or the address is wrong',
    );
  }
  const layers = memberOf(manifest, 'layers');
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
