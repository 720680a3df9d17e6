/** The compression of layers and whole archives, told from their first bytes: names and media types lie. */
import type { Transform } from 'node:stream';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { MAX_DECOMPRESSION_RATIO, MAX_LAYER_BYTES, MAX_ZSTD_WINDOW_LOG, RATIO_GRACE_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { ZstdFrameSplitter } from '../../foundation/formats/zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** Bytes that `detectCompression` needs to see. */
export const COMPRESSION_MAGIC_BYTES = 4;

/** Output is handed on in pieces of this size: smaller ones take a quarter more time, larger ones more memory. */
const OUTPUT_CHUNK_BYTES = 256 * 1024;

export type ByteStreamErrorCode = 'corrupt' | 'limit-exceeded';

/** Bytes could not be decompressed, or would be too many. */
export class ByteStreamError extends Error {
  override readonly name = 'ByteStreamError';
  readonly code: ByteStreamErrorCode;
  constructor(code: ByteStreamErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Returns how bytes that begin with `head` are compressed. */
export function detectCompression(head: Uint8Array): Compression {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  // zstd:chunked layers, and others, begin with a skippable frame.
  if (a !== undefined && (a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  return 'none';
}

/** Watches a stream go by. */
export interface StreamMeter {
  compression: Compression;
  storedBytes: number;
  plainBytes: number;
  /** Sees the bytes as stored; not called when they are not compressed. */
  onStored?(chunk: Uint8Array): void;
  /** The chunk stays valid until what is returned is done. */
  onPlain?(chunk: Uint8Array): Promise<void> | undefined;
}

/** Returns a meter that has seen nothing. */
export function createMeter(watch: Pick<StreamMeter, 'onStored' | 'onPlain'> = {}): StreamMeter {
  return { compression: 'none', storedBytes: 0, plainBytes: 0, ...watch };
}

/**
 * Yields `stored` decompressed, whatever it is compressed with, chunks valid until the next is asked for.
 * @throws {ByteStreamError} corrupt; limit-exceeded past MAX_LAYER_BYTES or MAX_DECOMPRESSION_RATIO. Errors of `stored` pass through.
 */
export async function* decompress(
  stored: AsyncIterable<Uint8Array>,
  meter: StreamMeter = createMeter(),
): AsyncGenerator<Uint8Array, void, undefined> {
  const { head, rest } = await peek(stored, COMPRESSION_MAGIC_BYTES);
  meter.compression = detectCompression(head);
  const metered = meterStored(rest, meter);
  for await (const chunk of meter.compression === 'none' ? metered : inflate(metered, meter.compression)) {
    meter.plainBytes += chunk.length;
    if (meter.plainBytes > MAX_LAYER_BYTES) throw new ByteStreamError('limit-exceeded', `it has more than ${MAX_LAYER_BYTES} bytes`);
    if (meter.plainBytes > RATIO_GRACE_BYTES && meter.plainBytes / meter.storedBytes > MAX_DECOMPRESSION_RATIO) {
      throw new ByteStreamError('limit-exceeded', `it unpacks to more than ${MAX_DECOMPRESSION_RATIO} times its size`);
    }
    await meter.onPlain?.(chunk);
    yield chunk;
  }
}

async function* meterStored(stored: AsyncIterable<Uint8Array>, meter: StreamMeter): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of stored) {
    meter.storedBytes += chunk.length;
    if (meter.compression !== 'none') meter.onStored?.(chunk);
    yield chunk;
  }
}

/** Returns the first bytes of `chunks`, at least `count` unless there are fewer, and everything including them. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ readonly head: Uint8Array; readonly rest: AsyncGenerator<Uint8Array, void, undefined> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  let head = first.done === true ? new Uint8Array(0) : first.value;
  while (head.length < count) {
    // A copy, because the next chunk may reuse the memory of this one.
    const begun = new Uint8Array(head);
    const next = await iterator.next();
    if (next.done === true) {
      head = begun;
      break;
    }
    head = new Uint8Array(begun.length + next.value.length);
    head.set(begun);
    head.set(next.value, begun.length);
  }
  return { head, rest: withHead(head, iterator) };
}

async function* withHead(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (head.length > 0) yield head;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

async function* inflate(stored: AsyncIterable<Uint8Array>, compression: 'gzip' | 'zstd'): AsyncGenerator<Uint8Array, void, undefined> {
  const transform: Transform =
    compression === 'gzip'
      ? createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES })
      : createZstdDecompress({ chunkSize: OUTPUT_CHUNK_BYTES, params: { [constants.ZSTD_d_windowLogMax]: MAX_ZSTD_WINDOW_LOG } });
  const fed = feed(transform, compression === 'zstd' ? splitFrames(stored) : stored);
  try {
    for await (const chunk of transform as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    const sourceError = await fed;
    if (sourceError !== undefined) throw sourceError as Error;
    throw new ByteStreamError('corrupt', `its ${compression} data is damaged or cut short: ${messageOf(error)}`, { cause: error });
  } finally {
    transform.destroy();
    await fed;
  }
}

/** Gives `transform` one chunk after the other, each when it has done with the one before, whose memory may then be used again. Returns what `chunks` threw, undefined when it is not to blame. */
async function feed(transform: Transform, chunks: AsyncIterable<Uint8Array>): Promise<unknown> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) break;
      if (!(await write(transform, next.value))) {
        await iterator.return?.();
        return undefined;
      }
    }
    transform.end();
    return undefined;
  } catch (error) {
    transform.destroy(error instanceof Error ? error : new Error(messageOf(error)));
    return error;
  }
}

/** Returns true once `transform` has taken all of `chunk`; false when it has failed, or nobody wants any more of it. */
function write(transform: Transform, chunk: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = (): void => {
      resolve(false);
    };
    // One that is destroyed while it waits to be read from calls nobody back.
    transform.once('close', stop);
    transform.write(chunk, (error) => {
      transform.off('close', stop);
      resolve(error === null || error === undefined);
    });
  });
}

async function* splitFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const splitter = new ZstdFrameSplitter();
  for await (const chunk of chunks) yield* splitter.split(chunk);
}
