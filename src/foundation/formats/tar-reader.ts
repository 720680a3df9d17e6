/**
 * Reads a tar from chunks as they come, holding no more than one chunk and what spans its border. The reader is pulled: whoever asks for the next entry has said, by asking, that the rest of the last body is not
 * wanted.
 */
import type { TarEntry, TarStep } from './tar-assembler.ts';
import { TarAssembler } from './tar-assembler.ts';
import { TAR_BLOCK_BYTES, paddedTarSize } from './tar-header.ts';

/** Why an archive could not be read further. `truncated`: it ended inside an entry. */
export interface TarFailure {
  readonly kind: 'malformed' | 'truncated';
  readonly message: string;
  /** Bytes from the archive's start. */
  readonly offset: number;
}

export class TarReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #assembler = new TarAssembler();
  readonly #block = new Uint8Array(TAR_BLOCK_BYTES);
  #chunk = new Uint8Array(0);
  #position = 0;
  #offset = 0;
  /** Of the current entry: bytes of body not yet given, and padding after it. */
  #bodyLeft = 0;
  #padding = 0;
  #failure: TarFailure | undefined;
  #ended = false;

  /** `chunks` are used up as they are pulled: a chunk's memory may be reused once the next one is asked for. */
  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  /** What went wrong, once `next` has returned undefined. */
  get failure(): TarFailure | undefined {
    return this.#failure;
  }

  /** Bytes from the archive's start to what is read next. */
  get offset(): number {
    return this.#offset;
  }

  /** Returns the next entry; undefined when there is none, or none that can be found: see `failure`. Errors of `chunks` pass through. */
  async next(): Promise<TarEntry | undefined> {
    if (this.#ended) return undefined;
    if (!(await this.#skipBody())) return undefined;
    for (;;) {
      const step = await this.#readStep();
      if (step === undefined) return undefined;
      switch (step.kind) {
        case 'entry':
          this.#expectBody(step.entry.sizeBytes);
          return step.entry;
        case 'skip':
          this.#expectBody(step.sizeBytes);
          if (!(await this.#skipBody())) return undefined;
          break;
        case 'meta': {
          this.#expectBody(step.sizeBytes);
          const body = await this.readBody();
          if (body === undefined) return undefined;
          // Before anything more is read: the body may be a view of a chunk that is about to be reused.
          const message = this.#assembler.acceptMeta(body);
          if (message !== undefined) {
            this.#fail('malformed', message);
            return undefined;
          }
          if (!(await this.#skipBody())) return undefined;
          break;
        }
        case 'block':
          break;
        case 'end':
          this.#ended = true;
          return undefined;
        case 'bad':
          this.#fail('malformed', step.message);
          return undefined;
      }
    }
  }

  /** Returns the rest of the current entry's body: a view of the chunk when it lies whole in it, so valid until the next read. Undefined when the archive ends first. The caller has bounded the entry's size. */
  async readBody(): Promise<Uint8Array | undefined> {
    const size = this.#bodyLeft;
    if (size <= this.#chunk.length - this.#position) return this.#take(size);
    // Copies (a Buffer's own slice would be a view) in pieces, not one buffer of the size that the header claims: a header costs nothing to write.
    const pieces: Uint8Array[] = [];
    while (this.#bodyLeft > 0) {
      const piece = await this.readPiece();
      if (piece === undefined) return undefined;
      pieces.push(new Uint8Array(piece));
    }
    return concatenate(pieces, size);
  }

  /** Returns the next piece of the current entry's body, valid until the next read; undefined when there is no more, or the archive ended: see `failure`. */
  async readPiece(): Promise<Uint8Array | undefined> {
    if (this.#bodyLeft === 0) return undefined;
    if (!(await this.#fill())) {
      this.#fail('truncated', 'the archive ends inside a file');
      return undefined;
    }
    return this.#take(Math.min(this.#bodyLeft, this.#chunk.length - this.#position));
  }

  #take(size: number): Uint8Array {
    const bytes = this.#chunk.subarray(this.#position, this.#position + size);
    this.#advance(size);
    this.#bodyLeft -= size;
    return bytes;
  }

  #expectBody(sizeBytes: number): void {
    this.#bodyLeft = sizeBytes;
    this.#padding = paddedTarSize(sizeBytes) - sizeBytes;
  }

  /** False when the archive ends first. */
  async #skipBody(): Promise<boolean> {
    let left = this.#bodyLeft + this.#padding;
    const missesBody = this.#bodyLeft > 0;
    this.#bodyLeft = 0;
    this.#padding = 0;
    while (left > 0) {
      if (!(await this.#fill())) {
        // Some writers leave out the last padding; nothing is lost by it.
        if (missesBody) this.#fail('truncated', 'the archive ends inside a file');
        else this.#ended = true;
        return false;
      }
      const step = Math.min(left, this.#chunk.length - this.#position);
      this.#advance(step);
      left -= step;
    }
    return true;
  }

  async #readStep(): Promise<TarStep | undefined> {
    if (this.#chunk.length - this.#position >= TAR_BLOCK_BYTES) {
      const step = this.#assembler.acceptBlock(this.#chunk, this.#position);
      this.#advance(TAR_BLOCK_BYTES);
      return step;
    }
    let filled = 0;
    while (filled < TAR_BLOCK_BYTES) {
      if (!(await this.#fill())) {
        // An archive without the zero blocks at its end is read by everyone; half a header is not.
        if (filled > 0) this.#fail('truncated', 'the archive ends inside a header');
        this.#ended = true;
        return undefined;
      }
      const size = Math.min(TAR_BLOCK_BYTES - filled, this.#chunk.length - this.#position);
      this.#block.set(this.#chunk.subarray(this.#position, this.#position + size), filled);
      this.#advance(size);
      filled += size;
    }
    return this.#assembler.acceptBlock(this.#block, 0);
  }

  #advance(size: number): void {
    this.#position += size;
    this.#offset += size;
  }

  /** Makes sure that there is an unread byte. False at the end. */
  async #fill(): Promise<boolean> {
    while (this.#position >= this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#chunk = next.value as Uint8Array<ArrayBuffer>;
      this.#position = 0;
    }
    return true;
  }

  #fail(kind: TarFailure['kind'], message: string): void {
    this.#failure = { kind, message, offset: this.#offset };
    this.#ended = true;
  }
}

function concatenate(pieces: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
