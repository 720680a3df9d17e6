import { lstat } from 'node:fs/promises';
import { messageOf } from '../base/result.ts';
import { readTextStart } from './text-start.ts';

export type TextFile =
  | { readonly value: string; readonly reason?: undefined }
  /** `isAbsent`: there is nothing of that name, or nothing that may be seen. A link that leads nowhere is there. */
  | { readonly value?: undefined; readonly reason: string; readonly isAbsent: boolean };

/**
 * Returns the text of a file of at most `maxBytes`, without its byte order mark, or why it could not be read. `strict` refuses what is not UTF-8. With `anyKind` the file may be a pipe or a
 * device as well, and is waited for. Never throws.
 */
export async function readSmallTextFile(file: string, maxBytes: number, { strict = false, anyKind = false } = {}): Promise<TextFile> {
  try {
    await lstat(file);
  } catch (error) {
    return { reason: messageOf(error), isAbsent: true };
  }
  const { value, reason } = await readTextStart(file, maxBytes, anyKind);
  if (value === undefined) return { reason, isAbsent: false };
  if (value.truncated) return { reason: `it is larger than ${maxBytes} bytes`, isAbsent: false };
  if (strict && !value.isUtf8) return { reason: 'it is not UTF-8 text', isAbsent: false };
  return { value: value.text.replace(/^\uFEFF/, '') };
}
