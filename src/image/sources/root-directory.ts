/** The root file system of an image or a machine, in a folder: what `docker export` writes once it is unpacked, a chroot, a mounted disk, or `/` itself. It has files and nothing else: no config, no layers, no digest. */
import path from 'node:path';
import { MAX_LAYER_ENTRIES, MAX_PATH_LENGTH } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { TreeEntry } from '../../foundation/io/directory-tree.ts';
import { listTree, readTreeFile } from '../../foundation/io/directory-tree.ts';
import { statPath } from '../../foundation/io/files.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { ImageConfig } from '../../foundation/model/image.ts';
import type { FileEntry } from '../content/detector.ts';
import type { LayerVisitor } from '../layers/visit-entries.ts';
import type { ImageSource, ReadOptions } from './source.ts';

const TELLTALE = ['etc/os-release', 'usr/lib/os-release', 'Windows/System32'];
/** Two of them make a root file system, too: images made from scratch have no os-release. */
const USUAL = ['bin', 'etc', 'lib', 'opt', 'root', 'sbin', 'usr', 'var'];
/** Where the kernel shows itself: a mounted one is no part of what is on the disk. */
const KERNEL_FOLDERS: ReadonlySet<string> = new Set(['dev', 'proc', 'sys']);
/** Entries between two moments in which a scan can be stopped. */
const TURN = 2048;

const EMPTY_CONFIG: ImageConfig = { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [] };

/** Returns whether a folder looks like the root of a file system. @throws {FileError} permission, io */
export async function isRootDirectory(directory: string): Promise<boolean> {
  const has = async (name: string): Promise<boolean> => (await statPath(path.join(directory, name))) !== 'nothing';
  for (const name of TELLTALE) if (await has(name)) return true;
  let usual = 0;
  for (const name of USUAL) if (await has(name)) usual++;
  return usual >= 2;
}

/** Returns the root file system at `directory` as an image of one layer, which is none of the report's: there is nothing that a layer's digest could be of. */
export function openRootDirectory(directory: string): ImageSource {
  return {
    kind: 'root-directory',
    read: async (sink, options) => {
      await sink.tree?.(directory, (visitor, signal) => walk(directory, visitor, { ...options, ...(signal !== undefined && { signal }) }));
      const isWindows = (await statPath(path.join(directory, 'Windows/System32'))) === 'directory';
      return {
        reference: directory,
        platform: options.platform ?? { os: isWindows ? 'windows' : 'linux', architecture: 'unknown' },
        config: EMPTY_CONFIG,
        layers: [{ key: directory, mediaType: 'inode/directory', sizeBytes: 0 }],
        problems: [],
      };
    },
  };
}

async function walk(directory: string, visitor: LayerVisitor, { signal, onProgress }: ReadOptions): Promise<void> {
  let count = 0;
  const entries = listTree(directory, {
    maxEntries: MAX_LAYER_ENTRIES,
    maxPathLength: MAX_PATH_LENGTH,
    skipsMount: (name) => KERNEL_FOLDERS.has(name),
    onFailure: ({ path: place, reason, message }) => {
      const code = reason === 'permission' ? 'permission' : reason === 'too-many' ? 'limit-exceeded' : 'unreadable-file';
      visitor.problem(code, message, place === '' ? undefined : place);
    },
  });
  for (const entry of entries) {
    if (++count % TURN === 0) {
      onProgress?.({ message: `Reading ${directory}: ${count} files` });
      await new Promise((resolve) => setImmediate(resolve));
    }
    signal?.throwIfAborted();
    visit(directory, entry, visitor);
  }
}

function visit(directory: string, { path: written, ...entry }: TreeEntry, visitor: LayerVisitor): void {
  const name = toImagePath(written);
  if (name === undefined) return;
  const file: FileEntry = { path: name, ...entry };
  const wish = visitor.entry(file);
  if (wish === 'none' || entry.type !== 'file') return;
  try {
    const pieces = readTreeFile(directory, written, entry.sizeBytes);
    if (wish === 'whole') visitor.content(file, join(pieces, entry.sizeBytes));
    else {
      for (const piece of pieces) if (visitor.piece?.(piece) !== true) break;
      visitor.pieceEnd?.();
    }
  } catch (error) {
    const { code } = error as { code?: unknown };
    const isForbidden = code === 'EACCES' || code === 'EPERM';
    visitor.problem(isForbidden ? 'permission' : 'unreadable-file', isForbidden ? 'this user may not read it' : messageOf(error), name);
  }
}

/** A file that has become smaller is what is left of it. */
function join(pieces: Iterable<Uint8Array>, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  for (const piece of pieces) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes.subarray(0, filled);
}
