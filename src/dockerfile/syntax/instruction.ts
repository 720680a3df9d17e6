import type { TextRange } from '../../foundation/model/text-range.ts';
import type { Escape, Span } from './docker-words.ts';
import { nextSpan, readJsonStrings, splitSpans, toDockerWord, unquote } from './docker-words.ts';
import type { LogicalLineReader } from './logical-lines.ts';
import type { MappedText } from './mapped-text.ts';
import { MappedTextBuilder, originRange, sliceMapped } from './mapped-text.ts';
import type { DockerWord, Heredoc, Instruction, InstructionFlag } from './model.ts';
import type { TextDocument } from './text-document.ts';
import { positionAt, rangeAt } from './text-document.ts';

const WITH_JSON_FORM: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'VOLUME', 'ADD', 'COPY']);
const WITH_QUOTED_WORDS: ReadonlySet<string> = new Set(['ENV', 'ARG', 'LABEL']);
const WITH_HEREDOCS: ReadonlySet<string> = new Set(['RUN', 'ADD', 'COPY']);
const KEYWORDS = 'ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR';
const STARTS_INSTRUCTION = new RegExp(`^(?:${KEYWORDS})\\s`);

/** Reads the instructions of one file; words are split when first asked for. */
export class InstructionReader {
  readonly #lines: LogicalLineReader;
  readonly #document: TextDocument;
  #lineIndex: Map<string, number[]> | undefined;

  constructor(lines: LogicalLineReader) {
    this.#lines = lines;
    this.#document = lines.document;
  }

  /** Returns the next instruction; undefined at the end of the file. `stage` is the one it belongs to, itself included when it is a FROM. */
  next(index: number, stage: (keyword: string) => number): Instruction | undefined {
    const line = this.#lines.next();
    if (line === undefined) return undefined;
    const { text } = line;
    let keyword = nextSpan(text, 0) ?? { start: 0, end: 0 };
    let onbuild = false;
    for (;;) {
      const inner = nextSpan(text, keyword.end);
      if (inner === undefined || text.slice(keyword.start, keyword.end).toUpperCase() !== 'ONBUILD') break;
      onbuild = true;
      keyword = inner;
    }
    const name = text.slice(keyword.start, keyword.end).toUpperCase();
    const { flags, end: flagsEnd } = this.#readFlags(line, keyword.end);
    const body = trimmed(line, flagsEnd);
    const strings = WITH_JSON_FORM.has(name) ? readJsonStrings(body) : undefined;
    const heredocs = strings === undefined && WITH_HEREDOCS.has(name) ? this.#readHeredocs(body) : [];
    const [start, lineEnd] = originRange(line, 0, text.trimEnd().length);
    const last = heredocs.length === 0 ? lineEnd : this.#lines.bounds(this.#lines.line - 1)[1];
    const { escape } = this.#lines;
    return new ParsedInstruction({
      document: this.#document,
      escape,
      strings,
      index,
      onbuild,
      flags,
      body,
      heredocs,
      argsText: text.slice(keyword.end).trim(),
      keyword: name,
      stage: stage(name),
      keywordRange: this.#range(line, keyword),
      range: rangeAt(this.#document, start, last),
    });
  }

  #readFlags(line: MappedText, from: number): { readonly flags: readonly InstructionFlag[]; readonly end: number } {
    const flags: InstructionFlag[] = [];
    let end = from;
    for (;;) {
      const span = nextSpan(line.text, end, this.#lines.escape);
      if (span === undefined || !line.text.startsWith('--', span.start)) return { flags, end };
      end = span.end;
      const text = line.text.slice(span.start, span.end);
      if (text === '--') return { flags, end };
      const equals = text.indexOf('=');
      const value = equals < 0 ? undefined : unquote(text.slice(equals + 1), this.#lines.escape);
      const valueStart = equals < 0 ? span.end : span.start + equals + 1;
      const name = text.slice(2, equals < 0 ? undefined : equals);
      flags.push({ name, value, range: this.#range(line, span), valueRange: this.#range(line, { start: valueStart, end: span.end }) });
    }
  }

  #readHeredocs(body: MappedText): readonly Heredoc[] {
    if (!body.text.includes('<<')) return [];
    const heredocs: Heredoc[] = [];
    for (const span of splitSpans(body.text, 0, this.#lines.escape)) {
      const match = /^\d*<<(-?)([^<]+)$/.exec(body.text.slice(span.start, span.end));
      const written = match?.[2] ?? '';
      if (match === null || (heredocs.length > 0 && heredocs.at(-1)?.terminated === false)) continue;
      const name = unquote(written, this.#lines.escape);
      heredocs.push({ name, expand: name === written, range: this.#range(body, span), ...this.#readHeredocBody(name, match[1] === '-') });
    }
    return heredocs;
  }

  #readHeredocBody(name: string, chomp: boolean): Pick<Heredoc, 'body' | 'terminated' | 'chomp' | 'delimiterText'> {
    const first = this.#lines.line;
    const found = this.#findDelimiter(name, chomp, first);
    const end = found ?? this.#endOfUnterminated(first);
    const builder = new MappedTextBuilder();
    for (let line = first; line < end; line++) {
      const [start, stop] = this.#lines.bounds(line);
      builder.addExact(this.#document.text.slice(start, stop), start);
      const next = this.#document.lineStarts[line + 1] ?? this.#document.text.length;
      if (next - stop === 1) builder.addExact('\n', stop);
      else builder.addOpaque('\n', stop, next);
    }
    this.#lines.line = found === undefined ? end : end + 1;
    return { body: builder.build(), terminated: found !== undefined, chomp, delimiterText: name };
  }

  #findDelimiter(name: string, chomp: boolean, from: number): number | undefined {
    // An index, as a file of nothing but unterminated here-documents would be read to its end for each of them.
    this.#lineIndex ??= this.#indexLines();
    const candidates = this.#lineIndex.get(name) ?? [];
    let low = 0;
    let high = candidates.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((candidates[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    while (!chomp && low < candidates.length && this.#document.text[this.#lines.bounds(candidates[low] ?? 0)[0]] === '\t' && !name.startsWith('\t'))
      low++;
    return candidates[low];
  }

  #indexLines(): Map<string, number[]> {
    const index = new Map<string, number[]>();
    for (let line = 0; line < this.#document.lineStarts.length; line++) {
      const [start, end] = this.#lines.bounds(line);
      const key = this.#document.text.slice(start, end).replace(/^\t+/, '');
      if (key === '' || key.length > 256) continue;
      const lines = index.get(key);
      if (lines === undefined) index.set(key, [line]);
      else lines.push(line);
    }
    return index;
  }

  /** A here-document that is still being typed: what looks like the next instruction ends it, so that the rest of the file is linted. */
  #endOfUnterminated(from: number): number {
    let line = from;
    for (; line < this.#document.lineStarts.length; line++) {
      const [start, end] = this.#lines.bounds(line);
      if (STARTS_INSTRUCTION.test(this.#document.text.slice(start, Math.min(end, start + 16)))) break;
    }
    return line;
  }

  #range(source: MappedText, span: Span): TextRange {
    return rangeAt(this.#document, ...originRange(source, span.start, span.end));
  }
}

type InstructionParts = Omit<Instruction, 'args' | 'json'> & {
  readonly document: TextDocument;
  readonly escape: Escape;
  readonly strings: readonly MappedText[] | undefined;
};

class ParsedInstruction implements Instruction {
  readonly index: number;
  readonly keyword: string;
  readonly keywordRange: TextRange;
  readonly range: TextRange;
  readonly onbuild: boolean;
  readonly flags: readonly InstructionFlag[];
  readonly body: MappedText;
  readonly argsText: string;
  readonly json: boolean;
  readonly heredocs: readonly Heredoc[];
  readonly stage: number;
  readonly #parts: InstructionParts;
  #args: readonly DockerWord[] | undefined;

  constructor(parts: InstructionParts) {
    this.index = parts.index;
    this.keyword = parts.keyword;
    this.keywordRange = parts.keywordRange;
    this.range = parts.range;
    this.onbuild = parts.onbuild;
    this.flags = parts.flags;
    this.body = parts.body;
    this.argsText = parts.argsText;
    this.json = parts.strings !== undefined;
    this.heredocs = parts.heredocs;
    this.stage = parts.stage;
    this.#parts = parts;
  }

  get args(): readonly DockerWord[] {
    this.#args ??= this.#readArgs();
    return this.#args;
  }

  #readArgs(): readonly DockerWord[] {
    const { document, escape, strings, body, keyword } = this.#parts;
    if (strings !== undefined) return strings.map((source) => toStringWord(document, source, body));
    const spans = splitSpans(body.text, 0, WITH_QUOTED_WORDS.has(keyword) ? escape : undefined);
    return spans.map((span) => toDockerWord(document, body, span, escape));
  }
}

/** Returns a word for a string of the JSON form whose array is `body`. */
export function toStringWord(document: TextDocument, source: MappedText, body: MappedText): DockerWord {
  // An empty string has no character of its own: it is placed where the array begins.
  const [start, end] = source.text === '' ? originRange(body, 0, 0) : originRange(source, 0, source.text.length);
  return { text: source.text, value: source.text, range: { start: positionAt(document, start), end: positionAt(document, end) }, source };
}

function trimmed(line: MappedText, from: number): MappedText {
  const rest = line.text.slice(from);
  const start = from + rest.length - rest.trimStart().length;
  return sliceMapped(line, start, Math.max(start, line.text.trimEnd().length));
}
