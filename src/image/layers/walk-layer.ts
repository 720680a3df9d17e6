/** Walks one layer and takes its digests: as its bytes go by, or, of one in a file, beside the walk. */
import { createHash } from 'node:crypto';
import { MAX_LAYER_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { TarReader } from '../../foundation/formats/tar-reader.ts';
import { FileWindows } from '../../foundation/io/file-windows.ts';
import { FileError, type OpenFile } from '../../foundation/io/files.ts';
import { createStreamHash, type StreamHash } from '../../foundation/io/hash-thread.ts';
import type { Digest, DiffId } from '../../foundation/model/brand.ts';
import type { Compression } from './decompress.ts';
import { ByteStreamError, createMeter, decompress } from './decompress.ts';
import { visitEntries, type LayerForm, type LayerVisitor } from './visit-entries.ts';

/** The layer's bytes as they turned out to be. */
export interface WalkedLayer {
  readonly compression: Compression;
  /** Of the bytes as stored. */
  readonly digest: Digest;
  /** Of the uncompressed tar. */
  readonly diffId: DiffId;
  readonly storedBytes: number;
  readonly plainBytes: number;
  /** False when reading stopped early: the digests are then those of a part. A problem says why. */
  readonly complete: boolean;
  /** It was read as a layer of a Windows image, whose files are below Files/. */
  readonly windows: boolean;
}

/**
 * Returns what the bytes of `stored` were, once `visitor` has been told of everything in them. Damage is a problem, and what came before it counts.
 * `windows` says whether it is a layer of a Windows image; when that is not known, its first entry tells. `sizeBytes` is how many bytes there are, about and at least, if that is known.
 * Errors of `stored` itself other than ByteStreamError pass through, as does an abort.
 */
export async function walkLayer(
  stored: AsyncIterable<Uint8Array>,
  visitor: LayerVisitor,
  signal?: AbortSignal,
  windows?: boolean,
  sizeBytes?: number,
): Promise<WalkedLayer> {
  const plainHash = createStreamHash(sizeBytes);
  try {
    return await walkHashed(stored, visitor, plainHash, signal, { windows });
  } finally {
    plainHash.close();
  }
}

/** An uncompressed layer in a file. */
export interface LayerRange {
  readonly file: Pick<OpenFile, 'readNow' | 'hash' | 'sign'>;
  readonly start: number;
  readonly length: number;
}

/**
 * Does the same for an uncompressed layer in a file, of which only what `visitor` wants is read here while other threads take the digest of all of it.
 * @throws {FileError} io, also when the file is written to meanwhile; the signal's reason when it aborts
 */
export async function walkLayerRange(range: LayerRange, visitor: LayerVisitor, signal?: AbortSignal, windows?: boolean): Promise<WalkedLayer> {
  const { file, start, length } = range;
  const before = file.sign();
  const hashing = new AbortController();
  const hash = file.hash(start, length, signal === undefined ? hashing.signal : AbortSignal.any([signal, hashing.signal]));
  // It may fail long before anyone awaits it.
  hash.catch(() => '');
  const form: LayerForm = { windows };
  try {
    const complete = await visitRange(range, visitor, signal, form);
    const diffId = `sha256:${await hash}` as DiffId;
    if (file.sign() !== before) throw new FileError('io', 'the file was written to while it was read');
    const digest: string = diffId;
    const layer = { compression: 'none', digest: digest as Digest, diffId, storedBytes: length, plainBytes: length } as const;
    return { ...layer, complete, windows: form.windows === true };
  } finally {
    hashing.abort();
    // Nobody may be reading when the caller closes the file.
    await hash.catch(() => '');
  }
}

/** Tells `visitor` of everything in an uncompressed layer in a file, without taking its digest. Throws as walkLayerRange does. */
export async function visitLayerRange(range: LayerRange, visitor: LayerVisitor, signal?: AbortSignal, windows?: boolean): Promise<void> {
  await visitRange(range, visitor, signal, { windows });
}

async function visitRange(
  { file, start, length }: LayerRange,
  visitor: LayerVisitor,
  signal: AbortSignal | undefined,
  form: LayerForm,
): Promise<boolean> {
  const read = Math.min(length, MAX_LAYER_BYTES);
  const isWhole = await visitEntries(new TarReader(new FileWindows(file, start, read, signal)), visitor, signal, form);
  if (read === length) return isWhole;
  visitor.problem('limit-exceeded', `it could not be read to its end: it has more than ${MAX_LAYER_BYTES} bytes`);
  return false;
}

async function walkHashed(
  stored: AsyncIterable<Uint8Array>,
  visitor: LayerVisitor,
  plainHash: StreamHash,
  signal: AbortSignal | undefined,
  form: LayerForm,
): Promise<WalkedLayer> {
  const storedHash = createHash('sha256');
  const meter = createMeter({ onStored: (chunk) => storedHash.update(chunk), onPlain: (chunk) => plainHash.update(chunk) });
  const plain = decompress(stored, meter);
  let complete = false;
  try {
    const isWhole = await visitEntries(new TarReader(plain), visitor, signal, form);
    // What follows the end of the tar is part of the layer's digest.
    while (isWhole && (await plain.next()).done !== true) signal?.throwIfAborted();
    complete = isWhole;
  } catch (error) {
    if (!(error instanceof ByteStreamError)) throw error;
    visitor.problem(error.code === 'corrupt' ? 'unreadable-layer' : 'limit-exceeded', `it could not be read to its end: ${messageOf(error)}`);
  } finally {
    await plain.return();
  }
  const diffId = `sha256:${await plainHash.digest()}` as DiffId;
  return {
    compression: meter.compression,
    digest: (meter.compression === 'none' ? diffId : `sha256:${storedHash.digest('hex')}`) as Digest,
    diffId,
    storedBytes: meter.storedBytes,
    plainBytes: meter.plainBytes,
    complete,
    windows: form.windows === true,
  };
}
