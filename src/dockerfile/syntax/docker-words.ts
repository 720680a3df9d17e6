import type { MappedText } from './mapped-text.ts';
import { MappedTextBuilder, originRange, sliceMapped } from './mapped-text.ts';
import type { DockerWord } from './model.ts';
import type { TextDocument } from './text-document.ts';
import { rangeAt } from './text-document.ts';

export type Escape = '\\' | '`';

/** A stretch of a mapped text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns the next word of `text` at or behind `from`, whose quotes and escapes hold blanks together when `escape` is given; undefined at the end. */
export function nextSpan(text: string, from: number, escape?: Escape): Span | undefined {
  let start = from;
  while (start < text.length && isBlank(text[start])) start++;
  if (start >= text.length) return undefined;
  let at = start;
  let quote = '';
  for (; at < text.length; at++) {
    const character = text[at] ?? '';
    if (escape === undefined) {
      if (isBlank(character)) break;
    } else if (quote !== '') {
      if (character === escape && quote === '"') at++;
      else if (character === quote) quote = '';
    } else if (character === escape) at++;
    else if (character === '"' || character === "'") quote = character;
    else if (isBlank(character)) break;
  }
  return { start, end: Math.min(at, text.length) };
}

export function splitSpans(text: string, from: number, escape?: Escape): readonly Span[] {
  const spans: Span[] = [];
  let span = nextSpan(text, from, escape);
  while (span !== undefined) {
    spans.push(span);
    span = nextSpan(text, span.end, escape);
  }
  return spans;
}

export function toDockerWord(document: TextDocument, source: MappedText, span: Span, escape: Escape): DockerWord {
  const text = source.text.slice(span.start, span.end);
  const [start, end] = originRange(source, span.start, span.end);
  return { text, value: unquote(text, escape), range: rangeAt(document, start, end), source: sliceMapped(source, span.start, span.end) };
}

/** Returns `text` without its quotes and escapes, as BuildKit's word processing leaves it; variables stay as written. */
export function unquote(text: string, escape: Escape): string {
  if (!text.includes('"') && !text.includes("'") && !text.includes(escape)) return text;
  return expand(text, escape, (_, written) => written).value;
}

export interface Expanded {
  readonly value: string;
  /** False when a variable's value was not known: it stands in `value` as written. */
  readonly known: boolean;
}

/** Returns `text` with quotes and escapes taken off and variables put in; `lookup` gives undefined for one it does not know. */
export function expandVariables(text: string, escape: Escape, lookup: (name: string) => string | undefined): Expanded {
  return expand(text, escape, (name, written, fallback) => {
    const value = lookup(name);
    if (fallback === undefined) return value ?? (name === '' ? written : undefined);
    const isSet = value !== undefined && (value !== '' || !fallback.operator.startsWith(':'));
    if (fallback.operator.endsWith('-')) return isSet ? value : fallback.word;
    return undefined;
  });
}

interface Fallback {
  readonly operator: string;
  readonly word: string;
}

type Replace = (name: string, written: string, fallback: Fallback | undefined) => string | undefined;

const VARIABLE = /\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+?=])([^{}]*)|([#%/][^{}]*))?\})/y;

function expand(text: string, escape: Escape, replace: Replace): Expanded {
  let value = '';
  let known = true;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote === "'") {
      if (character === "'") quote = '';
      else value += character;
    } else if (character === escape && (quote === '' || '"$'.includes(text[at + 1] ?? ' ') || text[at + 1] === escape)) {
      at++;
      value += text[at] ?? '';
    } else if (character === '"' || (character === "'" && quote === '')) {
      quote = quote === character ? '' : character;
    } else if (character === '$') {
      VARIABLE.lastIndex = at;
      const match = VARIABLE.exec(text);
      if (match === null) {
        value += character;
        continue;
      }
      const [written, plain, braced, operator, word, trimming] = match;
      const replaced =
        trimming === undefined
          ? replace(plain ?? braced ?? '', written, operator === undefined ? undefined : { operator, word: word ?? '' })
          : undefined;
      if (replaced === undefined) known = false;
      value += replaced ?? written;
      at += written.length - 1;
    } else value += character;
  }
  return { value, known };
}

/** Returns the strings of a JSON array that is all of `source`, each with its places; undefined when it is anything else, which is then the shell form. */
export function readJsonStrings(source: MappedText): readonly MappedText[] | undefined {
  const { text } = source;
  const skip = (from: number): number => {
    let at = from;
    while (at < text.length && /\s/.test(text[at] ?? '')) at++;
    return at;
  };
  let at = skip(0);
  if (text[at] !== '[') return undefined;
  const strings: MappedText[] = [];
  at = skip(at + 1);
  while (text[at] === '"') {
    const builder = new MappedTextBuilder();
    at++;
    while (at < text.length && text[at] !== '"') {
      const plainEnd = plainRunEnd(text, at);
      if (plainEnd > at) {
        builder.addSlice(source, at, plainEnd);
        at = plainEnd;
        continue;
      }
      const escaped = readJsonEscape(text, at);
      if (escaped === undefined) return undefined;
      builder.addOpaque(escaped.value, ...originRange(source, at, escaped.end));
      at = escaped.end;
    }
    if (text[at] !== '"') return undefined;
    strings.push(builder.build());
    at = skip(at + 1);
    if (text[at] !== ',') break;
    at = skip(at + 1);
    if (text[at] !== '"') return undefined;
  }
  return text[at] === ']' && skip(at + 1) === text.length ? strings : undefined;
}

function plainRunEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '"' && text[at] !== '\\') at++;
  return at;
}

const JSON_ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function readJsonEscape(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const letter = text[at + 1] ?? '';
  const simple = JSON_ESCAPES[letter];
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const digits = text.slice(at + 2, at + 6);
  if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) return undefined;
  return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 6 };
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r' || character === '\v' || character === '\f';
}
