import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { MAX_DECOMPRESSION_RATIO, RATIO_GRACE_BYTES } from '../../../../src/foundation/base/limits.ts';
import { ByteStreamError, createMeter, decompress, detectCompression } from '../../../../src/image/layers/decompress.ts';

/** Yields bytes in chunks, each in memory that is overwritten when the next is asked for. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += size) {
    const chunk = new Uint8Array(bytes.subarray(start, start + size));
    yield await Promise.resolve(chunk);
    chunk.fill(0xee);
  }
}

async function collect(stored: Uint8Array, size: number): Promise<Buffer> {
  const out: Uint8Array[] = [];
  for await (const chunk of decompress(inChunks(stored, size))) out.push(new Uint8Array(chunk));
  return Buffer.concat(out);
}

async function drain(chunks: AsyncGenerator<Uint8Array, void, undefined>): Promise<void> {
  while ((await chunks.next()).done !== true);
}

const plain = Buffer.from(Array.from({ length: 700_000 }, (_, i) => (i * i) >> 7));
const forms = {
  none: plain,
  gzip: gzipSync(plain),
  'two gzip members': Buffer.concat([gzipSync(plain.subarray(0, 1000)), gzipSync(plain.subarray(1000))]),
  zstd: zstdCompressSync(plain),
};

for (const [name, stored] of Object.entries(forms)) {
  test(`${name}: the same bytes, however they come`, async () => {
    for (const size of [1000, 65_536, stored.length]) assert.ok((await collect(stored, size)).equals(plain), `chunks of ${size}`);
  });
}

test('a head that comes byte by byte is still told', async () => {
  const stored = zstdCompressSync('zstd frame');
  assert.equal((await collect(stored, 1)).toString(), 'zstd frame');
  assert.equal((await collect(Buffer.from('ab'), 1)).toString(), 'ab');
  assert.equal((await collect(Buffer.alloc(0), 1)).length, 0);
});

test('many zstd frames in one chunk are all unpacked', async () => {
  const stored = Buffer.concat([zstdCompressSync('one '), zstdCompressSync('two '), zstdCompressSync('three')]);
  assert.equal((await collect(stored, stored.length)).toString(), 'one two three');
});

test('cut or damaged data is an error that says so', async () => {
  for (const stored of [forms.gzip, forms.zstd]) {
    await assert.rejects(
      collect(stored.subarray(0, stored.length - 20), 65_536),
      (error) => error instanceof ByteStreamError && error.code === 'corrupt',
    );
  }
  // gzip has a checksum; of zstd without one, the layer's digest tells.
  const damaged = new Uint8Array(forms.gzip);
  damaged.fill(0x55, damaged.length >> 1, (damaged.length >> 1) + 50);
  await assert.rejects(collect(damaged, 65_536), ByteStreamError);
});

test('what unpacks to far more than its size is stopped', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(RATIO_GRACE_BYTES + (8 << 20)));
  assert.ok((RATIO_GRACE_BYTES + (8 << 20)) / bomb.length > MAX_DECOMPRESSION_RATIO);
  await assert.rejects(collect(bomb, 65_536), (error) => error instanceof ByteStreamError && error.code === 'limit-exceeded');
});

test('errors of the source come through as they are', async () => {
  const own = new Error('the disk is gone');
  async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(forms.gzip.subarray(0, 100));
    throw own;
  }
  await assert.rejects(
    async () => {
      await drain(decompress(failing()));
    },
    (error) => error === own,
  );
});

test('a reader that leaves early closes the source', async () => {
  for (const stored of [forms.none, forms.gzip, forms.zstd]) {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array, void, undefined> {
      try {
        yield* inChunks(stored, 1000);
      } finally {
        closed = true;
      }
    }
    const reader = decompress(source());
    await reader.next();
    await reader.return();
    await new Promise(setImmediate);
    assert.equal(closed, true);
  }
});

test('the meter sees stored and plain bytes', async () => {
  let stored = 0;
  const meter = createMeter({ onStored: (chunk) => (stored += chunk.length) });
  await drain(decompress(inChunks(forms.gzip, 5000), meter));
  assert.deepEqual([meter.compression, meter.storedBytes, meter.plainBytes, stored], ['gzip', forms.gzip.length, plain.length, forms.gzip.length]);
});

test('compression is told from the first bytes', () => {
  assert.equal(detectCompression(Buffer.from([0x1f, 0x8b])), 'gzip');
  assert.equal(detectCompression(Buffer.from([0x5a, 0x2a, 0x4d, 0x18])), 'zstd');
  assert.equal(detectCompression(new Uint8Array(0)), 'none');
});
