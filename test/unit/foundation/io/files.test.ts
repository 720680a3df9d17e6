import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { READ_CHUNK_BYTES } from '../../../../src/foundation/base/limits.ts';
import { FileError, openFile, readRange, readWholeFile, statPath } from '../../../../src/foundation/io/files.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const isFailure = (code: string) => (error: unknown) => error instanceof FileError && error.code === code;

const content = Buffer.from(Array.from({ length: 2 * READ_CHUNK_BYTES + 77 }, (_, i) => (i * 31 + (i >> 17) * 7) & 0xff));

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Uint8Array[] = [];
  for await (const chunk of chunks) {
    // Time for the read ahead to do its harm, if it did any.
    await new Promise((resolve) => setTimeout(resolve, 5));
    copies.push(new Uint8Array(chunk));
  }
  return Buffer.concat(copies);
}

test('a range of a file, whatever its length, with the next read under way', async (t) => {
  const name = path.join(temporaryDirectory(t), 'file');
  writeFileSync(name, content);
  const file = await openFile(name);
  t.after(() => file.close());
  for (const [start, length] of [
    [0, content.length],
    [5, READ_CHUNK_BYTES],
    [1, 2 * READ_CHUNK_BYTES],
    [7, 0],
    [content.length - 3, 3],
  ] as const) {
    assert.ok((await collect(readRange(file, start, length))).equals(content.subarray(start, start + length)), `${length} from ${start}`);
  }
  assert.equal((await collect(readRange(file, content.length - 3, 1000))).length, 3);
});

test('a read that fails while the chunk before is in use is thrown to the reader, once', async () => {
  const failing = {
    sizeBytes: content.length,
    read: (buffer: Uint8Array, position: number) => (position === 0 ? Promise.resolve(buffer.length) : Promise.reject(new FileError('io', 'gone'))),
  };
  await assert.rejects(collect(readRange(failing, 0, content.length)), isFailure('io'));
  const left = readRange(failing, 0, content.length);
  await left.next();
  await left.return();
});

test('an abort ends the reading', async () => {
  const file = { sizeBytes: 10, read: (buffer: Uint8Array) => Promise.resolve(buffer.length) };
  await assert.rejects(collect(readRange(file, 0, 10, AbortSignal.abort(new Error('enough')))), /enough/);
});

test('whole files, bounded, and what cannot be read', async (t) => {
  const directory = temporaryDirectory(t);
  const name = path.join(directory, 'file');
  writeFileSync(name, 'content');
  assert.equal(new TextDecoder().decode(await readWholeFile(name, 7)), 'content');
  await assert.rejects(readWholeFile(name, 6), isFailure('too-large'));
  await assert.rejects(readWholeFile(path.join(name, 'below-a-file'), 6), isFailure('not-found'));
  await assert.rejects(openFile(directory), isFailure('io'));
  assert.deepEqual([await statPath(name), await statPath(directory), await statPath(path.join(directory, 'x'))], ['file', 'directory', 'nothing']);
});
