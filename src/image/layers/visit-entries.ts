/** What the tar of a layer says: names normalised, whiteouts told from files, contents given to who wants them. */
import { MAX_LAYER_ENTRIES, MAX_PATH_LENGTH, MAX_SPARSE_LAYER_BYTES } from '../../foundation/base/limits.ts';
import type { TarEntry } from '../../foundation/formats/tar-assembler.ts';
import { LATER, type TarReader } from '../../foundation/formats/tar-reader.ts';
import type { SparseFile } from '../../foundation/formats/tar-sparse.ts';
import { SparseMapError, expandSparse } from '../../foundation/formats/tar-sparse.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { ProblemCode } from '../../foundation/model/problem.ts';
import type { FileEntry } from '../content/detector.ts';
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

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
const AUFS = '.wh..wh.';

/** How the names of a layer are to be read: undefined until that is known. */
export interface LayerForm {
  windows: boolean | undefined;
}

/** Tells `visitor` of everything in a layer. Returns true when all of it was seen, though not all need have been a tar. Errors of the reader's chunks pass through, as does an abort. */
export async function visitEntries(reader: TarReader, visitor: LayerVisitor, signal: AbortSignal | undefined, form: LayerForm): Promise<boolean> {
  const budget: SparseBudget = { bytesLeft: MAX_SPARSE_LAYER_BYTES };
  let count = 0;
  for (;;) {
    let entry = reader.nextAtHand();
    // To wait for each of millions of entries would take longer than to read them.
    if (entry === LATER) entry = await reader.next();
    if (entry === undefined) break;
    signal?.throwIfAborted();
    count++;
    if (count > MAX_LAYER_ENTRIES) {
      visitor.problem('limit-exceeded', `it has more than ${MAX_LAYER_ENTRIES} entries; the rest was not looked at`);
      return false;
    }
    form.windows ??= entry.windows === true;
    const file = toFile(entry, visitor, form.windows);
    const wish = file === undefined ? 'none' : visitor.entry(file);
    if (file !== undefined && wish !== 'none' && entry.type === 'file') await readContent(file, entry.sparse, wish, reader, visitor, budget);
  }
  const { failure } = reader;
  if (failure !== undefined) visitor.problem('unreadable-layer', `its tar cannot be read beyond byte ${failure.offset}: ${failure.message}`);
  return failure?.kind !== 'truncated';
}

/** Returns the file that `entry` is; undefined when it is none that a visitor is told of as such. */
function toFile(entry: TarEntry, visitor: LayerVisitor, windows: boolean): FileEntry | undefined {
  if (entry.name.length > MAX_PATH_LENGTH) {
    visitor.problem('limit-exceeded', `a file name of ${entry.name.length} characters is longer than ${MAX_PATH_LENGTH}; the file was not looked at`);
    return undefined;
  }
  const written = toImagePath(entry.name);
  const path = written !== undefined && windows ? fromWindowsLayer(written) : written;
  if (path === undefined) {
    // Of a Windows image, the folder of all files is the root, and the virtual machine's files are none of the container's.
    if (written !== undefined) return undefined;
    if (entry.type !== 'directory') visitor.problem('malformed', `a ${entry.type} has a name that is no path; it was not looked at`);
    return undefined;
  }
  const slash = path.lastIndexOf('/');
  if (path.startsWith(WHITEOUT, slash + 1)) {
    visitWhiteout(path, slash, visitor);
    return undefined;
  }
  return {
    path,
    type: entry.type,
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    sizeBytes: entry.sparse?.sizeBytes ?? entry.sizeBytes,
    ...(entry.linkName !== '' && { linkTarget: windows && entry.type === 'hardlink' ? toWindowsTarget(entry.linkName) : entry.linkName }),
  };
}

async function readContent(
  file: FileEntry,
  sparse: SparseFile | undefined,
  wish: 'whole' | 'pieces',
  reader: TarReader,
  visitor: LayerVisitor,
  budget: SparseBudget,
): Promise<void> {
  if (sparse !== undefined) {
    await visitSparse(file, sparse, wish, reader, visitor, budget);
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
