import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { READ_CHUNK_BYTES } from '../base/limits.ts';

/** A new file that is written from front to back, with a few places written again later. Synchronous: for work whose own steps are. */
export interface WritableFile {
  /** Bytes written so far, those that still wait in memory included. */
  readonly sizeBytes: number;
  /** Puts bytes at `position`; what continues the bytes before is gathered into large writes. @throws what the operating system reports: ENOSPC … */
  write(position: number, bytes: Uint8Array): void;
  /** Returns `length` bytes from `position`, fewer at the end. */
  read(position: number, length: number): Uint8Array;
  /** Waits until all bytes are on the disk. */
  sync(): void;
  /** Closes it; what was not synced may be lost. */
  close(): void;
}

/** Returns a file made at `path`, where there must be none. @throws NodeJS.ErrnoException: EEXIST, EACCES, ENOSPC … */
export function createWritableFile(path: string): WritableFile {
  const descriptor = openSync(path, 'wx+');
  const gathered = new Uint8Array(READ_CHUNK_BYTES);
  let start = 0;
  let length = 0;
  let size = 0;

  function flush(): void {
    writeWhole(descriptor, gathered.subarray(0, length), start);
    start += length;
    length = 0;
  }

  return {
    get sizeBytes() {
      return size;
    },
    write(position, bytes) {
      if (position !== start + length || length + bytes.length > gathered.length) {
        flush();
        start = position;
      }
      if (bytes.length > gathered.length) {
        writeWhole(descriptor, bytes, position);
        start = position + bytes.length;
      } else {
        gathered.set(bytes, length);
        length += bytes.length;
      }
      size = Math.max(size, position + bytes.length);
    },
    read(position, count) {
      flush();
      const bytes = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        const read = readSync(descriptor, bytes, filled, count - filled, position + filled);
        if (read === 0) break;
        filled += read;
      }
      return bytes.subarray(0, filled);
    },
    sync() {
      flush();
      fsyncSync(descriptor);
    },
    close() {
      closeSync(descriptor);
    },
  };
}

function writeWhole(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
}
