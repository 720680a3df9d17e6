import { open } from 'node:fs/promises';

/**
 * Returns the text of a UTF-8 file, or undefined when there is none at `file`.
 * @throws {Error} when it is there but cannot be read, is no regular file, or is larger than `maxBytes`
 */
export async function readOptionalTextFile(file: string, maxBytes: number): Promise<string | undefined> {
  let handle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
  try {
    const stat = await handle.stat();
    // A pipe or device could feed bytes for ever.
    if (!stat.isFile()) throw new Error('it is not a regular file');
    if (stat.size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
