import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DamagedBytesError } from '../../../../src/foundation/formats/byte-queue.ts';
import { isXz, unpackXz } from '../../../../src/foundation/formats/xz.ts';

const text = Buffer.from(`${'Plimsoll draws the line. '.repeat(40)}\n`);
const noise = Buffer.from(
  'pU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8nVw0YL4xIB5p/tqg7ui5mX9cfCmZ/a/lkyU81lSvTfrXFCegrrP+6SMvivIhH57kkcWxC+y1Vjv8Hm+TQn7LyP4pVeXNjkbcjtS3wnZNKlpNdncG+F2GkAJK1r2jQBvpyMvMyTX2zR9hImrhUziuGjQATTO6DSRqwEyBsbryPjv57vX3nytJNK+H9VILablLDZguhbtVtnKocmN6zXRm/LYODo/xhGOw5LK6KXA0dPBkrGj3APWwKz3GZvRb3qosyu3NK1FXQQ5N7krys09DCgc0R95jbA6AbJV7poTWQx+16tdCTQnhXQJMWEjyPR+m9zYdf2GNFTLnDiDipmaN5/R+hGflRtU+yOKhJXvb',
  'base64',
);

/** What `xz` 5.4 makes of the text, by the check that it puts behind it and other options. */
const packed: Readonly<Record<string, string>> = {
  'CRC-64':
    '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4APoACZdACgbCSb+MnIkDWnd111aBDhINL5jTTtdv3MLB/A96+SsjJZOKsgAAAAAC0YVfHkDyHcAAULpBwAAAK3i1jmxxGf7AgAAAAAEWVo=',
  'CRC-32':
    '/Td6WFoAAAFpIt42AgAhAQwAAACPmEGc4APoACddACgbCSb+MnIgzJin9JMtAs5VsUHXv8OBAHpGAiROI2sCGyEmLJsAAAAAmRy+7QABP+kHAAAAsvxqjj4wDYsCAAAAAAFZWg==',
  'SHA-256':
    '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4APoACZdACgbCSb+MnIkDWnd111aBDhINL5jTTtdv3MLB/A96+SsjJZOKsgAAAAATwq0RU4xMc9O2JAcvXopUM5NWGHOfZ4+6+Fess/LC08AAVrpBwAAAFtiU9a26d8cAgAAAAAKWVo=',
  'no check': '/Td6WFoAAAD/EtlBAgAhARYAAAB0L+Wj4APoACZdACgbCSb+MnIkDWnd111aBDhINL5jTTtdv3MLB/A96+SsjJZOKsgAAAAAAAE66QcAAAABbafeqAAK/AIAAAAAAFla',
  'lc=0, lp=2, pb=0, 4 KiB':
    '/Td6WFoAAATm1rRGAgAhAQAAAAA3J5fW4APoACcSACgb4mZTjG7jQ7+Y5Sv6rwYej6ZEM5jAJZb3AN1PyuBGNJSlNI1EAAAAC0YVfHkDyHcAAUPpBwAAAAgxivKxxGf7AgAAAAAEWVo=',
};
const packedNoise = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQErpU3KGCUwux1tEyze1iN7LtkeP3IfyxlxF0SU1kk8nVw0YL4xIB5p/tqg7ui5mX9cfCmZ/a/lkyU81lSvTfrXFCegrrP+6SMvivIhH57kkcWxC+y1Vjv8Hm+TQn7LyP4pVeXNjkbcjtS3wnZNKlpNdncG+F2GkAJK1r2jQBvpyMvMyTX2zR9hImrhUziuGjQATTO6DSRqwEyBsbryPjv57vX3nytJNK+H9VILablLDZguhbtVtnKocmN6zXRm/LYODo/xhGOw5LK6KXA0dPBkrGj3APWwKz3GZvRb3qosyu3NK1FXQQ5N7krys09DCgc0R95jbA6AbJV7poTWQx+16tdCTQnhXQJMWEjyPR+m9zYdf2GNFTLnDiDipmaN5/R+hGflRtU+yOKhJXvbAA6RpVWp5QRnAAHEAqwCAADMqdU3scRn+wIAAAAABFla',
  'base64',
);
const whole = Buffer.from(packed['CRC-64'] ?? '', 'base64');

async function unpack(bytes: Uint8Array, pieceBytes = bytes.length): Promise<Buffer> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const plain: Buffer[] = [];
  for await (const chunk of unpackXz(pieces())) plain.push(Buffer.from(chunk));
  return Buffer.concat(plain);
}

for (const [name, base64] of Object.entries(packed)) {
  test(`unpacks what xz wrote: ${name}`, async () => {
    const bytes = Buffer.from(base64, 'base64');
    assert.ok(isXz(bytes));
    assert.deepEqual(await unpack(bytes), text);
    assert.deepEqual(await unpack(bytes, 1), text);
  });
}

test('unpacks what cannot be made smaller, and streams behind one another with padding between', async () => {
  assert.deepEqual(await unpack(packedNoise), noise);
  assert.deepEqual(await unpack(Buffer.concat([whole, Buffer.alloc(8), packedNoise])), Buffer.concat([text, noise]));
});

test('a filter for programs, and a dictionary that is too large, are refused', async () => {
  const x86 =
    '/Td6WFoAAATm1rRGAgEEACEBFgANhjUf4APoACZdACgbCSb+MnIkDWnd111aBDhINL5jTTtdv3MLB/A96+SsjJZOKsgAAAAAC0YVfHkDyHcAAULpBwAAAK3i1jmxxGf7AgAAAAAEWVo=';
  await assert.rejects(unpack(Buffer.from(x86, 'base64')), /uses a filter that is not read/);
});

test('says of every beginning that it is cut short, or damaged', async () => {
  for (let length = 0; length < whole.length; length += 1) await assert.rejects(unpack(whole.subarray(0, length)), DamagedBytesError);
});

test('never gives other bytes than were packed: a changed one is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ change;
      // Padding and footer say nothing that is not said elsewhere.
      await unpack(changed).then(
        (plain) => {
          assert.deepEqual(plain, text);
        },
        (error: unknown) => {
          assert.ok(error instanceof DamagedBytesError);
        },
      );
    }),
  );
});
