import path from 'node:path';
import type { FeedFile } from '../advisories/feeds/feed.ts';
import { MAX_FEED_ARCHIVE_DEPTH, MAX_FEED_ENTRIES, MAX_FEED_FILE_BYTES, MAX_PATH_LENGTH } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { TarReader } from '../foundation/formats/tar-reader.ts';
import type { ZipStreamEntry } from '../foundation/formats/zip-stream.ts';
import { ZipStream } from '../foundation/formats/zip-stream.ts';
import { unpack } from '../foundation/formats/zip.ts';
import { listTree, readTreeFile } from '../foundation/io/directory-tree.ts';
import { openFile, readRange, statPath } from '../foundation/io/files.ts';
import type { FileShelf } from './file-shelf.ts';
import { unpackStream } from './unpack-stream.ts';

export interface FeedFileHooks {
  /** True for the name of a file that some feed reads. */
  wants(name: string): boolean;
  /** A file that could not be read; the others are. */
  onProblem(message: string): void;
  /** A file that is nobody's. */
  onPassedOver(name: string): void;
  /** Where contents are kept while they are in use. */
  readonly shelf: FileShelf;
}

/**
 * Yields the files at `place` that feeds want: it is a folder, an archive (tar or zip, compressed or not, also inside another archive) or a file (compressed or not), told by their names, and
 * how it is compressed by its content. Names are paths from `place` down, without the endings of compressions. A file is good until the next is asked for.
 * @throws {FileError} when there is nothing at `place`
 */
export async function* openFeedFiles(place: string, hooks: FeedFileHooks): AsyncGenerator<FeedFile, void, undefined> {
  if ((await statPath(place)) !== 'directory') {
    const file = await openFile(place);
    try {
      yield* openEntry(path.basename(place), readRange(file, 0, file.sizeBytes), hooks, 0);
    } finally {
      await file.close();
    }
    return;
  }
  const tree = listTree(place, {
    maxEntries: MAX_FEED_ENTRIES,
    maxPathLength: MAX_PATH_LENGTH,
    onFailure(failure) {
      hooks.onProblem(`${failure.path === '' ? place : failure.path}: ${failure.message}`);
    },
    skipsMount: () => false,
  });
  for (const entry of tree) {
    if (entry.type === 'file') yield* openEntry(entry.path, readPieces(place, entry.path, entry.sizeBytes), hooks, 0);
  }
}

async function* readPieces(root: string, entryPath: string, sizeBytes: number): AsyncGenerator<Uint8Array, void, undefined> {
  // The generator is the interface that the rest works with.
  await Promise.resolve();
  yield* readTreeFile(root, entryPath, sizeBytes);
}

/** A file of a folder or archive: a feed's, an archive, or nobody's. What goes wrong with it is told, and the next one is read. */
async function* openEntry(
  rawName: string,
  stored: AsyncIterable<Uint8Array>,
  hooks: FeedFileHooks,
  depth: number,
): AsyncGenerator<FeedFile, void, undefined> {
  const name = plainName(rawName);
  const isArchive = /\.(?:tar|zip)$/i.test(name);
  if (!hooks.wants(name) && !isArchive) {
    hooks.onPassedOver(name);
    return;
  }
  try {
    if (hooks.wants(name)) {
      yield await hooks.shelf.keep(name, unpackStream(stored), MAX_FEED_FILE_BYTES);
    } else if (depth >= MAX_FEED_ARCHIVE_DEPTH) {
      hooks.onProblem(`${name}: archives lie in one another too deep`);
    } else if (/\.zip$/i.test(name)) {
      yield* openZip(name, stored, hooks, depth + 1);
    } else {
      yield* openTar(name, unpackStream(stored), hooks, depth + 1);
    }
  } catch (error) {
    hooks.onProblem(`${name}: ${messageOf(error)}`);
  }
}

async function* openTar(
  name: string,
  plain: AsyncIterable<Uint8Array>,
  hooks: FeedFileHooks,
  depth: number,
): AsyncGenerator<FeedFile, void, undefined> {
  const chunks = plain[Symbol.asyncIterator]();
  try {
    const reader = new TarReader(chunks);
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
      if (entry.type === 'file' && entry.sparse === undefined) yield* openEntry(`${name}/${entry.name}`, bodyOf(reader), hooks, depth);
    }
    if (reader.failure !== undefined) hooks.onProblem(`${name}: ${reader.failure.message} at ${reader.failure.offset}`);
  } finally {
    await chunks.return?.();
  }
}

async function* bodyOf(reader: TarReader): AsyncGenerator<Uint8Array, void, undefined> {
  for (let piece = await reader.readPiece(); piece !== undefined; piece = await reader.readPiece()) yield piece;
  if (reader.failure !== undefined) throw new Error(reader.failure.message);
}

async function* openZip(
  name: string,
  stored: AsyncIterable<Uint8Array>,
  hooks: FeedFileHooks,
  depth: number,
): AsyncGenerator<FeedFile, void, undefined> {
  const ready: { readonly entry: ZipStreamEntry; readonly packed: Uint8Array | undefined }[] = [];
  const stream = new ZipStream({
    wants(entry) {
      const inner = plainName(`${name}/${entry.name}`);
      if (hooks.wants(inner) || /\.(?:tar|zip)$/i.test(inner)) return MAX_ZIP_ENTRY_BYTES;
      if (!entry.name.endsWith('/')) hooks.onPassedOver(inner);
      return 0;
    },
    content: (entry, packed) => ready.push({ entry, packed }),
  });
  for await (const chunk of stored) {
    const goesOn = stream.push(chunk);
    for (const { entry, packed } of ready.splice(0)) {
      const unpacked = packed === undefined ? { reason: 'it is too large' } : unpack(packed, entry, MAX_ZIP_ENTRY_BYTES);
      if (unpacked.value === undefined) hooks.onProblem(`${name}/${shown(entry.name)}: ${unpacked.reason}`);
      else yield* openEntry(`${name}/${entry.name}`, only(unpacked.value), hooks, depth);
    }
    if (!goesOn) break;
  }
  const { damage } = stream.finish();
  if (damage !== undefined) hooks.onProblem(`${name}: ${damage}`);
}

/** Entries of zip archives are unpacked in memory. */
const MAX_ZIP_ENTRY_BYTES = 256 * 1024 * 1024;

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  await Promise.resolve();
  yield bytes;
}

/** The name without the endings that say how it is compressed; with none of the characters that steer a terminal. */
function plainName(name: string): string {
  return shown(name)
    .replace(/\.t(?:gz|xz|bz2?|zst)$/i, '.tar')
    .replace(/\.(?:gz|xz|bz2|zst)$/i, '');
}

function shown(name: string): string {
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
