/**
 * The files below a folder of this machine, told without following a link: nothing outside the folder is ever looked at. Synchronous, because a scan has a thread of its own and a tree has a million files; the caller
 * decides when others may have their turn.
 */
import type { Dirent, Stats } from 'node:fs';
import { closeSync, constants, fstatSync, lstatSync, openSync, opendirSync, readSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { READ_CHUNK_BYTES } from '../base/limits.ts';
import { compareText } from '../base/order.ts';
import { messageOf } from '../base/result.ts';

export type TreeEntryType = 'file' | 'directory' | 'symlink' | 'character-device' | 'block-device' | 'fifo';

export interface TreeEntry {
  /** From the folder down, separated by slashes, whatever the machine writes. */
  readonly path: string;
  readonly type: TreeEntryType;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  /** As written in the link. */
  readonly linkTarget?: string;
}

/** Something that could not be read; the walk goes on. */
export interface TreeFailure {
  readonly path: string;
  readonly reason: 'permission' | 'io' | 'too-many';
  readonly message: string;
}

export interface TreeOptions {
  readonly maxEntries: number;
  /** Longest path, in UTF-16 units. */
  readonly maxPathLength: number;
  onFailure(failure: TreeFailure): void;
  /** True to leave out a folder of the top on which another file system is mounted. */
  skipsMount(name: string): boolean;
}

/** Yields what is below `root`, each folder before what is in it, names in order. Sockets are left out, and so is what disappears meanwhile. Ends early at `maxEntries`, which is a failure. */
export function* listTree(root: string, options: TreeOptions): Generator<TreeEntry, void, undefined> {
  const device = lstatSync(root).dev;
  let left = options.maxEntries;
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const names = listFolder(root, folder, left, options);
    const below: string[] = [];
    for (const name of names) {
      const entryPath = folder === '' ? name : `${folder}/${name}`;
      if (--left < 0) {
        options.onFailure({ path: '', reason: 'too-many', message: `there are more than ${options.maxEntries} files; the rest was not looked at` });
        return;
      }
      if (entryPath.length > options.maxPathLength) {
        options.onFailure({ path: folder, reason: 'too-many', message: `a path in it is longer than ${options.maxPathLength} characters` });
        continue;
      }
      const found = describe(root, entryPath, options);
      if (found === undefined) continue;
      if (found.entry.type === 'directory') {
        if (folder === '' && found.device !== device && options.skipsMount(name)) continue;
        below.push(entryPath);
      }
      yield found.entry;
    }
    pending.push(...below.reverse());
  }
}

/**
 * Yields the bytes of the file at `entryPath` below `root`, at most `sizeBytes` of them; each piece is valid until the next.
 * @throws NodeJS.ErrnoException, also when it is no regular file any more
 */
export function* readTreeFile(root: string, entryPath: string, sizeBytes: number): Generator<Uint8Array, void, undefined> {
  // A name that became a link or a pipe since it was listed is neither followed nor waited for.
  const flags = constants.O_RDONLY | onlyHere(constants.O_NOFOLLOW) | onlyHere(constants.O_NONBLOCK);
  const descriptor = openSync(path.join(root, entryPath), flags);
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is no file any more');
    const buffer = new Uint8Array(Math.max(Math.min(sizeBytes, READ_CHUNK_BYTES), 1));
    for (let done = 0; done < sizeBytes;) {
      const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, sizeBytes - done), done);
      if (count === 0) return;
      done += count;
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Windows has no such flags, whatever the types say. */
function onlyHere(flag: number | undefined): number {
  return flag ?? 0;
}

function listFolder(root: string, folder: string, most: number, options: TreeOptions): readonly string[] {
  const names: string[] = [];
  try {
    const open = opendirSync(path.join(root, folder), { bufferSize: 512 });
    try {
      // One more than there is room for, so that it is noticed.
      for (let entry: Dirent | null = open.readSync(); entry !== null && names.length <= most; entry = open.readSync()) names.push(entry.name);
    } finally {
      open.closeSync();
    }
  } catch (error) {
    fail(folder, error, options);
  }
  return names.sort(compareText);
}

function describe(root: string, entryPath: string, options: TreeOptions): { readonly entry: TreeEntry; readonly device: number } | undefined {
  const place = path.join(root, entryPath);
  try {
    const stats = lstatSync(place);
    const type = typeOf(stats);
    if (type === undefined) return undefined;
    const { mode, uid, gid, size, dev } = stats;
    const linkTarget = type === 'symlink' ? readlinkSync(place) : undefined;
    return {
      entry: {
        path: entryPath,
        type,
        mode: mode & 0o7777,
        uid,
        gid,
        sizeBytes: type === 'file' ? size : 0,
        ...(linkTarget !== undefined && { linkTarget }),
      },
      device: dev,
    };
  } catch (error) {
    fail(entryPath, error, options);
    return undefined;
  }
}

/** What is gone is gone; but a name that is no UTF-8 cannot be asked for either, and what has it is still there. */
function fail(entryPath: string, error: unknown, options: TreeOptions): void {
  const { code } = error as { code?: unknown };
  const isMangled = entryPath.includes('\ufffd');
  if (code === 'ENOENT' && !isMangled) return;
  if (code === 'EACCES' || code === 'EPERM') options.onFailure({ path: entryPath, reason: 'permission', message: 'this user may not read it' });
  else options.onFailure({ path: entryPath, reason: 'io', message: isMangled ? 'its name is not UTF-8' : messageOf(error) });
}

function typeOf(stats: Stats): TreeEntryType | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isCharacterDevice()) return 'character-device';
  if (stats.isBlockDevice()) return 'block-device';
  return stats.isFIFO() ? 'fifo' : undefined;
}
