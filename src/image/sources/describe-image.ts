/**
 * Finds the image that an archive or layout holds: from its JSON documents to a config and the paths of the layers. Where the documents come from (a folder, a tar that can be read at any offset, a stream that has
 * passed) is the caller's.
 */
import { createHash } from 'node:crypto';
import { MAX_INDEX_DEPTH, MAX_LAYERS, MAX_MANIFESTS } from '../../foundation/base/limits.ts';
import type { Digest } from '../../foundation/model/brand.ts';
import type { ImageConfig, Platform } from '../../foundation/model/image.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { ConfigDocument, Descriptor, Manifest, SavedImage } from './image-json.ts';
import { formatPlatform, parseImageConfig, parseObject, parseSavedImages, toIndexEntries, toManifest } from './image-json.ts';
import { hostArchitecture, isPlatform, pickPlatform } from './platform-choice.ts';
import type { SourceLayer } from './source.ts';
import { ImageSourceError } from './source.ts';

/** Documents by their path in the archive or layout. */
export interface DocumentStore {
  /** How a user would name it: the file's path, or the engine's address. */
  readonly name: string;
  /** Returns undefined when there is none. @throws {ImageSourceError} limit-exceeded, io */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Returns where a file really lies, when an archive has it as a link; undefined when it is not there. */
  locate(
    path: string,
  ): { readonly path: string; readonly sizeBytes: number } | undefined | Promise<{ readonly path: string; readonly sizeBytes: number } | undefined>;
}

/** Which of several images is meant. */
export interface ImageChoice {
  readonly reference?: string;
  readonly platform?: Platform;
}

export interface ImageDescription {
  readonly reference?: string;
  readonly digest?: Digest;
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** Of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Bottom first; `key` is the path to read it from. */
  readonly layers: readonly SourceLayer[];
  readonly problems: readonly Problem[];
}

export const OCI_INDEX_PATH = 'index.json';
export const SAVED_IMAGES_PATH = 'manifest.json';
const LEGACY_PATH = 'repositories';

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
const SAVED_LAYER_TYPE = 'application/vnd.docker.image.rootfs.diff.tar';

/**
 * Returns the image that is meant, or the first. An OCI index is believed over Docker's manifest.json when an archive has both, because it names digests.
 * @throws {ImageSourceError} not-an-image, malformed, unsupported-media-type, no-such-platform, not-found, limit-exceeded
 */
export async function describeImage(store: DocumentStore, choice: ImageChoice): Promise<ImageDescription> {
  const index = await store.read(OCI_INDEX_PATH);
  const saved = await store.read(SAVED_IMAGES_PATH);
  if (index !== undefined) return describeOci(store, index, saved, choice);
  if (saved !== undefined) return describeSaved(store, saved, choice);
  if ((await store.locate(LEGACY_PATH)) !== undefined) {
    throw new ImageSourceError(
      'not-an-image',
      `${store.name} was saved by a Docker older than 1.10, whose archives have no manifest.json. Load it with a current Docker and save it again.`,
    );
  }
  throw new ImageSourceError(
    'not-an-image',
    `${store.name} holds neither manifest.json nor index.json, so it is no image. Make one with \`docker save IMAGE -o FILE\`.`,
  );
}

// --- docker save -----------------------------------------------------------------------------------------------------

async function describeSaved(store: DocumentStore, bytes: Uint8Array, choice: ImageChoice): Promise<ImageDescription> {
  const images = parseSavedImages(bytes, `manifest.json of ${store.name}`);
  const problems: Problem[] = [];
  const [image] = pickByReference(store, images, savedNaming, choice, problems);
  const what = `the image config of ${store.name}`;
  const configBytes = await store.read(image.configPath);
  if (configBytes === undefined)
    throw new ImageSourceError('malformed', `${store.name} lacks the image's config, ${JSON.stringify(image.configPath)}. Save the image again.`);
  const document = parseImageConfig(configBytes, what);
  const digest = `sha256:${sha256(configBytes)}` as Digest;
  const named = /([0-9a-f]{64})(?:\.json)?$/.exec(image.configPath)?.[1];
  if (named !== undefined && digest !== `sha256:${named}`) problems.push(mismatch(what, `sha256:${named}`, digest));
  refuseOtherPlatform(store, document.platform, choice);
  checkLayerCount(what, image.layerPaths.length, document);
  const layers: SourceLayer[] = [];
  for (const [position, path] of image.layerPaths.entries()) {
    const found = await store.locate(path);
    if (found === undefined) problems.push(missing(store, position, image.layerPaths.length));
    layers.push({ key: found?.path, diffId: at(document.diffIds, position), mediaType: SAVED_LAYER_TYPE, sizeBytes: found?.sizeBytes ?? 0 });
  }
  const reference = choice.reference ?? image.references[0];
  return { platform: document.platform, config: document.config, digest, layers, problems, ...(reference !== undefined && { reference }) };
}

// --- OCI layout --------------------------------------------------------------------------------------------------------

async function describeOci(store: DocumentStore, bytes: Uint8Array, saved: Uint8Array | undefined, choice: ImageChoice): Promise<ImageDescription> {
  const what = `index.json of ${store.name}`;
  const entries = toIndexEntries(parseObject(bytes, what), what).filter((entry) => !isAttestation(entry));
  const problems: Problem[] = [];
  const savedImages = saved === undefined ? [] : parseSavedImages(saved, `manifest.json of ${store.name}`);
  const tops = pickByReference(store, entries, indexNaming, choice, problems);
  const candidates = await collectManifests(store, tops);
  const { descriptor, manifest, document } = await pickByPlatform(store, candidates, choice, problems);
  checkLayerCount(`the manifest ${descriptor.digest} of ${store.name}`, manifest.layers.length, document);
  const layers: SourceLayer[] = [];
  for (const [position, layer] of manifest.layers.entries()) {
    const key = await locateLayer(store, layer, position, manifest.layers.length, problems);
    layers.push({ key, diffId: at(document.diffIds, position), digest: layer.digest, mediaType: layer.mediaType, sizeBytes: layer.sizeBytes });
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

async function pickByPlatform(store: DocumentStore, manifests: readonly Descriptor[], choice: ImageChoice, problems: Problem[]): Promise<Loaded> {
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
  if (picked !== undefined) return picked.loaded ?? loadManifest(store, picked.descriptor, problems);
  if (choice.platform === undefined && rest.length === 0) return loadManifest(store, first, problems);
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
  if (found !== expected) problems.push(mismatch(what, descriptor.digest, `${algorithm}:${found}`));
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
  if (found === undefined) problems.push(missing(store, position, count, layer.urls));
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

// --- both -----------------------------------------------------------------------------------------------------------

/** How images of an archive are told apart. */
interface Naming<T> {
  references(image: T): readonly string[];
  /** Equal for entries that are one image, such as one for several platforms. */
  identity(image: T): string;
  label(image: T): string;
}

const savedNaming: Naming<SavedImage> = {
  references: (image) => image.references,
  identity: (image) => image.configPath,
  label: (image) => image.references[0] ?? image.configPath,
};

const indexNaming: Naming<Descriptor> = {
  references: referencesOf,
  identity: (entry) => referencesOf(entry)[0] ?? '',
  label: (entry) => referencesOf(entry)[0] ?? entry.digest,
};

/** Returns the entries of the image that is meant by name, else of the first, with a problem when there are others. */
function pickByReference<T>(
  store: DocumentStore,
  images: readonly T[],
  naming: Naming<T>,
  choice: ImageChoice,
  problems: Problem[],
): readonly [T, ...T[]] {
  const [first] = images;
  if (first === undefined) throw new ImageSourceError('not-an-image', `${store.name} lists no image. Save the image again.`);
  const { reference } = choice;
  const named =
    reference === undefined
      ? undefined
      : images.find((image) => naming.references(image).some((name) => familiarName(name) === familiarName(reference)));
  const identities = new Set(images.map((image) => naming.identity(image)));
  if (reference !== undefined && named === undefined && identities.size > 1) {
    throw new ImageSourceError(
      'not-found',
      `${store.name} holds no image ${reference}. It holds: ${images.map((image) => naming.label(image)).join(', ')}.`,
    );
  }
  const meant = named ?? first;
  if (reference === undefined && identities.size > 1) {
    const others = images.filter((image) => naming.identity(image) !== naming.identity(meant)).map((image) => naming.label(image));
    const message = `${store.name} holds ${identities.size} images; only ${naming.label(meant)} was looked at, not ${others.join(', ')}. Save each to a file of its own.`;
    problems.push({ code: 'other', message });
  }
  return [meant, ...images.filter((image) => image !== meant && naming.identity(image) === naming.identity(meant))];
}

/** Returns `docker.io/library/nginx:latest` as `nginx:latest`: archives use either form. */
function familiarName(reference: string): string {
  const short = reference.replace(/^docker\.io\/(?:library\/)?/, '');
  return short.includes('@') || short.includes(':', short.lastIndexOf('/') + 1) ? short : `${short}:latest`;
}

function checkLayerCount(what: string, count: number, document: ConfigDocument): void {
  if (count > MAX_LAYERS) throw new ImageSourceError('limit-exceeded', `${what} names ${count} layers; at most ${MAX_LAYERS} are read.`);
  if (count !== document.diffIds.length) {
    throw new ImageSourceError(
      'malformed',
      `${what} is malformed: there are ${count} layers but ${document.diffIds.length} diff_ids in the config. Save the image again.`,
    );
  }
}

function refuseOtherPlatform(store: DocumentStore, platform: Platform, choice: ImageChoice): void {
  if (choice.platform === undefined || isPlatform(platform, choice.platform)) return;
  throw new ImageSourceError(
    'no-such-platform',
    `${store.name} has no image for ${formatPlatform(choice.platform)}. It has: ${formatPlatform(platform)}. Choose that with --platform, or save the other.`,
  );
}

/** `urls` are where else the layer is: of one that may not be distributed with the image. */
function missing(store: DocumentStore, layer: number, count: number, urls: readonly string[] = []): Problem {
  const [host] = urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : []));
  const why =
    urls.length === 0
      ? 'the image was not saved whole'
      : `it may not be distributed with the image, as a base layer of Windows, and was left ${host ? `at ${host}` : 'elsewhere'}; what is in it was not looked at`;
  return { code: 'missing-layer', message: `layer ${layer + 1} of ${count} is not in ${store.name}: ${why}`, layer };
}

function unsupported(store: DocumentStore, what: string, mediaType: string): ImageSourceError {
  return new ImageSourceError(
    'unsupported-media-type',
    `${store.name} has a ${what} of media type ${JSON.stringify(mediaType)}, which is no container image. Save it with a current Docker or as an OCI image.`,
  );
}

function mismatch(what: string, expected: string, found: string): Problem {
  return { code: 'digest-mismatch', message: `${what} was changed or damaged: expected ${expected}, found ${found}` };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index}`);
  return item;
}
