/**
 * A text put together from pieces of a document, each character knowing where it came from: a RUN without its continuations, the string inside a JSON array, the script
 * inside `sh -c "…"`. Whatever reads such a text still reports exact places in the file.
 */
export interface MappedText {
  readonly text: string;
  /** In order of `at`, without gaps. */
  readonly pieces: readonly Piece[];
}

interface Piece {
  /** Offset in the mapped text. */
  readonly at: number;
  /** Where it came from, offsets in the document. */
  readonly start: number;
  readonly end: number;
  /** True: character by character. False: the whole piece stands for the whole of start..end (an escape, a variable's value). */
  readonly exact: boolean;
}

export const emptyMappedText: MappedText = { text: '', pieces: [] };

/** Returns the offset in the document of the character at `offset`. */
export function originOf(mapped: MappedText, offset: number): number {
  const piece = pieceAt(mapped, offset);
  if (piece === undefined) return 0;
  return piece.exact ? Math.min(piece.start + offset - piece.at, piece.end) : piece.start;
}

/** Returns the half-open stretch of the document that `from..to` came from. An empty stretch lies before the character at `from`. */
export function originRange(mapped: MappedText, from: number, to: number): readonly [start: number, end: number] {
  const start = originOf(mapped, from);
  if (to <= from) return [start, start];
  const last = pieceAt(mapped, to - 1);
  if (last === undefined) return [start, start];
  const end = last.exact ? last.start + to - last.at : last.end;
  return [start, Math.max(start, end)];
}

export function sliceMapped(mapped: MappedText, from: number, to: number): MappedText {
  const builder = new MappedTextBuilder();
  builder.addSlice(mapped, from, to);
  return builder.build();
}

export class MappedTextBuilder {
  readonly #parts: string[] = [];
  readonly #pieces: Piece[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds characters that stand in the document one by one from `start`. */
  addExact(text: string, start: number): void {
    this.#add(text, start, start + text.length, true);
  }

  /** Adds characters that stand for the stretch `start..end` as a whole. */
  addOpaque(text: string, start: number, end: number): void {
    this.#add(text, start, end, false);
  }

  addSlice(mapped: MappedText, from: number, to: number): void {
    if (to <= from) return;
    for (let index = pieceIndexAt(mapped, from); index < mapped.pieces.length; index++) {
      const piece = mapped.pieces[index];
      if (piece === undefined || piece.at >= to) return;
      const pieceEnd = mapped.pieces[index + 1]?.at ?? mapped.text.length;
      const start = Math.max(from, piece.at);
      const text = mapped.text.slice(start, Math.min(to, pieceEnd));
      if (piece.exact) this.addExact(text, piece.start + start - piece.at);
      else this.addOpaque(text, piece.start, piece.end);
    }
  }

  build(): MappedText {
    return { text: this.#parts.join(''), pieces: this.#pieces };
  }

  #add(text: string, start: number, end: number, exact: boolean): void {
    if (text === '') return;
    const last = this.#pieces.at(-1);
    if (exact && last?.exact === true && last.end === start) this.#pieces[this.#pieces.length - 1] = { ...last, end };
    else this.#pieces.push({ at: this.#length, start, end, exact });
    this.#parts.push(text);
    this.#length += text.length;
  }
}

function pieceAt(mapped: MappedText, offset: number): Piece | undefined {
  return mapped.pieces[pieceIndexAt(mapped, offset)];
}

function pieceIndexAt(mapped: MappedText, offset: number): number {
  let low = 0;
  let high = mapped.pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((mapped.pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}
