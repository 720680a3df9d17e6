import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { messageOf } from '../base/result.ts';

export interface TextStart {
  /** What is neither UTF-8 nor UTF-16 with a byte order mark reads U+FFFD. */
  readonly text: string;
  /** The file goes on behind it. */
  readonly truncated: boolean;
  /** False: writing the text back would change more than was edited. */
  readonly isUtf8: boolean;
  readonly isUtf16?: true;
}

export type ReadStart = { readonly value: TextStart; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string };

/**
 * Returns the text at the start of a file, at most `maxBytes` of it, or why it could not be read. Never throws. With `anyKind` the file may be a pipe or a device as well, and is waited for;
 * else it is a regular file, whatever took its place since somebody looked. `file` is a Buffer where its name is no UTF-8.
 */
export async function readTextStart(file: string | Buffer, maxBytes: number, anyKind: boolean): Promise<ReadStart> {
  try {
    const handle = await open(file, anyKind ? constants.O_RDONLY : constants.O_RDONLY | NO_WAITING);
    try {
      if (!anyKind && !(await handle.stat()).isFile()) return { reason: 'it is not a regular file' };
      return { value: await readStart(handle, maxBytes) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

/** Without it, opening a pipe waits until somebody writes to it. Windows has neither the pipes nor the flag. */
const NO_WAITING = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;

const CHUNK_BYTES = 64 * 1024;

async function readStart(handle: FileHandle, maxBytes: number): Promise<TextStart> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes + 1 - length)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return toTextStart(chunks, maxBytes);
}

/** Returns the text of what was read so far, at most `maxBytes` of it. */
export function toTextStart(chunks: readonly Buffer[], maxBytes: number): TextStart {
  const all = Buffer.concat(chunks);
  const bytes = all.subarray(0, maxBytes);
  const utf16 = utf16Of(bytes);
  const text = utf16 === undefined ? bytes.toString('utf8') : new TextDecoder(utf16).decode(bytes);
  return { text, truncated: all.length > maxBytes, isUtf8: isUtf8(bytes), ...(utf16 === undefined ? {} : { isUtf16: true }) };
}

/** Returns the byte order that a UTF-16 byte order mark tells. No UTF-8 begins like that. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}
