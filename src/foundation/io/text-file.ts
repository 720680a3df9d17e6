import { open } from 'node:fs/promises';
import { messageOf } from '../base/result.ts';

/** Returns the text of a UTF-8 file of at most `maxBytes`, or why it could not be read. Never throws. */
export async function readSmallTextFile(
  file: string,
  maxBytes: number,
): Promise<{ readonly value: string; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string }> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) return { reason: `it is larger than ${maxBytes} bytes` };
      return { value: await handle.readFile('utf8') };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { reason: messageOf(error) };
  }
}
