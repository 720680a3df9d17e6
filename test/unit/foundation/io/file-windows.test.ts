import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { MAX_WINDOW_BYTES, MIN_WINDOW_BYTES } from '../../../../src/foundation/base/limits.ts';
import { FileWindows } from '../../../../src/foundation/io/file-windows.ts';
import { openFile, type OpenFile } from '../../../../src/foundation/io/files.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const content = Buffer.from(Array.from({ length: 3 * MAX_WINDOW_BYTES + 77 }, (_, i) => (i * 31 + (i >> 17) * 7) & 0xff));

async function openContent(t: TestContext): Promise<OpenFile> {
  const name = path.join(temporaryDirectory(t), 'file');
  writeFileSync(name, content);
  const file = await openFile(name);
  t.after(() => file.close());
  return file;
}

async function rest(windows: FileWindows): Promise<Buffer> {
  const copies: Buffer[] = [];
  for (let next = await windows.next(); next.done !== true; next = await windows.next()) copies.push(Buffer.from(next.value));
  return Buffer.concat(copies);
}

test('a part of a file in windows, whatever its length', async (t) => {
  const file = await openContent(t);
  for (const [start, length] of [
    [0, content.length],
    [5, MIN_WINDOW_BYTES],
    [7, 0],
    [content.length - 3, 3],
  ] as const) {
    assert.ok((await rest(new FileWindows(file, start, length))).equals(content.subarray(start, start + length)), `${length} from ${start}`);
  }
  assert.equal((await rest(new FileWindows(file, content.length - 3, 1000))).length, 3);
});

test('what is skipped is not read, and nothing beyond the part is there to be skipped', async (t) => {
  const file = await openContent(t);
  const read: (readonly [position: number, length: number])[] = [];
  const watched: Pick<OpenFile, 'readNow'> = {
    readNow: (buffer, position) => {
      read.push([position, buffer.length]);
      return file.readNow(buffer, position);
    },
  };
  const windows = new FileWindows(watched, 10, content.length - 20);
  await windows.next();
  assert.equal(windows.skip(MAX_WINDOW_BYTES), MAX_WINDOW_BYTES);
  const { value } = await windows.next();
  const position = 10 + MIN_WINDOW_BYTES + MAX_WINDOW_BYTES;
  assert.deepEqual(read, [
    [10, MIN_WINDOW_BYTES],
    [position, MIN_WINDOW_BYTES],
  ]);
  assert.ok(value !== undefined && content.subarray(position, position + MIN_WINDOW_BYTES).equals(value));
  const left = content.length - 10 - position - MIN_WINDOW_BYTES;
  assert.equal(windows.skip(content.length), left);
  assert.equal((await windows.next()).done, true);
});

test('an abort ends the reading', async (t) => {
  const file = await openContent(t);
  await assert.rejects(new FileWindows(file, 0, 10, AbortSignal.abort(new Error('enough'))).next(), /enough/);
});
