/** Walks the tar of one layer: names normalised, whiteouts told from files, digests taken as the bytes go by. */
import { createHash } from 'node:crypto';
import { MAX_LAYER_ENTRIES, MAX_PATH_LENGTH, MAX_SPARSE_LAYER_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { TarEntry } from '../../foundation/formats/tar-assembler.ts';
import { TarReader } from '../../foundation/formats/tar-reader.ts';
import type { SparseFile } from '../../foundation/formats/tar-sparse.ts';
import { SparseMapError, expandSparse } from '../../foundation/formats/tar-sparse.ts';
import { createStreamHash, type StreamHash } from '../../foundation/io/hash-thread.ts';
import type { Digest, DiffId, ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { ProblemCode } from '../../foundation/model/problem.ts';
import type { FileEntry } from '../content/detector.ts';
import type { Compression } from './decompress.ts';
import { ByteStreamError, createMeter, decompress } from './decompress.ts';
import { fromWindowsLayer } from './windows-layer.ts';

/** How a visitor wants a regular file: `whole` in `content`, in `pieces` as they go by, or not at all. */
export type ContentWish = 'none' | 'whole' | 'pieces';

/** Who is told what is met on the way. Paths are normalised. */
export interface LayerVisitor {
  /** The visitor has looked at the size: there is no other bound on what is held in memory of a file that it wants whole. */
  entry(entry: FileEntry): ContentWish;
  /** `bytes` are valid during the call only. */
  content(entry: FileEntry, bytes: Uint8Array): void;
  /** The next bytes of a file that is wanted in pieces, valid during the call only; none of an empty file. False when the rest is not wanted. */
  piece?(bytes: Uint8Array): boolean;
  /** A file that is wanted in pieces has ended, or its rest was not wanted. Not called when the archive ends inside it. */
  pieceEnd?(): void;
  /** A lower layer's `path` is deleted. */
  whiteout(path: ImagePath): void;
  /** All that lower layers have in `directory` is deleted; '' is the root. */
  opaque(directory: string): void;
  problem(code: ProblemCode, message: string, path?: string): void;
}

/** The layer's bytes as they turned out to be. */
export interface WalkedLayer {
  readonly compression: Compression;
  /** Of the bytes as stored. */
  readonly digest: Digest;
  /** Of the uncompressed tar. */
  readonly diffId: DiffId;
  readonly storedBytes: number;
  readonly plainBytes: number;
  /** False when reading stopped early: the digests are then those of a part. A problem says why. */
  readonly complete: boolean;
  /** It was read as a layer of a Windows image, whose files are below Files/. */
  readonly windows: boolean;
}

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
const AUFS = '.wh..wh.';

/**
 * Returns what the bytes of `stored` were, once `visitor` has been told of everything in them. Damage is a problem, and what came before it counts.
 * `windows` says whether it is a layer of a Windows image; when that is not known, its first entry tells. `sizeBytes` is how many bytes there are, about and at least, if that is known.
 * Errors of `stored` itself other than ByteStreamError pass through, as does an abort.
 */
export async function walkLayer(
  stored: AsyncIterable<Uint8Array>,
  visitor: LayerVisitor,
  signal?: AbortSignal,
  windows?: boolean,
  sizeBytes?: number,
): Promise<WalkedLayer> {
  const plainHash = createStreamHash(sizeBytes);
  try {
    return await walkHashed(stored, visitor, plainHash, signal, { windows });
  } finally {
    plainHash.close();
  }
}

async function walkHashed(
  stored: AsyncIterable<Uint8Array>,
  visitor: LayerVisitor,
  plainHash: StreamHash,
  signal: AbortSignal | undefined,
  form: LayerForm,
): Promise<WalkedLayer> {
  const storedHash = createHash('sha256');
  const meter = createMeter({ onStored: (chunk) => storedHash.update(chunk), onPlain: (chunk) => plainHash.update(chunk) });
  const plain = decompress(stored, meter);
  let complete = false;
  try {
    complete = await walkEntries(plain, visitor, signal, form);
  } catch (error) {
    if (!(error instanceof ByteStreamError)) throw error;
    visitor.problem(error.code === 'corrupt' ? 'unreadable-layer' : 'limit-exceeded', `it could not be read to its end: ${messageOf(error)}`);
  } finally {
    await plain.return();
  }
  const diffId = `sha256:${await plainHash.digest()}` as DiffId;
  return {
    compression: meter.compression,
    digest: (meter.compression === 'none' ? diffId : `sha256:${storedHash.digest('hex')}`) as Digest,
    diffId,
    storedBytes: meter.storedBytes,
    plainBytes: meter.plainBytes,
    complete,
    windows: form.windows === true,
  };
}

/** How the names of a layer are to be read: undefined until that is known. */
interface LayerForm {
  windows: boolean | undefined;
}

/** Returns true when all bytes were seen, though not all need have been a tar. */
async function walkEntries(
  plain: AsyncGenerator<Uint8Array, void, undefined>,
  visitor: LayerVisitor,
  signal: AbortSignal | undefined,
  form: LayerForm,
): Promise<boolean> {
  const reader = new TarReader(plain);
  const budget: SparseBudget = { bytesLeft: MAX_SPARSE_LAYER_BYTES };
  let count = 0;
  for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
    signal?.throwIfAborted();
    count++;
    if (count > MAX_LAYER_ENTRIES) {
      visitor.problem('limit-exceeded', `it has more than ${MAX_LAYER_ENTRIES} entries; the rest was not looked at`);
      return false;
    }
    form.windows ??= entry.windows === true;
    await visitEntry(entry, reader, visitor, budget, form.windows);
  }
  const { failure } = reader;
  if (failure !== undefined) visitor.problem('unreadable-layer', `its tar cannot be read beyond byte ${failure.offset}: ${failure.message}`);
  // What follows the end of the tar is part of the layer's digest.
  while ((await plain.next()).done !== true) signal?.throwIfAborted();
  return failure?.kind !== 'truncated';
}

async function visitEntry(entry: TarEntry, reader: TarReader, visitor: LayerVisitor, budget: SparseBudget, windows: boolean): Promise<void> {
  if (entry.name.length > MAX_PATH_LENGTH) {
    visitor.problem('limit-exceeded', `a file name of ${entry.name.length} characters is longer than ${MAX_PATH_LENGTH}; the file was not looked at`);
    return;
  }
  const written = toImagePath(entry.name);
  const path = written !== undefined && windows ? fromWindowsLayer(written) : written;
  if (path === undefined) {
    // Of a Windows image, the folder of all files is the root, and the virtual machine's files are none of the container's.
    if (written !== undefined) return;
    if (entry.type !== 'directory') visitor.problem('malformed', `a ${entry.type} has a name that is no path; it was not looked at`);
    return;
  }
  const slash = path.lastIndexOf('/');
  if (path.startsWith(WHITEOUT, slash + 1)) {
    visitWhiteout(path, slash, visitor);
    return;
  }
  const file: FileEntry = {
    path,
    type: entry.type,
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    sizeBytes: entry.sparse?.sizeBytes ?? entry.sizeBytes,
    ...(entry.linkName !== '' && { linkTarget: windows && entry.type === 'hardlink' ? toWindowsTarget(entry.linkName) : entry.linkName }),
  };
  const wish = visitor.entry(file);
  if (wish === 'none' || entry.type !== 'file') return;
  if (entry.sparse !== undefined) {
    await visitSparse(file, entry.sparse, wish, reader, visitor, budget);
  } else if (wish === 'whole') {
    const bytes = await reader.readBody();
    if (bytes !== undefined) visitor.content(file, bytes);
  } else {
    for (let piece = await reader.readPiece(); piece !== undefined; piece = await reader.readPiece()) if (visitor.piece?.(piece) !== true) break;
    if (reader.failure === undefined) visitor.pieceEnd?.();
  }
}

/** A hard link names its target as the archive does. */
function toWindowsTarget(linkName: string): string {
  const target = toImagePath(linkName);
  return (target === undefined ? undefined : fromWindowsLayer(target)) ?? linkName;
}

/** What the sparse files of a layer may still unpack to. */
interface SparseBudget {
  bytesLeft: number;
}

async function visitSparse(
  file: FileEntry,
  sparse: SparseFile,
  wish: ContentWish,
  reader: TarReader,
  visitor: LayerVisitor,
  budget: SparseBudget,
): Promise<void> {
  budget.bytesLeft -= sparse.sizeBytes;
  if (budget.bytesLeft < 0) {
    visitor.problem(
      'limit-exceeded',
      `it and the sparse files before it unpack to more than ${MAX_SPARSE_LAYER_BYTES} bytes; it was not looked at`,
      file.path,
    );
    return;
  }
  const body: AsyncIterator<Uint8Array> = {
    next: async () => {
      const value = await reader.readPiece();
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
  };
  try {
    const pieces = expandSparse(body, sparse);
    if (wish === 'whole') {
      const whole = new Uint8Array(sparse.sizeBytes);
      let offset = 0;
      for await (const piece of pieces) {
        whole.set(piece, offset);
        offset += piece.length;
      }
      visitor.content(file, whole);
    } else {
      for await (const piece of pieces) if (visitor.piece?.(piece) !== true) break;
      visitor.pieceEnd?.();
    }
  } catch (error) {
    if (!(error instanceof SparseMapError)) throw error;
    if (reader.failure === undefined)
      visitor.problem('unreadable-file', `it is stored as a sparse file that cannot be read: ${error.message}`, file.path);
  }
}

function visitWhiteout(path: ImagePath, slash: number, visitor: LayerVisitor): void {
  const name = path.slice(slash + 1);
  const directory = slash < 0 ? '' : path.slice(0, slash);
  if (name === OPAQUE) {
    visitor.opaque(directory);
    return;
  }
  // The bookkeeping of aufs hides nothing.
  if (name.startsWith(AUFS)) return;
  const hidden = name.slice(WHITEOUT.length);
  const target = hidden === '' || hidden === '.' || hidden === '..' ? undefined : toImagePath(directory === '' ? hidden : `${directory}/${hidden}`);
  if (target === undefined) visitor.problem('malformed', 'a whiteout names nothing', path);
  else visitor.whiteout(target);
}
