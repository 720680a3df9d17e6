import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** A file open for reading at any place. Synchronous: for worker threads, and for look-ups of a few pages. */
export interface RandomAccessFile {
  readonly sizeBytes: number;
  /** Returns `length` bytes from `position`, fewer at the end of the file. @throws what the operating system reports */
  read(position: number, length: number): Uint8Array;
  close(): void;
}

/** Returns an open file. @throws NodeJS.ErrnoException: ENOENT, EACCES, EISDIR … */
export function openRandomAccessFile(path: string): RandomAccessFile {
  // Looked at before it is opened: opening a pipe would wait for somebody to write.
  const stat = statSync(path);
  if (!stat.isFile()) throw Object.assign(new Error(`not a regular file: ${path}`), { code: 'EISDIR' });
  const descriptor = openSync(path, 'r');
  return {
    sizeBytes: stat.size,
    read(position, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
        if (count === 0) break;
        filled += count;
      }
      return bytes.subarray(0, filled);
    },
    close() {
      closeSync(descriptor);
    },
  };
}

/** Returns the bytes of a small file, undefined when there is none, it cannot be read, or it is larger than `maxBytes`. */
export function readSmallFile(path: string, maxBytes: number): Uint8Array | undefined {
  try {
    const file = openRandomAccessFile(path);
    try {
      return file.sizeBytes > maxBytes ? undefined : file.read(0, file.sizeBytes);
    } finally {
      file.close();
    }
  } catch {
    return undefined;
  }
}

/** Returns the value of a small JSON file, undefined when there is none that is JSON. */
export function readSmallJson(path: string, maxBytes: number): unknown {
  const bytes = readSmallFile(path, maxBytes);
  try {
    return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
