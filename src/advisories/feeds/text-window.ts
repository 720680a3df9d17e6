/** How far into a document an XML declaration is looked for. */
const DECLARATION_BYTES = 200;

/** A text that is read from its start to its end and need not be in memory whole: bytes are decoded as they are asked for, and what was taken is forgotten. */
export class TextWindow {
  readonly #pieces: Iterator<Uint8Array> | undefined;
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  #text: string;
  #at = 0;
  #forgotten = 0;
  #problem: string | undefined;

  constructor(source: string | Iterable<Uint8Array>) {
    this.#text = typeof source === 'string' ? source.replace(/^\uFEFF/, '') : '';
    this.#pieces = typeof source === 'string' ? undefined : source[Symbol.iterator]();
  }

  /** How much was taken, in UTF-16 units. */
  get offset(): number {
    return this.#forgotten + this.#at;
  }

  /** How much is there to take without reading on. */
  get length(): number {
    return this.#text.length - this.#at;
  }

  /** Why the text ends early: its encoding is not known. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** True when at least `length` units are left. */
  has(length: number): boolean {
    while (this.length < length) if (!this.#readOn()) return false;
    return true;
  }

  startsWith(start: string): boolean {
    this.has(start.length);
    return this.#text.startsWith(start, this.#at);
  }

  /** Returns where `wanted` begins, counted from here, at or after `from` and not beyond `limit`; -1 when it is not there. */
  find(wanted: string, from: number, limit: number): number {
    let start = this.#at + from;
    for (;;) {
      const found = this.#text.indexOf(wanted, start);
      if (found >= 0) return found - this.#at <= limit ? found - this.#at : -1;
      // What was looked through is not looked through again; `wanted` may lie across the border.
      const seen = Math.max(from, this.length - wanted.length + 1);
      if (seen > limit || !this.#readOn()) return -1;
      start = this.#at + seen;
    }
  }

  /** Returns the unit at `index` from here, '' when it was not read yet. */
  charAt(index: number): string {
    return this.#text.charAt(this.#at + index);
  }

  /** Returns the next `length` units and leaves them there. */
  peek(length: number): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  take(length: number): string {
    const taken = this.peek(length);
    this.#at += taken.length;
    return taken;
  }

  #readOn(): boolean {
    if (this.#pieces === undefined || this.#problem !== undefined) return false;
    const next = this.#nextPiece(this.#pieces);
    const more = next.done === true ? (this.#decoder?.decode() ?? '') : this.#decode(next.value);
    if (more === undefined || (more === '' && next.done === true)) return false;
    this.#text = this.#text.slice(this.#at) + more;
    this.#forgotten += this.#at;
    this.#at = 0;
    return true;
  }

  /** The first piece is long enough to hold an XML declaration, however small they come. */
  #nextPiece(pieces: Iterator<Uint8Array>): IteratorResult<Uint8Array> {
    let next = pieces.next();
    if (this.#decoder !== undefined || next.done === true) return next;
    let start = next.value;
    while (start.length < DECLARATION_BYTES) {
      next = pieces.next();
      if (next.done === true) break;
      const longer = new Uint8Array(start.length + next.value.length);
      longer.set(start);
      longer.set(next.value, start.length);
      start = longer;
    }
    return { done: false, value: start };
  }

  /** Undefined when the encoding is not known. */
  #decode(piece: Uint8Array): string | undefined {
    if (piece.length === 0) return '';
    if (this.#decoder === undefined) {
      const encoding = encodingOf(piece);
      try {
        this.#decoder = new TextDecoder(encoding);
      } catch {
        this.#problem = `its encoding ${JSON.stringify(encoding)} is not known`;
        return undefined;
      }
    }
    return this.#decoder.decode(piece, { stream: true });
  }
}

/** Returns the encoding by the byte order mark, by where the zeros of the first characters stand, or as an XML declaration gives it; else UTF-8. @see https://www.w3.org/TR/xml/#sec-guessing */
function encodingOf(start: Uint8Array): string {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const declaration = String.fromCharCode(...start.subarray(0, DECLARATION_BYTES));
  const declared = /^(?:\u00EF\u00BB\u00BF)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1];
  // A document that says so in single bytes is not in UTF-16, whatever it says.
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}
