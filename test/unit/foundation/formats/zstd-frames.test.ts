import assert from 'node:assert/strict';
import test from 'node:test';
import { constants, createZstdDecompress, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { ZstdFrameSplitter } from '../../../../src/foundation/formats/zstd-frames.ts';

const skippable = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]);
const emptySkippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
const noise = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) & 0xff));
const bodies = [Buffer.from('hello '), Buffer.alloc(300_000, 1), noise, Buffer.alloc(0), Buffer.from('x')];

test('every frame of many is unpacked, however the bytes are cut', async () => {
  const frames = bodies.map((body, i) => zstdCompressSync(body, { params: { [constants.ZSTD_c_checksumFlag]: i % 2 } }));
  const stored = Buffer.concat([...frames, skippable, emptySkippable, zstdCompressSync('end')]);
  const expected = Buffer.concat([...bodies, Buffer.from('end')]);
  for (const size of [1, 3, 100, 65_536, stored.length]) assert.ok((await unpack(stored, size)).equals(expected), `chunks of ${size}`);
});

async function unpack(stored: Uint8Array, size: number): Promise<Buffer> {
  const splitter = new ZstdFrameSplitter();
  const stream = createZstdDecompress();
  for (let start = 0; start < stored.length; start += size)
    for (const part of splitter.split(stored.subarray(start, start + size))) stream.write(part);
  stream.end();
  const out: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) out.push(chunk);
  return Buffer.concat(out);
}

test('no byte is lost or added, whatever the bytes are', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.boolean(), (chunks, isFrame) => {
      const splitter = new ZstdFrameSplitter();
      const input = isFrame ? [zstdCompressSync('abc').subarray(0, 6), ...chunks] : chunks;
      const output = input.flatMap((chunk) => splitter.split(chunk));
      assert.deepEqual(Buffer.concat(output), Buffer.concat(input));
    }),
  );
});
