/**
 * Reads a tar from chunks as they come, holding no more than one chunk and what spans its border. The reader is pulled: whoever asks for the next entry has said, by asking, that the rest of the last body is not
 * wanted.
 */
import { TAR_BLOCK_BYTES, paddedTarSize } from './tar-header.ts';
import type { TarEntry } from './tar-assembler.ts';
import { TarAssembler } from './tar-assembler.ts';

/** Why an archive could not be read further. `truncated`: it ended inside an entry. */
export interface TarFailure {
  readonly kind: 'malformed' | 'truncated';
  readonly message: string;
  /** Bytes from the archive's start. */
  readonly offset: number;
}

/** Where an archive's bytes come from: a chunk's memory may be reused once the next one is asked for. */
export interface TarChunks extends AsyncIterator<Uint8Array> {
  /** Passes over `count` bytes before the next chunk, and returns how many there were: less only at the end. Absent where all bytes go by anyway. */
  skip?(count: number): number;
}

/** The next entry is not known before more bytes have come. */
export const LATER = Symbol('later');

/** What is being read when a chunk ends. */
type Part = 'body' | 'padding' | 'header' | 'meta';

const NO_BYTES = new Uint8Array(0);

export class TarReader {
  readonly #chunks: TarChunks;
  readonly #assembler = new TarAssembler();
  #chunk = NO_BYTES;
  #position = 0;
  #offset = 0;
  /** Bytes of the current body not yet given. */
  #bodyLeft = 0;
  #padding = 0;
  /** A header or a meta body, and how much of it is there. */
  #part: 'header' | 'meta' = 'header';
  #partSize = TAR_BLOCK_BYTES;
  #pieces: Uint8Array[] = [];
  #piecesSize = 0;
  #failure: TarFailure | undefined;
  #ended = false;

  /** `chunks` are used up as they are pulled. */
  constructor(chunks: TarChunks) {
    this.#chunks = chunks;
  }

  /** What went wrong, once there is no next entry. */
  get failure(): TarFailure | undefined {
    return this.#failure;
  }

  /** Bytes from the archive's start to what is read next. */
  get offset(): number {
    return this.#offset;
  }

  /** Returns the next entry; undefined when there is none, or none that can be found: see `failure`. Errors of `chunks` pass through. */
  async next(): Promise<TarEntry | undefined> {
    for (;;) {
      const entry = this.nextAtHand();
      if (entry !== LATER) return entry;
      if (!(await this.#fill())) {
        this.#cutOff();
        return undefined;
      }
    }
  }

  /** Returns the same without waiting; LATER when that needs bytes that have not come: ask `next` then. */
  nextAtHand(): TarEntry | undefined | typeof LATER {
    while (!this.#ended) {
      if (!this.#skipBody()) return LATER;
      const bytes = this.#collect();
      if (bytes === undefined) return LATER;
      if (this.#part === 'meta') {
        this.#acceptMeta(bytes);
        continue;
      }
      const entry = this.#acceptBlock(bytes);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Returns the rest of the current entry's body: a view of the chunk when it lies whole in it, so valid until the next read. Undefined when the archive ends first. The caller has bounded the entry's size. */
  async readBody(): Promise<Uint8Array | undefined> {
    const size = this.#bodyLeft;
    if (size <= this.#chunk.length - this.#position) return this.#takeBody(size);
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
    if (this.#position >= this.#chunk.length && !(await this.#fill())) {
      this.#cutOff();
      return undefined;
    }
    return this.#takeBody(Math.min(this.#bodyLeft, this.#chunk.length - this.#position));
  }

  #takeBody(size: number): Uint8Array {
    const bytes = this.#chunk.subarray(this.#position, this.#position + size);
    this.#advance(size);
    this.#bodyLeft -= size;
    return bytes;
  }

  /** False when what is to be skipped goes on beyond the chunk. */
  #skipBody(): boolean {
    let left = this.#bodyLeft + this.#padding;
    if (left === 0) return true;
    const here = Math.min(left, this.#chunk.length - this.#position);
    this.#advance(here);
    left -= here;
    if (left > 0 && this.#chunks.skip !== undefined) {
      const passed = this.#chunks.skip(left);
      this.#offset += passed;
      left -= passed;
    }
    // The body comes before its padding.
    this.#bodyLeft = Math.max(left - this.#padding, 0);
    this.#padding = Math.min(left, this.#padding);
    return left === 0;
  }

  /** Returns the header or meta body that is being read, a view of the chunk where it lies whole in it; undefined until all of it has come. */
  #collect(): Uint8Array | undefined {
    const missing = this.#partSize - this.#piecesSize;
    const here = Math.min(missing, this.#chunk.length - this.#position);
    const bytes = this.#chunk.subarray(this.#position, this.#position + here);
    this.#advance(here);
    if (this.#piecesSize === 0 && here === missing) return bytes;
    if (here > 0) this.#pieces.push(new Uint8Array(bytes));
    this.#piecesSize += here;
    if (here < missing) return undefined;
    const whole = concatenate(this.#pieces, this.#partSize);
    this.#pieces = [];
    this.#piecesSize = 0;
    return whole;
  }

  #acceptBlock(bytes: Uint8Array): TarEntry | undefined {
    const step = this.#assembler.acceptBlock(bytes, 0);
    switch (step.kind) {
      case 'entry':
        this.#expectBody(step.entry.sizeBytes);
        return step.entry;
      case 'skip':
        this.#expectBody(step.sizeBytes);
        break;
      case 'meta':
        this.#part = 'meta';
        this.#partSize = step.sizeBytes;
        break;
      case 'block':
        break;
      case 'end':
        this.#ended = true;
        break;
      case 'bad':
        this.#fail('malformed', step.message);
        break;
    }
    return undefined;
  }

  #acceptMeta(bytes: Uint8Array): void {
    this.#padding = paddedTarSize(bytes.length) - bytes.length;
    this.#part = 'header';
    this.#partSize = TAR_BLOCK_BYTES;
    const message = this.#assembler.acceptMeta(bytes);
    if (message !== undefined) this.#fail('malformed', message);
  }

  #expectBody(sizeBytes: number): void {
    this.#bodyLeft = sizeBytes;
    this.#padding = paddedTarSize(sizeBytes) - sizeBytes;
  }

  /** There are no more chunks, though something was to come. */
  #cutOff(): void {
    this.#ended = true;
    const part = this.#missingPart();
    // Some writers leave out the last padding, and an archive without the zero blocks at its end is read by everyone; half a header is not.
    if (part === 'padding' || (part === 'header' && this.#piecesSize === 0)) return;
    this.#fail('truncated', part === 'header' ? 'the archive ends inside a header' : 'the archive ends inside a file');
  }

  #missingPart(): Part {
    if (this.#bodyLeft > 0) return 'body';
    return this.#padding > 0 ? 'padding' : this.#part;
  }

  #advance(size: number): void {
    this.#position += size;
    this.#offset += size;
  }

  /** Takes the next chunk. False at the end. */
  async #fill(): Promise<boolean> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#chunk = next.value as Uint8Array<ArrayBuffer>;
      this.#position = 0;
      if (this.#chunk.length > 0) return true;
    }
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
