import { MAX_IMAGE_JSON_BYTES } from '../foundation/base/limits.ts';
import type { HttpResponse, StreamingHttpClient } from '../foundation/io/http.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';
import { downloadBlob } from './blob-download.ts';
import { algorithmOf, digestOf } from './digest.ts';
import { RegistryError, toStatusError } from './error.ts';
import { parseJson, textOf } from './json.ts';
import type { ImageReference } from './reference.ts';
import { isSuccess, RegistrySession, type RegistrySessionOptions } from './session.ts';

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

/** Of what an image's name stands for. Without the OCI types a registry says that an OCI image does not exist. */
export const manifestMediaTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Reads from one registry. @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export class RegistryClient {
  /** For what goes beyond reading an image: referrers, uploads, lists of names. */
  readonly session: RegistrySession;

  constructor(options: RegistrySessionOptions) {
    this.session = new RegistrySession(options);
  }

  /** Returns the manifest or index that a reference names; a digest in the reference is held against the bytes. @throws {RegistryError} */
  async getManifest(reference: ImageReference): Promise<FetchedManifest> {
    const response = await this.#manifest('GET', reference);
    const stated = reference.digest ?? response.headers['docker-content-digest'];
    const digest = isDigest(stated) ? stated : digestOf(response.body);
    if (digestOf(response.body, algorithmOf(digest)) !== digest)
      throw new RegistryError('digest-mismatch', `${this.session.registry} sent other bytes than ${digest} for ${reference.repository}`);
    return { digest, mediaType: mediaTypeOf(response), bytes: response.body };
  }

  /** Returns what is known of a manifest without fetching it. @throws {RegistryError} 'blocked' when the registry's policy refuses the pull */
  async headManifest(reference: ImageReference): Promise<ManifestHead> {
    const { headers } = await this.#manifest('HEAD', reference);
    const digest = headers['docker-content-digest'];
    return { mediaType: headers['content-type'] ?? '', ...(isDigest(digest) ? { digest } : {}) };
  }

  /** Returns a small blob whole, checked against its digest. @throws {RegistryError} */
  async getBlob(repository: string, digest: Digest, maxBytes: number = MAX_IMAGE_JSON_BYTES, timeoutMs?: number): Promise<Uint8Array> {
    const url = this.session.url(repository, 'blobs', digest);
    const patience = timeoutMs === undefined ? {} : { timeoutMs };
    const response = await this.session.exchange(`repository:${repository}:pull`, { url, headers: { accept: '*/*' }, maxBytes, ...patience });
    if (!isSuccess(response)) throw toStatusError(response, this.session.registry, repository);
    if (digestOf(response.body, algorithmOf(digest)) !== digest)
      throw new RegistryError('digest-mismatch', `${this.session.registry} sent other bytes than ${digest}`);
    return response.body;
  }

  /**
   * Streams a blob to `onChunk` and returns its size; a download that is cut off is taken up where it ended. The digest is known to hold only when this returns: undo what was done with the chunks when it throws.
   * `known` are bytes that it begins with, from an earlier attempt: they are not asked for again, and not handed out.
   * @throws {RegistryError}
   */
  downloadBlob(
    http: StreamingHttpClient,
    repository: string,
    digest: Digest,
    maxBytes: number,
    onChunk: (chunk: Uint8Array) => void | Promise<void>,
    known?: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    return downloadBlob({ session: this.session, http, repository, digest, maxBytes, onChunk, ...(known === undefined ? {} : { known }) });
  }

  async #manifest(method: 'GET' | 'HEAD', { repository, digest, tag = 'latest' }: ImageReference): Promise<HttpResponse> {
    const response = await this.session.exchange(`repository:${repository}:pull`, {
      method,
      url: this.session.url(repository, 'manifests', digest ?? tag),
      headers: { accept: manifestMediaTypes.join(', ') },
      maxBytes: MAX_IMAGE_JSON_BYTES,
    });
    if (!isSuccess(response)) throw toStatusError(response, this.session.registry, repository);
    return response;
  }
}

function mediaTypeOf(response: HttpResponse): string {
  const stated = textOf(parseJson(response.body), 'mediaType');
  return stated ?? response.headers['content-type']?.split(';')[0]?.trim() ?? '';
}
