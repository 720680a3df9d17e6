/**
 * Sparse files in tars: the body holds only the parts with data, a map says where they belong, everything between is zeros. GNU tar has had four ways to write the map: in the header block and blocks after it, in three
 * forms of pax records, the last of which keeps it at the start of the body.
 *
 * @see https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html
 */
import { MAX_SPARSE_MAP_BYTES, MAX_SPARSE_SEGMENTS } from '../base/limits.ts';
import { TAR_BLOCK_BYTES } from './tar-header.ts';

/** A run of data, both in bytes of the file as it is when unpacked. */
export interface SparseSegment {
  readonly offset: number;
  readonly length: number;
}

export interface SparseFile {
  /** Bytes of the file when unpacked. */
  readonly sizeBytes: number;
  /** In the order of the body; undefined when the body begins with the map. */
  readonly segments: readonly SparseSegment[] | undefined;
}

/** The map of a sparse file makes no sense, or the archive ended inside it. */
export class SparseMapError extends Error {
  override readonly name = 'SparseMapError';
}

const HOLE = new Uint8Array(64 * 1024);
const NEWLINE = 0x0a;
const decoder = new TextDecoder('latin1');

/** Returns the map that `numbers` (offset, length, offset, length …) are; undefined when they are none. */
export function toSegments(numbers: readonly number[]): readonly SparseSegment[] | undefined {
  if (numbers.length % 2 !== 0 || numbers.length / 2 > MAX_SPARSE_SEGMENTS) return undefined;
  const segments: SparseSegment[] = [];
  let end = 0;
  for (let i = 0; i < numbers.length; i += 2) {
    const offset = numbers[i] ?? -1;
    const length = numbers[i + 1] ?? -1;
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < end || length < 0) return undefined;
    end = offset + length;
    if (length > 0) segments.push({ offset, length });
  }
  return segments;
}

/** Returns comma-separated decimals, as in the pax record GNU.sparse.map; undefined when they are none. */
export function parseSparseList(text: string): readonly SparseSegment[] | undefined {
  if (!/^\d{1,16}(?:,\d{1,16})*$/.test(text)) return undefined;
  return toSegments(text.split(',').map(Number));
}

/**
 * Yields the file as it is when unpacked, from the pieces of its body; a piece is valid until the next is asked for.
 * @throws {SparseMapError}
 */
export async function* expandSparse(
  body: AsyncIterator<Uint8Array, unknown>,
  { sizeBytes, segments }: SparseFile,
): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = new Pieces(body);
  const map = segments ?? (await readMap(pieces));
  let position = 0;
  for (const { offset, length } of map) {
    if (offset + length > sizeBytes) throw new SparseMapError('its map reaches beyond its size');
    yield* zeros(offset - position);
    let left = length;
    while (left > 0) {
      const piece = await pieces.take(left);
      if (piece === undefined) throw new SparseMapError('its body is shorter than its map says');
      left -= piece.length;
      yield piece;
    }
    position = offset + length;
  }
  yield* zeros(sizeBytes - position);
}

function* zeros(count: number): Generator<Uint8Array, void, undefined> {
  for (let left = count; left > 0; left -= HOLE.length) yield left < HOLE.length ? HOLE.subarray(0, left) : HOLE;
}

/** Reads the map at the start of the body: how many segments, then the numbers, each on a line, padded to a whole block. */
async function readMap(pieces: Pieces): Promise<readonly SparseSegment[]> {
  const numbers: number[] = [];
  let text = '';
  let blocks = 0;
  for (;;) {
    const count = numbers[0];
    if (count !== undefined && count > MAX_SPARSE_SEGMENTS) throw new SparseMapError(`its map has more than ${MAX_SPARSE_SEGMENTS} parts`);
    if (count !== undefined && numbers.length >= 1 + 2 * count) {
      const segments = toSegments(numbers.slice(1, 1 + 2 * count));
      if (segments === undefined) throw new SparseMapError('its map is out of order');
      return segments;
    }
    if (++blocks * TAR_BLOCK_BYTES > MAX_SPARSE_MAP_BYTES) throw new SparseMapError(`its map is larger than ${MAX_SPARSE_MAP_BYTES} bytes`);
    const lines = (text + (await pieces.takeBlock())).split(String.fromCharCode(NEWLINE));
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (count !== undefined && numbers.length >= 1 + 2 * count) break;
      if (!/^\d{1,16}$/.test(line)) throw new SparseMapError('its map holds something that is no number');
      numbers.push(Number(line));
    }
  }
}

/** Takes a stream of pieces apart at any place. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array, unknown>;
  #piece = new Uint8Array(0);

  constructor(source: AsyncIterator<Uint8Array, unknown>) {
    this.#source = source;
  }

  /** Returns at least one byte and at most `count`; undefined at the end. */
  async take(count: number): Promise<Uint8Array | undefined> {
    while (this.#piece.length === 0) {
      const next = await this.#source.next();
      if (next.done === true) return undefined;
      this.#piece = next.value as Uint8Array<ArrayBuffer>;
    }
    const taken = this.#piece.subarray(0, count);
    this.#piece = this.#piece.subarray(taken.length);
    return taken;
  }

  /** Returns one tar block as text. */
  async takeBlock(): Promise<string> {
    let text = '';
    while (text.length < TAR_BLOCK_BYTES) {
      const piece = await this.take(TAR_BLOCK_BYTES - text.length);
      if (piece === undefined) throw new SparseMapError('its body ends inside its map');
      text += decoder.decode(piece);
    }
    return text;
  }
}
