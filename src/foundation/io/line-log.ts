/** A file to which lines are only added. */
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileError, openFile, readRange } from './files.ts';

/** Adds a line and waits until it is on the disk. A line that a crash left unfinished is ended first. The folder is made when it is missing, for this user alone. @throws what the operating system reports */
export async function appendLine(file: string, line: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const tail = await readTail(file, 1);
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${tail === '' || tail.endsWith('\n') ? '' : '\n'}${line}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Returns the last bytes of a file as text; empty when there is none. @throws {FileError} */
export async function readTail(file: string, maxBytes: number): Promise<string> {
  const opened = await openIfThere(file);
  if (opened === undefined) return '';
  try {
    const buffer = new Uint8Array(Math.min(maxBytes, opened.sizeBytes));
    const count = await opened.read(buffer, opened.sizeBytes - buffer.length);
    return Buffer.from(buffer.subarray(0, count)).toString('utf8');
  } finally {
    await opened.close();
  }
}

/**
 * Yields the lines of a file, without their ends; none when there is no file. A line longer than `maxLineBytes` is cut there.
 * @throws {FileError} too-large when the file has more than `maxBytes`; permission, io
 */
export async function* readLines(file: string, maxBytes: number, maxLineBytes: number): AsyncGenerator<string, void, undefined> {
  const opened = await openIfThere(file);
  if (opened === undefined) return;
  try {
    if (opened.sizeBytes > maxBytes) throw new FileError('too-large', `${file} has ${opened.sizeBytes} bytes; at most ${maxBytes} are read`);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of readRange(opened, 0, opened.sizeBytes)) {
      const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = (pieces.pop() ?? '').slice(0, maxLineBytes);
      yield* pieces;
    }
    rest += decoder.decode();
    if (rest !== '') yield rest;
  } finally {
    await opened.close();
  }
}

/** Puts a small text in the place of a file in one step. @throws what the operating system reports */
export async function replaceText(file: string, text: string): Promise<void> {
  const staged = `${file}.new`;
  await writeFile(staged, text, { mode: 0o600 });
  await rename(staged, file);
}

/** Returns a small text file; undefined when there is none or it cannot be read. */
export async function readTextIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

async function openIfThere(file: string): Promise<Awaited<ReturnType<typeof openFile>> | undefined> {
  try {
    return await openFile(file);
  } catch (error) {
    if (error instanceof FileError && error.code === 'not-found') return undefined;
    throw error;
  }
}
