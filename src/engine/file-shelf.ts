import type { FeedFile } from '../advisories/feeds/feed.ts';
import { MAX_FEED_MEMORY_BYTES, READ_CHUNK_BYTES } from '../foundation/base/limits.ts';
import { openRandomAccessFile } from '../foundation/io/random-access-file.ts';
import { openStaging, removeFile } from '../foundation/io/staging.ts';
import { createWritableFile } from '../foundation/io/writable-file.ts';

/** Keeps one file's content at a time: in memory, or on the disk when it is large. */
export interface FileShelf {
  /**
   * Returns the content as a file that can be read again and again, until the next one is kept.
   * @throws Error when it has more than `maxBytes`; what the operating system reports. Errors of `content` pass through.
   */
  keep(name: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<FeedFile>;
  /** Removes what is kept. Never throws. */
  discard(): Promise<void>;
}

/** Returns a shelf that puts large contents into a folder of its own in `directory`. */
export async function openFileShelf(directory: string): Promise<FileShelf> {
  const staging = await openStaging(directory);
  const place = staging.fileOf('feed');
  return {
    async keep(name, content, maxBytes) {
      await removeFile(place);
      const pieces: Uint8Array[] = [];
      let size = 0;
      let spilled: ReturnType<typeof createWritableFile> | undefined;
      try {
        for await (const chunk of content) {
          if (size + chunk.length > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
          if (spilled === undefined && size + chunk.length > MAX_FEED_MEMORY_BYTES) {
            spilled = createWritableFile(place);
            let at = 0;
            for (const piece of pieces.splice(0)) {
              spilled.write(at, piece);
              at += piece.length;
            }
          }
          if (spilled === undefined) pieces.push(new Uint8Array(chunk));
          else spilled.write(size, chunk);
          size += chunk.length;
        }
        spilled?.sync();
      } finally {
        spilled?.close();
      }
      return spilled === undefined ? { name, bytes: join(pieces, size) } : onDisk(name, place, size);
    },
    discard: () => staging.discard(),
  };
}

function onDisk(name: string, place: string, size: number): FeedFile {
  return {
    name,
    sizeBytes: size,
    get bytes() {
      const file = openRandomAccessFile(place);
      try {
        return file.read(0, size);
      } finally {
        file.close();
      }
    },
    *pieces() {
      const file = openRandomAccessFile(place);
      try {
        for (let at = 0; at < size; at += READ_CHUNK_BYTES) yield file.read(at, Math.min(READ_CHUNK_BYTES, size - at));
      } finally {
        file.close();
      }
    },
  };
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
