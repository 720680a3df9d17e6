/** Bytes that come in pieces, put together as far as their reader needs them at once. */
export class ByteQueue {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #buffer = new Uint8Array(64 * 1024);
  #start = 0;
  #end = 0;

  /** A piece's memory may be reused once the next one is asked for. */
  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** What is there and not yet skipped: valid until the next `fill`. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Sees to it that `count` bytes are there, or all that are left when there are fewer. True when they are. Errors of the pieces pass through. */
  async fill(count: number): Promise<boolean> {
    while (this.#end - this.#start < count) {
      const next = await this.#pieces.next();
      if (next.done === true) return false;
      this.#append(next.value, count);
    }
    return true;
  }

  skip(count: number): void {
    this.#start = Math.min(this.#start + count, this.#end);
  }

  /** Tells whoever gives the pieces that no more are needed. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #append(piece: Uint8Array, wanted: number): void {
    if (this.#end + piece.length > this.#buffer.length) {
      const kept = this.bytes;
      const target =
        kept.length + piece.length > this.#buffer.length
          ? new Uint8Array(Math.max(2 * this.#buffer.length, kept.length + piece.length, wanted))
          : this.#buffer;
      // Within one buffer it may overlap: `set` copes with that.
      target.set(kept);
      this.#buffer = target;
      this.#start = 0;
      this.#end = kept.length;
    }
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }
}

/** Compressed bytes that are damaged, cut short, or compressed in a way that is not read. The message says which. */
export class DamagedBytesError extends Error {
  override readonly name = 'DamagedBytesError';
}
