/**
 * An image archive that passes by once: an engine's export, or a compressed file. Which entries are layers of the image is known only at the end, so every entry that looks like a layer is handed on, and every small one
 * that does not is kept until the documents among them tell what the image is.
 */
import { MAX_ARCHIVE_ENTRIES, MAX_IMAGE_JSON_BYTES, MAX_KEPT_JSON_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { TAR_BLOCK_BYTES, looksLikeTar } from '../../foundation/formats/tar-header.ts';
import type { TarEntry } from '../../foundation/formats/tar-assembler.ts';
import { TarReader } from '../../foundation/formats/tar-reader.ts';
import type { DiffId } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import { ByteStreamError, decompress, detectCompression, peek } from '../layers/decompress.ts';
import { followLinks, linkTarget } from './archive-file.ts';
import { describeImage } from './describe-image.ts';
import type { DocumentStore, ImageChoice } from './image-description.ts';
import { documentTooLarge } from './read-layers.ts';
import type { ExpectedLayer, LayerSink, ReadOptions, SourceImage } from './source.ts';
import { ImageSourceError } from './source.ts';

export interface ArchiveStream {
  /** How a user would name it. */
  readonly name: string;
  /** The archive, compressed or not; chunks stay valid. Its errors are thrown as they are. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly choice: ImageChoice;
  /** Called as bytes of the archive, unpacked, have gone by. */
  readonly onBytes?: (count: number) => void;
  /** The layers' diffIds, when they are known before the archive is read, from a store that has checked the bytes. */
  readonly trustedDiffIds?: ReadonlySet<string>;
  /** The image's operating system, when it is known before the archive is read. */
  readonly os?: string;
}

/**
 * Returns the image of an archive, its layers handed to `sink` on the way.
 * @throws {ImageSourceError} truncated, malformed, limit-exceeded, and those of describeImage
 */
export async function readArchiveStream(archive: ArchiveStream, sink: LayerSink, options: ReadOptions): Promise<SourceImage> {
  const plain = decompress(archive.bytes);
  const reader = new TarReader(plain);
  const seen = new SeenEntries(archive.name, archive.trustedDiffIds ?? new Set(), archive.os);
  try {
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      options.signal?.throwIfAborted();
      archive.onBytes?.(reader.offset);
      await seen.take(entry, reader, sink, archive.onBytes);
    }
  } catch (error) {
    if (!(error instanceof ByteStreamError)) throw error;
    const code = error.code === 'limit-exceeded' ? 'limit-exceeded' : 'truncated';
    throw new ImageSourceError(code, `${archive.name} cannot be unpacked: ${messageOf(error)}. Save the image again.`, { cause: error });
  } finally {
    await plain.return();
  }
  const { failure } = reader;
  if (failure !== undefined) throw toArchiveError(archive.name, failure, seen.count);
  const description = await describeImage(seen.toStore(), archive.choice);
  return seen.finish(description, sink);
}

/** Returns the error for an archive that could not be read to its end. `entries` before the damage: none means that it was no archive at all. */
export function toArchiveError(
  name: string,
  failure: { readonly kind: 'truncated' | 'malformed'; readonly message: string },
  entries: number,
): ImageSourceError {
  if (entries === 0)
    return new ImageSourceError(
      'not-an-image',
      `${name} is not a tar archive, so it is no saved image. Make one with \`docker save IMAGE -o FILE\`.`,
    );
  if (failure.kind === 'truncated') return new ImageSourceError('truncated', `${name} is cut short: ${failure.message}. Save the image again.`);
  return new ImageSourceError('malformed', `${name} is damaged: ${failure.message}. Save the image again.`);
}

class SeenEntries {
  count = 0;
  readonly #name: string;
  readonly #documents = new Map<string, Uint8Array>();
  readonly #layers = new Map<string, number>();
  /** Neither layer nor small enough to be kept. */
  readonly #passed = new Map<string, number>();
  readonly #links = new Map<string, string>();
  #keptBytes = 0;

  readonly #trustedDiffIds: ReadonlySet<string>;
  readonly #os: string | undefined;

  constructor(name: string, trustedDiffIds: ReadonlySet<string>, os: string | undefined) {
    this.#name = name;
    this.#os = os;
    this.#trustedDiffIds = trustedDiffIds;
  }

  async take(entry: TarEntry, reader: TarReader, sink: LayerSink, onBytes: ((count: number) => void) | undefined): Promise<void> {
    if (++this.count > MAX_ARCHIVE_ENTRIES)
      throw new ImageSourceError('limit-exceeded', `${this.#name} has more than ${MAX_ARCHIVE_ENTRIES} entries, so it is no saved image.`);
    const path = toImagePath(entry.name);
    if (path === undefined) return;
    const target = linkTarget(path, entry);
    if (target !== undefined) this.#links.set(path, target);
    if (entry.type !== 'file') return;
    const { head, rest } = await peek(readPieces(reader, onBytes), TAR_BLOCK_BYTES);
    try {
      if (detectCompression(head) !== 'none' || looksLikeTar(head)) {
        this.#layers.set(path, entry.sizeBytes);
        await sink.stream(path, rest, { ...this.#expect(path), storedBytes: entry.sizeBytes });
      } else if (entry.sizeBytes <= MAX_IMAGE_JSON_BYTES && this.#keptBytes + entry.sizeBytes <= MAX_KEPT_JSON_BYTES) {
        this.#keptBytes += entry.sizeBytes;
        this.#documents.set(path, await collect(rest, entry.sizeBytes));
      } else {
        this.#passed.set(path, entry.sizeBytes);
      }
    } finally {
      await rest.return();
    }
  }

  /** Layers are named after their digest; of an uncompressed one that is the diffId. */
  #expect(path: string): ExpectedLayer {
    const digest = `sha256:${/^blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1] ?? ''}`;
    const os = this.#os === undefined ? {} : { os: this.#os };
    return this.#trustedDiffIds.has(digest) ? { ...os, diffId: digest as DiffId, trusted: true } : os;
  }

  toStore(): DocumentStore {
    const sizeOf = (path: string): number | undefined => this.#layers.get(path) ?? this.#documents.get(path)?.length ?? this.#passed.get(path);
    const follow = (path: string): string | undefined => followLinks(path, (candidate) => sizeOf(candidate) !== undefined, this.#links);
    return {
      name: this.#name,
      locate: (path) => {
        const found = follow(path);
        return found === undefined ? undefined : { path: found, sizeBytes: sizeOf(found) ?? 0 };
      },
      read: (path) => {
        const found = follow(path) ?? path;
        const passed = this.#passed.get(found);
        return passed === undefined ? Promise.resolve(this.#documents.get(found)) : Promise.reject(documentTooLarge(this.#name, path, passed));
      },
    };
  }

  /** Hands on what turns out to be a layer though it does not look like one, and tells of those that are lost. */
  async finish(image: SourceImage, sink: LayerSink): Promise<SourceImage> {
    const problems = [...image.problems];
    const layers = [];
    for (const [index, layer] of image.layers.entries()) {
      const document = layer.key === undefined ? undefined : this.#documents.get(layer.key);
      const isLost = layer.key !== undefined && this.#passed.has(layer.key);
      if (layer.key !== undefined && document !== undefined) await sink.stream(layer.key, once(document), { os: image.platform.os });
      if (isLost)
        problems.push({
          code: 'unreadable-layer' as const,
          message: `layer ${index + 1} of ${image.layers.length} is neither a tar nor compressed with gzip or zstd`,
          layer: index,
        });
      layers.push(isLost ? { ...layer, key: undefined } : layer);
    }
    return { ...image, layers, problems };
  }
}

async function* readPieces(reader: TarReader, onBytes: ((count: number) => void) | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  for (let piece = await reader.readPiece(); piece !== undefined; piece = await reader.readPiece()) {
    onBytes?.(reader.offset);
    yield piece;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes);
}

async function collect(chunks: AsyncIterable<Uint8Array>, sizeBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  for await (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes.subarray(0, filled);
}
