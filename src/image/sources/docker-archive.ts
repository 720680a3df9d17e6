/**
 * A saved image in one file: what `docker save` writes, in its old layout and its new one, which is an OCI layout too, and any OCI layout in a tar. Uncompressed it is read in place; compressed as a whole it streams by.
 *
 * @see https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
import { messageOf } from '../../foundation/base/result.ts';
import { TAR_BLOCK_BYTES } from '../../foundation/formats/tar-header.ts';
import { FileError, openFile, readRange, signFile } from '../../foundation/io/files.ts';
import type { OpenFile } from '../../foundation/io/files.ts';
import { detectCompression } from '../layers/decompress.ts';
import { indexArchive, toDocumentStore } from './archive-file.ts';
import type { ArchiveIndex } from './archive-file.ts';
import { readArchiveStream, toArchiveError } from './archive-stream.ts';
import { OCI_INDEX_PATH, SAVED_IMAGES_PATH, describeImage } from './describe-image.ts';
import type { ImageChoice } from './image-description.ts';
import { readLayers } from './read-layers.ts';
import type { ImageSource, LayerSink, ReadOptions, SourceImage } from './source.ts';
import { ImageSourceError } from './source.ts';

/**
 * Returns the image saved in the file at `path`.
 * @throws {ImageSourceError} not-found, permission, io, not-an-image, truncated, malformed
 */
export async function openImageArchive(path: string, reference?: string): Promise<ImageSource> {
  return withFile(path, async (file) => {
    const head = new Uint8Array(TAR_BLOCK_BYTES);
    const compression = detectCompression(head.subarray(0, await file.read(head, 0)));
    if (compression !== 'none') {
      return {
        kind: 'docker-archive',
        read: (sink, options) => readCompressed(path, reference, sink, options),
        identify: (options) => identifyFile(path, reference, options),
      };
    }
    const index = await indexArchive(file);
    refuseOther(path, file, index);
    return {
      kind: index.members.has(SAVED_IMAGES_PATH) ? 'docker-archive' : 'oci-layout',
      read: (sink, options) => readInPlace(path, index, reference, sink, options),
      identify: (options) => identifyFile(path, reference, options),
    };
  });
}

async function identifyFile(path: string, reference: string | undefined, options: ReadOptions): Promise<string> {
  try {
    return JSON.stringify(['archive', path, await signFile(path), toChoice(reference, options)]);
  } catch (error) {
    throw toSourceError(error);
  }
}

/** Says what is wrong when the archive holds no description of an image. */
function refuseOther(path: string, file: OpenFile, index: ArchiveIndex): void {
  if (file.sizeBytes === 0) throw new ImageSourceError('not-an-image', `${path} is empty. Save the image again.`);
  if (index.members.has(SAVED_IMAGES_PATH) || index.members.has(OCI_INDEX_PATH)) return;
  if (index.failure !== undefined) throw toArchiveError(path, index.failure, index.members.size);
}

async function readInPlace(
  path: string,
  index: ArchiveIndex,
  reference: string | undefined,
  sink: LayerSink,
  options: ReadOptions,
): Promise<SourceImage> {
  return withFile(path, async (file) => {
    const description = await describeImage(toDocumentStore(path, file, index), toChoice(reference, options));
    const image = await readLayers(
      description,
      sink,
      (key) => {
        const { start = 0, sizeBytes = 0 } = index.members.get(key) ?? {};
        return Promise.resolve({ file, start, sizeBytes });
      },
      options,
    );
    if (index.failure === undefined) return image;
    return { ...image, problems: [...image.problems, { code: 'malformed', message: `${path} is damaged: ${index.failure.message}` }] };
  });
}

async function readCompressed(path: string, reference: string | undefined, sink: LayerSink, options: ReadOptions): Promise<SourceImage> {
  return withFile(path, (file) => {
    async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
      let done = 0;
      for await (const chunk of readRange(file, 0, file.sizeBytes, options.signal)) {
        done += chunk.length;
        options.onProgress?.({ fraction: done / file.sizeBytes, message: `Reading ${path}` });
        yield chunk;
      }
    }
    return readArchiveStream({ name: path, bytes: bytes(), choice: toChoice(reference, options) }, sink, options);
  });
}

/** Returns which image of an archive is meant. */
export function toChoice(reference: string | undefined, options: ReadOptions): ImageChoice {
  return { ...(reference !== undefined && { reference }), ...(options.platform !== undefined && { platform: options.platform }) };
}

async function withFile<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
  let file: OpenFile | undefined;
  try {
    file = await openFile(path);
    return await use(file);
  } catch (error) {
    throw toSourceError(error);
  } finally {
    await file?.close();
  }
}

/** Returns a file's failure as a source's; anything else as it is. */
export function toSourceError(error: unknown): unknown {
  if (!(error instanceof FileError)) return error;
  const code = error.code === 'too-large' ? 'limit-exceeded' : error.code;
  const advice = { 'not-found': ' Check the path.', permission: ' Ask its owner for read permission.', 'too-large': '', io: '' }[error.code];
  return new ImageSourceError(code, `${messageOf(error)}.${advice}`, { cause: error });
}
