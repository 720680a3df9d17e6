import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { MappedText } from '../mapped-text.ts';
import { MappedTextBuilder, originRange } from '../mapped-text.ts';
import type { ShellSubstitution, ShellWord } from './command.ts';

/** Puts one written word together as the fields that the shell would see: an unquoted variable with blanks in its value makes several. */
export class WordBuilder {
  readonly #text: string;
  readonly #range: TextRange;
  readonly #done: ShellWord[] = [];
  #value = new MappedTextBuilder();
  #substitutions: ShellSubstitution[] = [];
  /** Stretches of the value that are substitutions. */
  #substituted: (readonly [from: number, to: number])[] = [];
  #started = false;
  #written = true;
  #known = true;

  constructor(text: string, range: TextRange) {
    this.#text = text;
    this.#range = range;
  }

  addWritten(source: MappedText, from: number, to: number): void {
    this.#value.addSlice(source, from, to);
    this.#started = true;
  }

  /** Adds characters that an escape in `start..end` of the document stands for. */
  addDecoded(text: string, start: number, end: number): void {
    this.#value.addOpaque(text, start, end);
    this.#started = true;
  }

  /** Marks that quotes were seen, so that even an empty word counts. */
  addQuotes(): void {
    this.#started = true;
  }

  /** Adds an expansion whose value is not known: it stays as written. */
  addUnknown(source: MappedText, from: number, to: number, substitutions: readonly ShellSubstitution[]): void {
    const at = this.#value.length;
    this.addWritten(source, from, to);
    if (substitutions.length > 0) this.#substituted.push([at, this.#value.length]);
    this.#known = false;
    this.#substitutions.push(...substitutions);
  }

  /** Adds a variable's value, which stands for `start..end` of the document; `split` at blanks when the variable is not quoted. */
  addValue(value: string, start: number, end: number, split: boolean, substitutions: readonly ShellSubstitution[]): void {
    this.#substitutions.push(...substitutions);
    this.#written = false;
    if (!split) {
      this.addDecoded(value, start, end);
      return;
    }
    value.split(/\s+/).forEach((field, index) => {
      if (index > 0) this.#endField();
      if (field !== '') this.addDecoded(field, start, end);
    });
  }

  /** Returns the fields: none for an unquoted empty variable. */
  build(): readonly ShellWord[] {
    this.#endField();
    return this.#done;
  }

  #endField(): void {
    if (this.#started) {
      const source = this.#value.build();
      this.#done.push({
        text: this.#text,
        value: source.text,
        range: this.#range,
        source,
        script: withoutStretches(source, this.#substituted),
        written: this.#written,
        known: this.#known,
        substitutions: this.#substitutions,
      });
    }
    this.#value = new MappedTextBuilder();
    this.#substitutions = [];
    this.#substituted = [];
    this.#started = false;
    this.#known = true;
    this.#written = false;
  }
}

/** Returns `fields` as one word, joined with blanks, as an assignment or a here-string takes them. */
export function joinFields(fields: readonly ShellWord[]): ShellWord | undefined {
  const [first, ...rest] = fields;
  if (first === undefined || rest.length === 0) return first;
  const source = joinSources(fields.map((field) => field.source));
  return {
    text: first.text,
    value: source.text,
    range: first.range,
    source,
    script: joinSources(fields.map((field) => field.script)),
    written: false,
    known: fields.every((field) => field.known),
    substitutions: fields.flatMap((field) => field.substitutions),
  };
}

function withoutStretches(source: MappedText, stretches: readonly (readonly [from: number, to: number])[]): MappedText {
  if (stretches.length === 0) return source;
  const builder = new MappedTextBuilder();
  let at = 0;
  for (const [from, to] of stretches) {
    builder.addSlice(source, at, from);
    builder.addOpaque('$_', ...originRange(source, from, to));
    at = to;
  }
  builder.addSlice(source, at, source.text.length);
  return builder.build();
}

/** Returns a word that stands in the document with nothing in it to expand. */
export function literalWord(text: string, source: MappedText, range: TextRange): ShellWord {
  return { text, value: source.text, range, source, script: source, written: true, known: true, substitutions: [] };
}

/** Returns the texts joined with blanks; each blank stands for nothing in the document. */
export function joinSources(sources: readonly MappedText[]): MappedText {
  const builder = new MappedTextBuilder();
  let end = 0;
  for (const source of sources) {
    if (builder.length > 0) builder.addOpaque(' ', end, end);
    builder.addSlice(source, 0, source.text.length);
    end = source.pieces.at(-1)?.end ?? end;
  }
  return builder.build();
}
