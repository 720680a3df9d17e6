/**
 * Finds where zstd frames end. A layer may be many frames one after another (zstd:chunked layers always are), with skippable frames between; Node's decompressor silently drops what follows the first frame within one
 * write, so each frame has to be given to it in writes of its own.
 *
 * @see RFC 8878, 3.1
 */

const FRAME_MAGIC = 0xfd2fb528;
/** The last four bits are free. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const RLE_BLOCK = 1;

/** What is read next, with its length in bytes; `end` has none. `unknown`: not zstd, no boundaries can be found. */
const fieldBytes = { magic: 4, 'skippable-size': 4, descriptor: 1, 'block-header': 3, end: 0, unknown: 0 } as const;
type Field = keyof typeof fieldBytes;

/** Splits chunks of a zstd stream so that no part spans two frames. What is not zstd passes through: the decompressor says what is wrong with it. */
export class ZstdFrameSplitter {
  #field: Field = 'magic';
  /** The field's bytes so far, little-endian. */
  #value = 0;
  #have = 0;
  /** Bytes to pass over before the field. */
  #skip = 0;
  #hasChecksum = false;

  /** Returns the parts of `chunk` in order, as views. */
  split(chunk: Uint8Array): Uint8Array[] {
    const parts: Uint8Array[] = [];
    let start = 0;
    let i = 0;
    while (i < chunk.length && this.#field !== 'unknown') {
      const step = Math.min(this.#skip, chunk.length - i);
      this.#skip -= step;
      i += step;
      while (this.#skip === 0 && i < chunk.length && this.#have < fieldBytes[this.#field]) {
        this.#value += (chunk[i] ?? 0) * 2 ** (8 * this.#have);
        this.#have++;
        i++;
      }
      if (this.#skip > 0 || this.#have < fieldBytes[this.#field]) break;
      if (this.#field === 'end') {
        if (i > start) parts.push(chunk.subarray(start, i));
        start = i;
      }
      this.#finishField();
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
    return parts;
  }

  #finishField(): void {
    const value = this.#value;
    this.#value = 0;
    this.#have = 0;
    switch (this.#field) {
      case 'magic':
        if (value === FRAME_MAGIC) this.#field = 'descriptor';
        else if (value - (value % 16) === SKIPPABLE_MAGIC) this.#field = 'skippable-size';
        else this.#field = 'unknown';
        break;
      case 'skippable-size':
        this.#skip = value;
        this.#field = 'end';
        break;
      case 'descriptor':
        this.#readDescriptor(value);
        break;
      case 'block-header':
        this.#readBlockHeader(value);
        break;
      case 'end':
        this.#field = 'magic';
        break;
      case 'unknown':
        break;
    }
  }

  #readDescriptor(descriptor: number): void {
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const contentSizeFlag = descriptor >> 6;
    const contentSizeBytes = contentSizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 2 ** contentSizeFlag;
    const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#skip = (isSingleSegment ? 0 : 1) + dictionaryIdBytes + contentSizeBytes;
    this.#field = 'block-header';
  }

  #readBlockHeader(header: number): void {
    const isLast = (header & 1) !== 0;
    this.#skip = ((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3;
    if (isLast && this.#hasChecksum) this.#skip += 4;
    this.#field = isLast ? 'end' : 'block-header';
  }
}
