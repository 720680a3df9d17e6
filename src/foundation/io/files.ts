/** Files of this machine, read with bounds. Paths here come from the user or the environment, never from inside an image, except blob names of an OCI layout after they were checked to be plain hex. */
import { fstatSync, readSync, type BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { READ_CHUNK_BYTES } from '../base/limits.ts';
import { messageOf } from '../base/result.ts';
import { hashRange } from './hash-range.ts';

export type FileErrorCode = 'not-found' | 'permission' | 'too-large' | 'io';

export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;
  constructor(code: FileErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** An open file that can be read at any offset. */
export class OpenFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #handle: FileHandle;

  constructor(path: string, sizeBytes: number, handle: FileHandle) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.#handle = handle;
  }

  /**
   * Fills `buffer` from `position`; returns how many bytes there were, less than asked only at the end.
   * @throws {FileError} io
   */
  async read(buffer: Uint8Array, position: number): Promise<number> {
    let filled = 0;
    try {
      while (filled < buffer.length) {
        const { bytesRead } = await this.#handle.read(buffer, filled, buffer.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw toFileError(this.path, error);
    }
    return filled;
  }

  /**
   * As `read`, before it returns: for many small pieces, which would else wait for another thread far longer than for the file.
   * @throws {FileError} io
   */
  readNow(buffer: Uint8Array, position: number): number {
    let filled = 0;
    try {
      while (filled < buffer.length) {
        const count = readSync(this.#handle.fd, buffer, filled, buffer.length - filled, position + filled);
        if (count === 0) break;
        filled += count;
      }
    } catch (error) {
      throw toFileError(this.path, error);
    }
    return filled;
  }

  /**
   * Returns the SHA-256, in hex, of `length` bytes from `start`, or of those that there are; taken by another thread where they are many. Close the file only when it is settled.
   * @throws {FileError} io; the signal's reason when it aborts
   */
  async hash(start: number, length: number, signal?: AbortSignal): Promise<string> {
    try {
      return await hashRange({ descriptor: this.#handle.fd, start, length }, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw toFileError(this.path, error);
    }
  }

  /**
   * Returns a text that changes when the file is written to: bytes that were read twice are the same ones when it is the same before and after.
   * @throws {FileError} io
   */
  sign(): string {
    try {
      return toSignature(fstatSync(this.#handle.fd, { bigint: true }));
    } catch (error) {
      throw toFileError(this.path, error);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/**
 * Returns the regular file at `path`, open for reading; the caller closes it.
 * @throws {FileError} not-found, permission, io (also when it is not a regular file)
 */
export async function openFile(path: string): Promise<OpenFile> {
  try {
    // Looked at before it is opened: opening a pipe would wait for somebody to write.
    const info = await stat(path);
    if (!info.isFile()) throw new FileError('io', `${path} is not a regular file`);
    return new OpenFile(path, info.size, await open(path, 'r'));
  } catch (error) {
    throw toFileError(path, error);
  }
}

/**
 * Returns the bytes of a whole file.
 * @throws {FileError} too-large when it has more than `maxBytes`; not-found, permission, io
 */
export async function readWholeFile(path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    if (file.sizeBytes > maxBytes) throw new FileError('too-large', `${path} has ${file.sizeBytes} bytes; at most ${maxBytes} are read`);
    const buffer = new Uint8Array(file.sizeBytes);
    return buffer.subarray(0, await file.read(buffer, 0));
  } finally {
    await file.close();
  }
}

/**
 * Returns what lies at `path`, following links.
 * @throws {FileError} permission, io
 */
export async function statPath(path: string): Promise<'file' | 'directory' | 'socket' | 'other' | 'nothing'> {
  try {
    const info = await stat(path);
    return info.isFile() ? 'file' : info.isDirectory() ? 'directory' : info.isSocket() ? 'socket' : 'other';
  } catch (error) {
    const failure = toFileError(path, error);
    if (failure.code === 'not-found') return 'nothing';
    throw failure;
  }
}

/**
 * Returns a text that changes when the file at `path` is replaced or written to: what the file system keeps of it. A change time cannot be set back by whoever changes the bytes.
 * @throws {FileError} not-found, permission, io
 */
export async function signFile(path: string): Promise<string> {
  try {
    return toSignature(await stat(path, { bigint: true }));
  } catch (error) {
    throw toFileError(path, error);
  }
}

function toSignature({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** What can be read at any offset: an OpenFile, or bytes in memory. */
interface Seekable {
  readonly sizeBytes: number;
  read(buffer: Uint8Array, position: number): Promise<number>;
}

/**
 * Yields `length` bytes from `start` in large chunks, the next one being read while the last is in use. A chunk's memory is reused for the chunk after next. Ends early when the file does.
 * Errors of `file.read` pass through; an abort throws the signal's reason.
 */
export async function* readRange(file: Seekable, start: number, length: number, signal?: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  const end = start + length;
  const size = Math.min(READ_CHUNK_BYTES, Math.max(length, 1));
  let current = new Uint8Array(size);
  let spare = new Uint8Array(end - start > size ? size : 0);
  let position = start;
  const readNext = (buffer: Uint8Array): Promise<number> => {
    const read = file.read(buffer.subarray(0, Math.min(buffer.length, end - position)), position);
    // It may fail while the chunk before is in use, long before anyone awaits it.
    read.catch(() => 0);
    return read;
  };
  let pending = readNext(current);
  try {
    while (position < end) {
      const count = await pending;
      signal?.throwIfAborted();
      if (count === 0) return;
      position += count;
      const full = current.subarray(0, count);
      [current, spare] = [spare, current];
      pending = position < end ? readNext(current) : Promise.resolve(0);
      yield full;
    }
  } finally {
    // Whoever stops early closes the file next: not under a read. Its error no longer matters.
    await pending.catch(() => 0);
  }
}

function toFileError(path: string, error: unknown): FileError {
  if (error instanceof FileError) return error;
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FileError('not-found', `${path} does not exist`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM') return new FileError('permission', `${path} may not be read by this user`, { cause: error });
  return new FileError('io', `${path} could not be read: ${messageOf(error)}`, { cause: error });
}
