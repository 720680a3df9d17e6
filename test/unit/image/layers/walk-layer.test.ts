import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { MAX_WINDOW_BYTES } from '../../../../src/foundation/base/limits.ts';
import { FileError, openFile, type OpenFile } from '../../../../src/foundation/io/files.ts';
import type { ContentWish, LayerVisitor } from '../../../../src/image/layers/visit-entries.ts';
import { visitLayerRange, walkLayer, walkLayerRange } from '../../../../src/image/layers/walk-layer.ts';
import { buildTar } from '../../../support/tar-builder.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const long = `${'directory/'.repeat(30)}file`;
const layer = buildTar([
  { path: 'etc/', type: 'directory' },
  { path: 'etc/passwd', content: 'root' },
  { path: 'whole-large', content: 'w'.repeat(3 * MAX_WINDOW_BYTES + 5) },
  { path: 'none-large', content: 'n'.repeat(5 * MAX_WINDOW_BYTES + 7) },
  { path: 'pieces-large', content: 'p'.repeat(2 * MAX_WINDOW_BYTES + 11) },
  { path: 'pieces-empty' },
  { path: 'some-large', content: 's'.repeat(2 * MAX_WINDOW_BYTES) },
  { path: 'none-small', content: 'x' },
  { path: 'link', type: 'symlink', linkTarget: 'etc/passwd' },
  { path: 'etc/.wh.shadow' },
  { path: 'var/.wh..wh..opq' },
  { path: long, content: 'whole' },
]);

/** Takes down all that it is told; what it wants of a file is what its name begins with, `some` being the first piece. */
class Recorder implements LayerVisitor {
  readonly told: string[] = [];
  #path = '';
  #sizeBytes = 0;
  #isFirst = true;

  entry(...[entry]: Parameters<LayerVisitor['entry']>): ContentWish {
    this.told.push(`${entry.type} ${entry.path} ${entry.sizeBytes} ${entry.linkTarget ?? ''}`);
    this.#path = entry.path;
    this.#sizeBytes = 0;
    this.#isFirst = true;
    if (entry.path.startsWith('none')) return 'none';
    return entry.path.startsWith('pieces') || entry.path.startsWith('some') ? 'pieces' : 'whole';
  }
  content(...[entry, bytes]: Parameters<LayerVisitor['content']>): void {
    this.told.push(`content of ${entry.path}: ${bytes.length} ${String.fromCharCode(bytes[0] ?? 0, bytes.at(-1) ?? 0)}`);
  }
  piece(bytes: Uint8Array): boolean {
    this.#sizeBytes += bytes.length;
    const wantsMore = this.#isFirst && !this.#path.startsWith('some');
    this.#isFirst = wantsMore;
    return wantsMore;
  }
  pieceEnd(): void {
    this.told.push(`end of ${this.#path}${this.#path.startsWith('some') ? '' : ` after ${this.#sizeBytes}`}`);
  }
  whiteout(path: string): void {
    this.told.push(`whiteout ${path}`);
  }
  opaque(directory: string): void {
    this.told.push(`opaque ${directory}`);
  }
  problem(...[code, message, path]: Parameters<LayerVisitor['problem']>): void {
    this.told.push(`${code} ${message} ${path ?? ''}`);
  }
}

async function openBytes(t: TestContext, bytes: Uint8Array): Promise<OpenFile> {
  const name = path.join(temporaryDirectory(t), 'layers');
  writeFileSync(name, bytes);
  const file = await openFile(name);
  t.after(() => file.close());
  return file;
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += 100_000) yield await Promise.resolve(bytes.subarray(start, start + 100_000));
}

test('law: a layer in a file says what it says as a stream, with the same digests, wherever it is cut off', async (t) => {
  const before = Buffer.alloc(1000, 'before');
  const cuts = [0, 1, 511, 512, 700, 1024, 1030, 2_000_000, 4_000_000, layer.length - 2000, layer.length - 1100, layer.length - 5, layer.length];
  for (const cut of cuts) {
    const bytes = layer.subarray(0, cut);
    const file = await openBytes(t, Buffer.concat([before, bytes, Buffer.from('after')]));
    const streamed = new Recorder();
    const walked = await walkLayer(inChunks(bytes), streamed);
    const seen = new Recorder();
    const range = { file, start: before.length, length: bytes.length };
    assert.deepEqual(await walkLayerRange(range, seen), walked, `cut at ${cut}`);
    assert.deepEqual(seen.told, streamed.told, `cut at ${cut}`);
    const again = new Recorder();
    await visitLayerRange(range, again);
    assert.deepEqual(again.told, streamed.told);
  }
});

test('a file that is written to while it is read is no layer that anybody may believe', async (t) => {
  const file = await openBytes(t, layer);
  const recorder = new Recorder();
  const entry = recorder.entry.bind(recorder);
  let isWritten = false;
  recorder.entry = (told) => {
    if (!isWritten) appendFileSync(file.path, 'more');
    isWritten = true;
    return entry(told);
  };
  await assert.rejects(
    walkLayerRange({ file, start: 0, length: layer.length }, recorder),
    (error) => error instanceof FileError && error.message.includes('written to'),
  );
});

test('a visitor who fails, or an abort, leaves nobody reading', async (t) => {
  const file = await openBytes(t, layer);
  let reading = 0;
  const watched = {
    readNow: file.readNow.bind(file),
    sign: file.sign.bind(file),
    hash: async (...args: Parameters<OpenFile['hash']>) => {
      reading += 1;
      return file.hash(...args).finally(() => {
        reading -= 1;
      });
    },
  };
  const range = { file: watched, start: 0, length: layer.length };
  const failing = new Recorder();
  failing.entry = () => {
    throw new Error('broken');
  };
  await assert.rejects(walkLayerRange(range, failing), /broken/);
  await assert.rejects(walkLayerRange(range, new Recorder(), AbortSignal.abort(new Error('enough'))), /enough/);
  assert.equal(reading, 0);
});
