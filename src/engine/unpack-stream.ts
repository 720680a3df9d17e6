import { MAX_DECOMPRESSION_RATIO, MAX_LAYER_BYTES, RATIO_GRACE_BYTES } from '../foundation/base/limits.ts';
import { isBzip2, unpackBzip2 } from '../foundation/formats/bzip2.ts';
import { isXz, unpackXz } from '../foundation/formats/xz.ts';
import { ByteStreamError, decompress, peek } from '../image/layers/decompress.ts';

const MAGIC_BYTES = 6;

/**
 * Yields bytes decompressed, told from how they begin: gzip, zstd, xz, bzip2, or not at all. Chunks are valid until the next is asked for.
 * @throws {ByteStreamError} limit-exceeded, corrupt; {DamagedBytesError}. Errors of `stored` pass through.
 */
export async function* unpackStream(stored: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, rest } = await peek(stored, MAGIC_BYTES);
  const unpack = isXz(head) ? unpackXz : isBzip2(head) ? unpackBzip2 : undefined;
  if (unpack === undefined) {
    yield* decompress(rest);
    return;
  }
  let storedBytes = 0;
  let plainBytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of rest) {
      storedBytes += chunk.length;
      yield chunk;
    }
  }
  for await (const chunk of unpack(counted())) {
    plainBytes += chunk.length;
    const isBomb = plainBytes > RATIO_GRACE_BYTES && plainBytes / storedBytes > MAX_DECOMPRESSION_RATIO;
    if (plainBytes > MAX_LAYER_BYTES || isBomb) throw new ByteStreamError('limit-exceeded', 'it unpacks to more than any real file');
    yield chunk;
  }
}
