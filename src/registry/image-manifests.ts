import type { Platform } from '../foundation/model/image.ts';
import { isDigest, isDiffId, type Digest, type DiffId } from '../foundation/model/brand.ts';
import { MAX_LAYERS, MAX_MANIFESTS } from '../foundation/base/limits.ts';
import type { FetchedManifest, RegistryClient } from './client.ts';
import type { Descriptor } from './descriptor.ts';
import { RegistryError } from './error.ts';
import { memberOf, parseJson, textOf } from './json.ts';
import type { ImageReference } from './reference.ts';

/** What a reference stands for in a registry: an image, or several for different platforms. */
export interface TaggedImages {
  readonly digest: Digest;
  readonly isIndex: boolean;
  /** One, or those that the index names; what is no image (attestations, signatures) is left out. */
  readonly manifests: readonly PlatformManifest[];
  /** Entries of the index that may be images and cannot be read: malformed ones, and further indexes. */
  readonly unread: number;
}

export interface PlatformManifest {
  readonly descriptor: Descriptor;
  /** As an index says; absent where none does. */
  readonly platform?: Platform;
  /** The manifest itself, where it was fetched already. */
  readonly bytes?: Uint8Array;
}

/** An image's manifest, and what its config says. */
export interface ImageManifest {
  readonly descriptor: Descriptor;
  readonly platform: Platform;
  readonly configDigest: Digest;
  /** Bottom first. */
  readonly diffIds: readonly DiffId[];
}

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const IMAGE_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);
const CONFIG_TYPES: ReadonlySet<string> = new Set(['application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json']);

/** Returns the images that a reference stands for. @throws {RegistryError} 'malformed' when what is there is neither an image nor an index */
export async function findImages(client: RegistryClient, reference: ImageReference): Promise<TaggedImages> {
  const manifest = await client.getManifest(reference);
  const document = parseJson(manifest.bytes);
  if (IMAGE_TYPES.has(manifest.mediaType)) {
    return {
      digest: manifest.digest,
      isIndex: false,
      manifests: isImage(document) ? [{ descriptor: descriptorOf(manifest), bytes: manifest.bytes }] : [],
      unread: 0,
    };
  }
  const entries = memberOf(document, 'manifests');
  if (!INDEX_TYPES.has(manifest.mediaType) || !Array.isArray(entries) || entries.length > MAX_MANIFESTS)
    throw new RegistryError('malformed', `what ${reference.registry} has as ${reference.repository} is no image`);
  return {
    digest: manifest.digest,
    isIndex: true,
    manifests: entries.flatMap((entry) => toPlatformManifest(entry) ?? []),
    unread: entries.filter((entry) => !isReadable(entry)).length,
  };
}

/** Returns what an image's manifest and config say. @throws {RegistryError} 'malformed' when they are not those of an image */
export async function readImageManifest(client: RegistryClient, repository: string, { descriptor, bytes }: PlatformManifest): Promise<ImageManifest> {
  const { registry } = client.session;
  const manifest = parseJson(bytes ?? (await client.getManifest({ registry, repository, digest: descriptor.digest })).bytes);
  const configDigest = memberOf(memberOf(manifest, 'config'), 'digest');
  const malformed = new RegistryError('malformed', `${repository}@${descriptor.digest} in ${registry} is no image that can be read`);
  if (!isDigest(configDigest)) throw malformed;
  const config = parseJson(await client.getBlob(repository, configDigest));
  const platform = toPlatform(config);
  const diffIds = memberOf(memberOf(config, 'rootfs'), 'diff_ids');
  if (platform === undefined || !Array.isArray(diffIds) || diffIds.length > MAX_LAYERS || !diffIds.every(isDiffId)) throw malformed;
  return { descriptor, platform, configDigest, diffIds };
}

function descriptorOf({ mediaType, digest, bytes }: FetchedManifest): Descriptor {
  return { mediaType, digest, size: bytes.length };
}

/** Artifacts have an image's manifest too, with a config of their own kind. */
function isImage(manifest: unknown): boolean {
  return CONFIG_TYPES.has(textOf(memberOf(manifest, 'config'), 'mediaType') ?? '');
}

/** What is of another kind than images and indexes is none, and is read as such. */
function isReadable(entry: unknown): boolean {
  const mediaType = textOf(entry, 'mediaType') ?? '';
  return mediaType !== '' && !INDEX_TYPES.has(mediaType) && (!IMAGE_TYPES.has(mediaType) || toDescriptor(entry) !== undefined);
}

function toDescriptor(entry: unknown): Descriptor | undefined {
  const [digest, size, mediaType] = [memberOf(entry, 'digest'), memberOf(entry, 'size'), textOf(entry, 'mediaType') ?? ''];
  return isDigest(digest) && typeof size === 'number' && IMAGE_TYPES.has(mediaType) ? { mediaType, digest, size } : undefined;
}

/** BuildKit's attestations are of platform unknown/unknown. */
function toPlatformManifest(entry: unknown): PlatformManifest | undefined {
  const descriptor = toDescriptor(entry);
  if (descriptor === undefined) return undefined;
  const platform = toPlatform(memberOf(entry, 'platform'));
  if (platform?.os === 'unknown') return undefined;
  return { descriptor, ...(platform === undefined ? {} : { platform }) };
}

/** Index entries and configs name it alike. */
function toPlatform(value: unknown): Platform | undefined {
  const [os, architecture, variant, osVersion] = ['os', 'architecture', 'variant', 'os.version'].map((key) => textOf(value, key) ?? '');
  if (!os || !architecture) return undefined;
  return { os, architecture, ...(variant ? { variant } : {}), ...(osVersion ? { osVersion } : {}) };
}
