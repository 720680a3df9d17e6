import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DamagedBytesError } from '../../../../src/foundation/formats/byte-queue.ts';
import { isBzip2, unpackBzip2 } from '../../../../src/foundation/formats/bzip2.ts';

const text = Buffer.from(`${'Plimsoll draws the line. '.repeat(40)}\n`);
/** What bzip2 1.0.8 makes of the text, and at level 1 of the noise that xz.test.ts has. */
const whole = Buffer.from(
  'QlpoOTFBWSZTWaktePMAAHhTgAAQQAFAACZnnIAgAHBQ00wABSqEyYh6ammonQnsTAmgnqo3wJqJ2J+E8E5FXYm4ngmAnwTAmRMicCZE/i7kinChIVJa8eY=',
  'base64',
);
/** Of nothing at all. */
const empty = Buffer.from('QlpoORdyRThQkAAAAAA=', 'base64');

async function unpack(bytes: Uint8Array, pieceBytes = Math.max(bytes.length, 1)): Promise<Buffer> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const plain: Buffer[] = [];
  for await (const chunk of unpackBzip2(pieces())) plain.push(Buffer.from(chunk));
  return Buffer.concat(plain);
}

test('unpacks what bzip2 wrote, in pieces of any size, and streams behind one another', async () => {
  assert.ok(isBzip2(whole));
  assert.deepEqual(await unpack(whole), text);
  assert.deepEqual(await unpack(whole, 1), text);
  assert.deepEqual(await unpack(empty), Buffer.alloc(0));
  assert.deepEqual(await unpack(Buffer.concat([whole, empty, whole])), Buffer.concat([text, text]));
});

test('says of every beginning that it is cut short, or damaged', async () => {
  for (let length = 0; length < whole.length; length += 1) await assert.rejects(unpack(whole.subarray(0, length)), DamagedBytesError);
});

test('never gives other bytes than were packed: a changed one is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ change;
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
