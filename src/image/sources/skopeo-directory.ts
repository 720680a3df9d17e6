/**
 * What `skopeo copy … dir:FOLDER` and `buildah push … dir:FOLDER` write: `manifest.json` is the manifest itself (or, of several platforms, the index), and every blob lies beside it under the hex of its digest.
 *
 * @see https://github.com/containers/image/blob/main/docs/containers-transports.5.md#dirpath
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { MAX_IMAGE_JSON_BYTES } from '../../foundation/base/limits.ts';
import { isJsonObject, parseJson, toText } from '../../foundation/formats/json.ts';
import { FileError, openFile, readWholeFile, signFile, statPath } from '../../foundation/io/files.ts';
import { OCI_INDEX_PATH, SAVED_IMAGES_PATH, describeImage } from './describe-image.ts';
import type { DocumentStore } from './image-description.ts';
import { toChoice, toSourceError } from './docker-archive.ts';
import { documentTooLarge, readLayers } from './read-layers.ts';
import type { ImageSource, LayerSink, ReadOptions, SourceImage } from './source.ts';

const BLOB_PATH = /^blobs\/sha256\/([0-9a-f]{64})$/;
const VERSION_PATH = 'version';

/** Returns whether a folder is of this form. @throws {FileError} permission, io */
export async function isSkopeoDirectory(directory: string): Promise<boolean> {
  if ((await statPath(path.join(directory, SAVED_IMAGES_PATH))) !== 'file') return false;
  const version = await readDocument(directory, VERSION_PATH);
  return version !== undefined && new TextDecoder().decode(version.subarray(0, 100)).startsWith('Directory Transport Version');
}

/** Returns the image in the folder. */
export function openSkopeoDirectory(directory: string): ImageSource {
  return {
    kind: 'skopeo-directory',
    read: (sink, options) => readDirectory(directory, sink, options),
    identify: (options) => identifyDirectory(directory, options),
  };
}

async function readDirectory(directory: string, sink: LayerSink, options: ReadOptions): Promise<SourceImage> {
  try {
    const open = async (key: string): ReturnType<Parameters<typeof readLayers>[2]> => {
      const file = await openFile(path.join(directory, key));
      return { file, start: 0, sizeBytes: file.sizeBytes, close: () => file.close() };
    };
    return await readLayers(await describeImage(toStore(directory), toChoice(undefined, options)), sink, open, options);
  } catch (error) {
    throw toSourceError(error);
  }
}

/** The documents are read anyway; of the layers, that their files are the same ones. */
async function identifyDirectory(directory: string, options: ReadOptions): Promise<string> {
  try {
    const description = await describeImage(toStore(directory), toChoice(undefined, options));
    const keys = description.layers.flatMap(({ key }) => (key === undefined ? [] : [key]));
    const signatures = await Promise.all(keys.map((key) => signFile(path.join(directory, key))));
    return JSON.stringify(['skopeo-directory', directory, description, signatures]);
  } catch (error) {
    throw toSourceError(error);
  }
}

/** The folder's documents under the names of an OCI layout. Only names of hex are looked for, whatever the documents say. */
function toStore(directory: string): DocumentStore {
  const find = async (name: string): Promise<string | undefined> => {
    const hex = BLOB_PATH.exec(name)?.[1];
    if (hex === undefined) return undefined;
    for (const candidate of [hex, `${hex}.manifest.json`]) if ((await statPath(path.join(directory, candidate))) === 'file') return candidate;
    return undefined;
  };
  const readTop = async (): Promise<Uint8Array> => (await readDocument(directory, SAVED_IMAGES_PATH)) ?? new Uint8Array();
  return {
    name: directory,
    locate: async (name) => {
      const found = await find(name);
      if (found !== undefined) return { path: found, sizeBytes: 0 };
      return BLOB_PATH.test(name) && toBlobPath(await readTop()) === name ? { path: SAVED_IMAGES_PATH, sizeBytes: 0 } : undefined;
    },
    read: async (name) => {
      if (name === OCI_INDEX_PATH) return toIndex(await readTop());
      const found = await find(name);
      if (found !== undefined) return readDocument(directory, found);
      if (!BLOB_PATH.test(name)) return undefined;
      const top = await readTop();
      return toBlobPath(top) === name ? top : undefined;
    },
  };
}

/** Returns an index of nothing but the document that the folder has instead of one. */
function toIndex(top: Uint8Array): Uint8Array {
  const { value } = parseJson(top);
  const written = isJsonObject(value) ? value : {};
  const mediaType =
    toText(written['mediaType']) ??
    (Array.isArray(written['manifests']) ? 'application/vnd.oci.image.index.v1+json' : 'application/vnd.oci.image.manifest.v1+json');
  return new TextEncoder().encode(JSON.stringify({ schemaVersion: 2, manifests: [{ mediaType, digest: digestOf(top), size: top.length }] }));
}

function toBlobPath(bytes: Uint8Array): string {
  return `blobs/${digestOf(bytes).replace(':', '/')}`;
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function readDocument(directory: string, name: string): Promise<Uint8Array | undefined> {
  try {
    return await readWholeFile(path.join(directory, name), MAX_IMAGE_JSON_BYTES);
  } catch (error) {
    if (error instanceof FileError && error.code === 'not-found') return undefined;
    if (error instanceof FileError && error.code === 'too-large') throw documentTooLarge(directory, name, MAX_IMAGE_JSON_BYTES);
    throw error;
  }
}
