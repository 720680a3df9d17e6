/**
 * An OCI image layout in a folder.
 *
 * @see https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
import path from 'node:path';
import { MAX_IMAGE_JSON_BYTES } from '../../foundation/base/limits.ts';
import { FileError, openFile, readWholeFile, signFile, statPath } from '../../foundation/io/files.ts';
import { OCI_INDEX_PATH, describeImage } from './describe-image.ts';
import type { DocumentStore } from './image-description.ts';
import { toChoice, toSourceError } from './docker-archive.ts';
import { documentTooLarge, readLayers } from './read-layers.ts';
import type { ImageSource, LayerSink, ReadOptions, SourceImage } from './source.ts';
import { ImageSourceError } from './source.ts';

/** Nothing else is opened, whatever the layout's documents say: a path of theirs is never a path of this machine. */
const BLOB_PATH = /^blobs\/(?:sha256|sha512)\/[0-9a-f]{64,128}$/;

/**
 * Returns the image in the layout at `directory`.
 * @throws {ImageSourceError} not-an-image, permission, io
 */
export async function openOciLayout(directory: string, reference?: string): Promise<ImageSource> {
  try {
    if ((await statPath(path.join(directory, OCI_INDEX_PATH))) !== 'file') {
      throw new ImageSourceError(
        'not-an-image',
        `${directory} is a folder but no OCI image layout: it has no index.json; nor is it a root file system, which has an etc/os-release or folders such as etc and usr. Name a saved image, a layout, such as \`docker buildx build --output type=oci\` makes, or a root.`,
      );
    }
  } catch (error) {
    throw toSourceError(error);
  }
  return {
    kind: 'oci-layout',
    read: (sink, options) => readLayout(directory, reference, sink, options),
    identify: (options) => identifyLayout(directory, reference, options),
  };
}

/** The documents are read anyway; of the layers, that their files are the same ones. */
async function identifyLayout(directory: string, reference: string | undefined, options: ReadOptions): Promise<string> {
  try {
    const description = await describeImage(toStore(directory), toChoice(reference, options));
    const keys = description.layers.flatMap(({ key }) => (key === undefined ? [] : [key]));
    const signatures = await Promise.all(keys.map((key) => signFile(path.join(directory, key))));
    return JSON.stringify(['layout', directory, description, signatures]);
  } catch (error) {
    throw toSourceError(error);
  }
}

async function readLayout(directory: string, reference: string | undefined, sink: LayerSink, options: ReadOptions): Promise<SourceImage> {
  try {
    const description = await describeImage(toStore(directory), toChoice(reference, options));
    return await readLayers(
      description,
      sink,
      async (key) => {
        const file = await openFile(path.join(directory, key));
        return { file, start: 0, sizeBytes: file.sizeBytes, close: () => file.close() };
      },
      options,
    );
  } catch (error) {
    throw toSourceError(error);
  }
}

function toStore(directory: string): DocumentStore {
  return {
    name: directory,
    locate: async (name) => {
      if (!BLOB_PATH.test(name) || (await statPath(path.join(directory, name))) !== 'file') return undefined;
      return { path: name, sizeBytes: 0 };
    },
    read: async (name) => {
      if (!BLOB_PATH.test(name) && name !== OCI_INDEX_PATH) return undefined;
      try {
        return await readWholeFile(path.join(directory, name), MAX_IMAGE_JSON_BYTES);
      } catch (error) {
        if (error instanceof FileError && error.code === 'not-found') return undefined;
        if (error instanceof FileError && error.code === 'too-large') throw documentTooLarge(directory, name, MAX_IMAGE_JSON_BYTES);
        throw error;
      }
    },
  };
}
