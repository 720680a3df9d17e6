import { createHash } from 'node:crypto';
import { MAX_INDEX_DEPTH, MAX_MANIFESTS } from '../../foundation/base/limits.ts';
import type { Digest } from '../../foundation/model/brand.ts';
import type { Platform } from '../../foundation/model/image.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { DocumentStore, ImageChoice, ImageDescription } from './image-description.ts';
import { checkLayerCount, digestMismatch, itemAt, missingLayer } from './image-description.ts';
import type { ConfigDocument, Descriptor, Manifest } from './image-json.ts';
import { formatPlatform, parseImageConfig, parseObject, parseSavedImages, toIndexEntries, toManifest } from './image-json.ts';
import type { Naming } from './pick-image.ts';
import { pickByReference } from './pick-image.ts';
import { hostArchitecture, pickPlatform } from './platform-choice.ts';
import type { SourceLayer } from './source.ts';
import { ImageSourceError } from './source.ts';

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
const MANIFEST_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]);
const CONFIG_TYPES: ReadonlySet<string> = new Set(['application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json', '']);
/** With or without a compression suffix, which is not believed anyway. */
const LAYER_TYPE =
  /^application\/vnd\.(?:oci\.image\.layer(?:\.nondistributable)?\.v1\.tar(?:\+(?:gzip|zstd))?|docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.(?:gzip|zstd))?)$/;

const indexNaming: Naming<Descriptor> = {
  references: referencesOf,
  identity: (entry) => referencesOf(entry)[0] ?? '',
  label: (entry) => referencesOf(entry)[0] ?? entry.digest,
};

/**
 * Returns the image that is meant of a layout, whose index.json is `bytes`. `saved` is Docker's manifest.json beside it, which may name the image.
 * @throws {ImageSourceError} not-an-image, malformed, unsupported-media-type, no-such-platform, not-found, limit-exceeded
 */
export async function describeOci(
  store: DocumentStore,
  bytes: Uint8Array,
  saved: Uint8Array | undefined,
  choice: ImageChoice,
): Promise<ImageDescription> {
  const what = `index.json of ${store.name}`;
  const entries = toIndexEntries(parseObject(bytes, what), what).filter((entry) => !isAttestation(entry));
  const problems: Problem[] = [];
  const savedImages = saved === undefined ? [] : parseSavedImages(saved, `manifest.json of ${store.name}`);
  const tops = pickByReference(store, entries, indexNaming, choice, problems);
  const candidates = await collectManifests(store, tops);
  const { loaded, others } = await pickByPlatform(store, candidates, choice, problems);
  const { descriptor, manifest, document } = loaded;
  checkLayerCount(`the manifest ${descriptor.digest} of ${store.name}`, manifest.layers.length, document);
  const layers: SourceLayer[] = [];
  for (const [position, layer] of manifest.layers.entries()) {
    const key = await locateLayer(store, layer, position, manifest.layers.length, problems);
    layers.push({ key, diffId: itemAt(document.diffIds, position), digest: layer.digest, mediaType: layer.mediaType, sizeBytes: layer.sizeBytes });
  }
  const names = savedImages.find(({ configPath }) => configPath === blobPath(manifest.config.digest))?.references ?? [];
  const reference = choice.reference ?? names[0] ?? referencesOf(tops[0])[0];
  return {
    platform: document.platform,
    config: document.config,
    digest: descriptor.digest,
    ...(Object.keys(manifest.annotations).length > 0 && { annotations: manifest.annotations }),
    layers,
    problems,
    ...(others.length > 0 && { otherPlatforms: others }),
    ...(reference !== undefined && { reference }),
  };
}

/** Returns the manifests that `tops` are or lead to. */
async function collectManifests(store: DocumentStore, tops: readonly Descriptor[]): Promise<readonly Descriptor[]> {
  const manifests: Descriptor[] = [];
  const seen = new Set<Digest>();
  let level = tops;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_INDEX_DEPTH)
      throw new ImageSourceError('malformed', `${store.name} has indexes nested more than ${MAX_INDEX_DEPTH} deep. Save the image again.`);
    const below: Descriptor[] = [];
    for (const entry of level) {
      // The same index named over and over would otherwise be read over and over.
      if (seen.has(entry.digest)) continue;
      seen.add(entry.digest);
      if (seen.size > MAX_MANIFESTS)
        throw new ImageSourceError('limit-exceeded', `${store.name} names more than ${MAX_MANIFESTS} manifests. Save one image alone.`);
      if (MANIFEST_TYPES.has(entry.mediaType)) manifests.push(entry);
      else if (INDEX_TYPES.has(entry.mediaType)) below.push(...(await readIndex(store, entry)));
      else throw unsupported(store, 'manifest', entry.mediaType);
    }
    level = below;
  }
  return manifests;
}

async function readIndex(store: DocumentStore, descriptor: Descriptor): Promise<readonly Descriptor[]> {
  const what = `the index ${descriptor.digest} of ${store.name}`;
  const bytes = await store.read(blobPath(descriptor.digest));
  if (bytes === undefined) throw new ImageSourceError('malformed', `${what} is not there. Save the image again.`);
  return toIndexEntries(parseObject(bytes, what), what).filter((entry) => !isAttestation(entry));
}

interface Loaded {
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  readonly document: ConfigDocument;
}

interface Picked {
  readonly loaded: Loaded;
  /** Platforms of the other images there. */
  readonly others: readonly Platform[];
}

async function pickByPlatform(store: DocumentStore, manifests: readonly Descriptor[], choice: ImageChoice, problems: Problem[]): Promise<Picked> {
  // An engine may save one platform of many and leave the index as it was.
  const present: Descriptor[] = [];
  for (const manifest of manifests) if ((await store.locate(blobPath(manifest.digest))) !== undefined) present.push(manifest);
  const [first, ...rest] = present;
  if (first === undefined) throw new ImageSourceError('malformed', `${store.name} lacks every manifest that its index names. Save the image again.`);
  const candidates: { readonly descriptor: Descriptor; readonly platform: Platform; readonly loaded?: Loaded }[] = [];
  for (const descriptor of present) {
    // Entries without a platform tell it in their config.
    const loaded = descriptor.platform === undefined ? await loadManifest(store, descriptor, problems) : undefined;
    const platform = descriptor.platform ?? loaded?.document.platform;
    if (platform !== undefined) candidates.push({ descriptor, platform, ...(loaded !== undefined && { loaded }) });
  }
  const found = candidates.map(({ platform }) => platform);
  const wanted = choice.platform ?? toDefaultPlatform(found);
  const picked = pickPlatform(candidates, wanted);
  if (picked !== undefined) {
    const others = candidates.filter((candidate) => candidate !== picked).map(({ platform }) => platform);
    return { loaded: picked.loaded ?? (await loadManifest(store, picked.descriptor, problems)), others };
  }
  if (choice.platform === undefined && rest.length === 0) return { loaded: await loadManifest(store, first, problems), others: [] };
  throw new ImageSourceError(
    'no-such-platform',
    `${store.name} has no image for ${formatPlatform(wanted)}. It has: ${found.map(formatPlatform).join(', ')}. Choose one with --platform.`,
  );
}

/** Linux on this machine's processor, unless all there is is for another system. */
function toDefaultPlatform(found: readonly Platform[]): Platform {
  const systems = new Set(found.map(({ os }) => os));
  const [only = 'linux'] = systems.size === 1 ? systems : [];
  return { os: only, architecture: hostArchitecture() };
}

async function loadManifest(store: DocumentStore, descriptor: Descriptor, problems: Problem[]): Promise<Loaded> {
  const what = `the manifest ${descriptor.digest} of ${store.name}`;
  const manifest = toManifest(parseObject(await readBlob(store, descriptor, what, problems), what), what);
  if (!CONFIG_TYPES.has(manifest.config.mediaType)) throw unsupported(store, 'config', manifest.config.mediaType);
  const configName = `the image config ${manifest.config.digest} of ${store.name}`;
  return { descriptor, manifest, document: parseImageConfig(await readBlob(store, manifest.config, configName, problems), configName) };
}

async function readBlob(store: DocumentStore, descriptor: Descriptor, what: string, problems: Problem[]): Promise<Uint8Array> {
  const bytes = await store.read(blobPath(descriptor.digest));
  if (bytes === undefined) throw new ImageSourceError('malformed', `${what} is not there. Save the image again.`);
  const [algorithm = '', expected] = descriptor.digest.split(':');
  const found = createHash(algorithm).update(bytes).digest('hex');
  if (found !== expected) problems.push(digestMismatch(what, descriptor.digest, `${algorithm}:${found}`));
  return bytes;
}

async function locateLayer(
  store: DocumentStore,
  layer: Descriptor,
  position: number,
  count: number,
  problems: Problem[],
): Promise<string | undefined> {
  if (!LAYER_TYPE.test(layer.mediaType)) {
    const message = `layer ${position + 1} of ${count} is of the unknown media type ${JSON.stringify(layer.mediaType)} and was not looked at`;
    problems.push({ code: 'unsupported-media-type', message, layer: position });
    return undefined;
  }
  const found = await store.locate(blobPath(layer.digest));
  if (found === undefined) problems.push(missingLayer(store, position, count, layer.urls));
  return found?.path;
}

/** BuildKit keeps provenance and bills of materials beside the image, as manifests of an unknown platform. */
function isAttestation({ annotations, platform }: Descriptor): boolean {
  return annotations['vnd.docker.reference.type'] === 'attestation-manifest' || (platform?.os === 'unknown' && platform.architecture === 'unknown');
}

function referencesOf({ annotations }: Descriptor): readonly string[] {
  const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'];
  return name === undefined ? [] : [name];
}

/** Returns the path of a blob in a layout. The digest's form has been checked: it holds nothing but hex. */
function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function unsupported(store: DocumentStore, what: string, mediaType: string): ImageSourceError {
  return new ImageSourceError(
    'unsupported-media-type',
    `${store.name} has a ${what} of media type ${JSON.stringify(mediaType)}, which is no container image. Save it with a current Docker or as an OCI image.`,
  );
}
