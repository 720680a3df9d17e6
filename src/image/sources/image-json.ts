/**
 * The JSON documents of an image: config, manifest, index. All are untrusted: a member of the wrong type counts as absent, and only what nothing can be done without is an error.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/config.md, manifest.md, image-index.md
 */
import { isJsonObject, parseJson, toStrings, toText } from '../../foundation/formats/json.ts';
import type { Digest, DiffId } from '../../foundation/model/brand.ts';
import { isDiffId, isDigest } from '../../foundation/model/brand.ts';
import type { HistoryEntry, ImageConfig, Platform } from '../../foundation/model/image.ts';
import { ImageSourceError } from './source.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What a manifest or index says of another document. @see OCI image-spec descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly platform?: Platform;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where else the bytes are: of a layer that may not be distributed with the image. */
  readonly urls: readonly string[];
}

export interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ConfigDocument {
  readonly config: ImageConfig;
  readonly platform: Platform;
  readonly diffIds: readonly DiffId[];
}

/** One image of a `docker save` archive. Paths are of the archive, as written. */
export interface SavedImage {
  readonly configPath: string;
  readonly references: readonly string[];
  readonly layerPaths: readonly string[];
  /** By diffId: where else layers are that may not be distributed with the image. */
  readonly layerUrls: ReadonlyMap<string, readonly string[]>;
}

/** Returns a JSON object. @throws {ImageSourceError} malformed, naming the document as `what` */
export function parseObject(bytes: Uint8Array, what: string): JsonObject {
  const { value, reason } = parseJson(bytes);
  if (reason !== undefined) throw new ImageSourceError('malformed', `${what} cannot be read: ${reason}. Save the image again.`);
  if (!isJsonObject(value)) throw malformed(what, 'it is not a JSON object');
  return value;
}

/** Returns an image's config. @throws {ImageSourceError} malformed when its layers are not named */
export function parseImageConfig(bytes: Uint8Array, what: string): ConfigDocument {
  const document = parseObject(bytes, what);
  const diffIds = toObject(document['rootfs'])['diff_ids'] ?? [];
  if (!Array.isArray(diffIds) || !diffIds.every(isDiffId)) throw malformed(what, 'rootfs.diff_ids is not a list of digests');
  return { config: toConfig(document), platform: toPlatform(document) ?? { os: 'linux', architecture: 'unknown' }, diffIds };
}

/** Returns a manifest. @throws {ImageSourceError} malformed */
export function toManifest(document: JsonObject, what: string): Manifest {
  const config = toDescriptor(document['config']);
  if (config === undefined) throw malformed(what, 'it names no config');
  return { config, layers: toDescriptors(document['layers'], what, 'layers'), annotations: toTextRecord(document['annotations']) };
}

/** Returns the entries of an index. @throws {ImageSourceError} malformed */
export function toIndexEntries(document: JsonObject, what: string): readonly Descriptor[] {
  return toDescriptors(document['manifests'], what, 'manifests');
}

/** Returns the images that manifest.json of a `docker save` archive lists. @throws {ImageSourceError} malformed */
export function parseSavedImages(bytes: Uint8Array, what: string): readonly SavedImage[] {
  const { value, reason } = parseJson(bytes);
  if (reason !== undefined) throw new ImageSourceError('malformed', `${what} cannot be read: ${reason}. Save the image again.`);
  if (!Array.isArray(value)) throw malformed(what, 'it is not a list of images');
  return value.map((item: unknown) => {
    const image = toObject(item);
    const configPath = toText(image['Config']);
    const layers = image['Layers'] ?? [];
    if (configPath === undefined) throw malformed(what, 'an image has no Config');
    if (!Array.isArray(layers) || !layers.every((layer) => typeof layer === 'string')) throw malformed(what, 'Layers is not a list of paths');
    return { configPath, references: toStrings(image['RepoTags']), layerPaths: layers, layerUrls: toLayerUrls(image['LayerSources']) };
  });
}

/** The member has a descriptor for each layer. Its digest is of the bytes as they once were in a registry, and not as they lie in the archive. */
function toLayerUrls(sources: unknown): ReadonlyMap<string, readonly string[]> {
  const urls = Object.entries(toObject(sources)).map(([diffId, source]) => [diffId, toStrings(toObject(source)['urls'])] as const);
  return new Map(urls.filter(([, list]) => list.length > 0));
}

/** Returns a platform in the form that users write: linux/arm/v7, windows(10.0.20348.2700)/amd64. */
export function formatPlatform({ os, architecture, variant, osVersion }: Platform): string {
  return [osVersion === undefined ? os : `${os}(${osVersion})`, architecture, ...(variant === undefined ? [] : [variant])].join('/');
}

function malformed(what: string, why: string): ImageSourceError {
  return new ImageSourceError('malformed', `${what} is malformed: ${why}. Save the image again.`);
}

function toDescriptors(value: unknown, what: string, member: string): readonly Descriptor[] {
  if (!Array.isArray(value)) throw malformed(what, `${member} is not a list`);
  return value.map((item) => {
    const descriptor = toDescriptor(item);
    if (descriptor === undefined) throw malformed(what, `an entry of ${member} has no valid digest`);
    return descriptor;
  });
}

function toDescriptor(value: unknown): Descriptor | undefined {
  const { digest, mediaType, size, platform: written, urls, annotations } = toObject(value);
  if (!isDigest(digest)) return undefined;
  const platform = toPlatform(toObject(written));
  return {
    digest,
    mediaType: toText(mediaType) ?? '',
    sizeBytes: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : 0,
    annotations: toTextRecord(annotations),
    urls: toStrings(urls),
    ...(platform !== undefined && { platform }),
  };
}

function toPlatform(value: JsonObject): Platform | undefined {
  const os = toText(value['os']);
  const architecture = toText(value['architecture']);
  if (!os || !architecture) return undefined;
  const variant = toText(value['variant']);
  const osVersion = toText(value['os.version']);
  return { os, architecture, ...(variant && { variant }), ...(osVersion && { osVersion }) };
}

function toConfig(document: JsonObject): ImageConfig {
  const config = toObject(document['config']);
  const created = toText(document['created']);
  const user = toText(config['User']);
  const workingDir = toText(config['WorkingDir']);
  const shell = toStrings(config['Shell']);
  const history: readonly unknown[] = Array.isArray(document['history']) ? document['history'] : [];
  return {
    env: toStrings(config['Env']),
    entrypoint: toStrings(config['Entrypoint']),
    cmd: toStrings(config['Cmd']),
    exposedPorts: Object.keys(toObject(config['ExposedPorts'])),
    volumes: Object.keys(toObject(config['Volumes'])),
    labels: toTextRecord(config['Labels']),
    history: history.map((entry) => toHistoryEntry(toObject(entry))),
    ...(created && { created }),
    ...(user && { user }),
    ...(workingDir && { workingDir }),
    ...(shell.length > 0 && { shell }),
  };
}

function toHistoryEntry(entry: JsonObject): HistoryEntry {
  const createdBy = toText(entry['created_by']);
  const created = toText(entry['created']);
  const comment = toText(entry['comment']);
  return { emptyLayer: entry['empty_layer'] === true, ...(createdBy && { createdBy }), ...(created && { created }), ...(comment && { comment }) };
}

function toObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function toTextRecord(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(toObject(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
