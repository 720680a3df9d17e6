import type { MappedText } from './mapped-text.ts';
import { MappedTextBuilder } from './mapped-text.ts';
import type { Comment, ParserDirective } from './model.ts';
import type { TextDocument } from './text-document.ts';
import { lineEnd, rangeAt } from './text-document.ts';

/**
 * Reads a Dockerfile line by line as BuildKit does: continuations joined, comments and blank lines between them left out, parser directives at the top. Every joined line keeps
 * the place of each of its characters. Written for this project because a public tolerant parser took a minute for a file of 25,000 comments, and lint must answer hostile files at once.
 * @see https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
 */
export class LogicalLineReader {
  readonly document: TextDocument;
  readonly comments: Comment[] = [];
  readonly directives: ParserDirective[] = [];
  readonly escape: '\\' | '`';
  #line = 0;

  constructor(document: TextDocument) {
    this.document = document;
    this.#readDirectives();
    this.escape = this.directives.find((directive) => directive.name === 'escape')?.value === '`' ? '`' : '\\';
  }

  /** Physical line that is read next. */
  get line(): number {
    return this.#line;
  }

  set line(line: number) {
    this.#line = line;
  }

  /** Returns the next line that holds something, its continuations joined; undefined at the end of the file. */
  next(): MappedText | undefined {
    while (this.#line < this.document.lineStarts.length) {
      if (!this.#skipBlankOrComment()) return this.#join();
    }
    return undefined;
  }

  /** Returns where the characters of a physical line begin and end, its line break left out. */
  bounds(line: number): readonly [start: number, end: number] {
    return [this.document.lineStarts[line] ?? this.document.text.length, lineEnd(this.document, line)];
  }

  #join(): MappedText {
    const builder = new MappedTextBuilder();
    let first = true;
    while (this.#line < this.document.lineStarts.length) {
      if (!first && this.#skipBlankOrComment()) continue;
      const [lineStart, end] = this.bounds(this.#line);
      const start = first ? this.#skipBlanks(lineStart, end) : lineStart;
      first = false;
      this.#line++;
      const continuation = this.#continuationStart(start, end);
      builder.addExact(this.document.text.slice(start, continuation ?? end), start);
      if (continuation === undefined) break;
    }
    return builder.build();
  }

  /** Returns the offset of the escape character that ends the line (blanks may follow it); a doubled one does not continue it. */
  #continuationStart(start: number, end: number): number | undefined {
    const { text } = this.document;
    let last = end - 1;
    while (last >= start && isBlank(text[last])) last--;
    if (last < start || text[last] !== this.escape || (last > start && text[last - 1] === this.escape)) return undefined;
    return last;
  }

  #skipBlankOrComment(): boolean {
    const [lineStart, end] = this.bounds(this.#line);
    const start = this.#skipBlanks(lineStart, end);
    if (start < end && this.document.text[start] !== '#') return false;
    if (start < end)
      this.comments.push({ text: this.document.text.slice(start + 1, end), line: this.#line, range: rangeAt(this.document, start, end) });
    this.#line++;
    return true;
  }

  #skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && isBlank(this.document.text[at])) at++;
    return at;
  }

  #readDirectives(): void {
    const seen = new Set<string>();
    while (this.#line < this.document.lineStarts.length) {
      const [start, end] = this.bounds(this.#line);
      const line = this.document.text.slice(start, end);
      const match = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S.*)$/.exec(line);
      const [, name = '', rest = ''] = match ?? [];
      const known = name.toLowerCase();
      if ((known !== 'escape' && known !== 'syntax' && known !== 'check') || seen.has(known)) return;
      seen.add(known);
      const value = rest.trimEnd();
      const valueStart = start + line.length - rest.length;
      this.directives.push({
        name: known,
        value,
        range: rangeAt(this.document, start, end),
        valueRange: rangeAt(this.document, valueStart, valueStart + value.length),
      });
      this.#line++;
    }
  }
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\v' || character === '\f';
}
