/** A part of a file. */
export interface Range {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Keeps parts of a file that goes by in pieces: those that fit into a bound, in the order they are given. */
export class RangeKeeper {
  readonly #kept: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
  readonly #end: number;
  #position = 0;

  /** `fileBytes` is the file's size: ranges that reach beyond it are left out. */
  constructor(ranges: readonly Range[], fileBytes: number, maxBytes: number) {
    let left = maxBytes;
    this.#kept = ranges.flatMap(({ offset, sizeBytes }) => {
      if (sizeBytes > left || offset + sizeBytes > fileBytes) return [];
      left -= sizeBytes;
      return [{ offset, bytes: new Uint8Array(sizeBytes) }];
    });
    this.#end = Math.max(0, ...this.#kept.map(({ offset, bytes }) => offset + bytes.length));
  }

  /** Takes the next bytes of the file; false when all that is kept is there. */
  read(piece: Uint8Array): boolean {
    const start = this.#position;
    this.#position += piece.length;
    for (const { offset, bytes } of this.#kept) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + bytes.length, this.#position);
      if (from < to) bytes.set(piece.subarray(from - start, to - start), from - offset);
    }
    return this.#position < this.#end;
  }

  /** Returns the parts that are kept, as far as they have gone by. */
  parts(): readonly Uint8Array[] {
    return this.#kept.map(({ bytes }) => bytes);
  }

  /** Returns bytes that are kept; undefined when they are not, or not yet. */
  bytesAt(start: number, sizeBytes: number): Uint8Array | undefined {
    if (start + sizeBytes > this.#position) return undefined;
    const part = this.#kept.find(({ offset, bytes }) => start >= offset && start + sizeBytes <= offset + bytes.length);
    return part?.bytes.subarray(start - part.offset, start - part.offset + sizeBytes);
  }
}
