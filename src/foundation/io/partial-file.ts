import { open, stat } from 'node:fs/promises';
import { readRange, openFile } from './files.ts';

/** A download that may have been cut off before: what there is of it, and the place where it goes on. */
export interface PartialFile {
  /** Bytes that were there when it was opened. */
  readonly sizeBytes: number;
  /** Yields those bytes. */
  bytes(): AsyncGenerator<Uint8Array>;
  append(bytes: Uint8Array): Promise<void>;
  /** Waits until the bytes are on the disk, and closes it. */
  finish(): Promise<void>;
}

/** Returns the file at `path` open for going on; made when it is missing, begun anew when it has more than `maxBytes`. @throws what the operating system reports */
export async function openPartialFile(path: string, maxBytes: number): Promise<PartialFile> {
  const known = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const sizeBytes = known > maxBytes ? 0 : known;
  const handle = await open(path, sizeBytes === 0 ? 'w' : 'a', 0o600);
  return {
    sizeBytes,
    async *bytes() {
      const file = await openFile(path);
      try {
        yield* readRange(file, 0, sizeBytes);
      } finally {
        await file.close();
      }
    },
    async append(bytes) {
      for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written)).bytesWritten;
    },
    async finish() {
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}
