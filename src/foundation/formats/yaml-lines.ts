/**
 * The YAML that package managers write: block mappings and lists, one entry a line, values in flow style at most on that line. Read line by line, so that a lock file of many MiB costs no tree.
 *
 * Anchors, tags, merge keys and flow values over several lines are not of it: what they say is not understood, but what stands around them is.
 *
 * @see https://yaml.org/spec/1.2.2/
 */
import { linesOf } from './lines.ts';

/** One line: `key: value`, `- value`, `- key: value` or `---`. */
export interface YamlLine {
  /** 1-based. */
  readonly line: number;
  /** Columns before the key or, of an item, before the dash. */
  readonly indent: number;
  readonly kind: 'entry' | 'item' | 'document' | 'unknown';
  /** Without quotes. Empty of an item that is no mapping, of `---` and of what is not understood. */
  readonly key: string;
  /** Without quotes and comment; empty when the value is on the lines below, which have a greater indent. Block texts (`|`, `>`) are empty. */
  readonly value: string;
}

/** Longest line that is looked into, in UTF-16 units. pnpm's longest keys have a few thousand. */
const LONGEST_LINE = 64 * 1024;

/** Yields the lines that say something, in order. A line that is none of the kinds, and no part of a text over several lines, is `unknown`. */
export function* yamlLinesOf(text: string): Generator<YamlLine, void, undefined> {
  let line = 0;
  /** Indent of the entry whose text goes on over lines of greater indent; -1 when there is none. */
  let textIndent = -1;
  for (const whole of linesOf(text)) {
    line++;
    const raw = whole.length > LONGEST_LINE ? '' : whole.trimEnd();
    const start = line === 1 && raw.startsWith('\uFEFF') ? 1 : 0;
    let indent = start;
    while (raw[indent] === ' ') indent++;
    if (indent === raw.length || raw[indent] === '#') continue;
    if (textIndent >= 0 && indent > textIndent) continue;
    textIndent = -1;
    const parsed = parseLine(raw, line, indent, start);
    if (parsed.textBelow) textIndent = parsed.indent;
    yield parsed;
  }
}

interface ParsedLine extends YamlLine {
  readonly textBelow: boolean;
}

function parseLine(raw: string, line: number, column: number, start: number): ParsedLine {
  const indent = column - start;
  const rest = raw.slice(column);
  const none = { line, indent, key: '', value: '', textBelow: false };
  if (indent === 0 && (rest === '---' || rest === '...')) return { ...none, kind: 'document' };
  if (rest === '-') return { ...none, kind: 'item' };
  if (rest.startsWith('- ')) return { ...none, ...splitEntry(rest.slice(2).trimStart()), kind: 'item' };
  // A key of more than 1024 characters is written as `? key`, and what it stands for below as `: first: 1`.
  if (rest.startsWith('? ')) return { ...none, key: unquote(rest.slice(2)), kind: 'entry' };
  if (rest.startsWith(': ')) return { ...none, indent: indent + 2, ...splitEntry(rest.slice(2)), kind: 'entry' };
  const entry = splitEntry(rest);
  return { ...none, ...entry, kind: entry.key === '' ? 'unknown' : 'entry' };
}

/** Divides `key: value`; what has no key is all value. */
function splitEntry(text: string): { key: string; value: string; textBelow: boolean } {
  const end = endOfKey(text);
  const key = end < 0 ? '' : unquote(text.slice(0, end).trimEnd());
  const value = (end < 0 ? text : text.slice(end + 1)).trim();
  if (key !== '' && /^[|>][-+\d]{0,2}(?: +#.*)?$/.test(value)) return { key, value: '', textBelow: true };
  return { key, value: unquote(value), textBelow: isOpen(value) };
}

/** The place of the colon that ends the key; -1 when there is none. A colon inside a plain key is followed by something other than a space. */
function endOfKey(text: string): number {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") {
    const colon = text.indexOf(': ');
    return colon >= 0 ? colon : text.endsWith(':') ? text.length - 1 : -1;
  }
  const close = closingQuote(text);
  if (close < 0) return -1;
  const colon = text.indexOf(':', close);
  return colon >= 0 && text.slice(close + 1, colon).trim() === '' ? colon : -1;
}

/** The place of the quote that closes the one at the start; -1 when it is not on this line. */
function closingQuote(text: string): number {
  const quote = text[0];
  for (let index = 1; index < text.length; index++) {
    if (quote === '"' && text[index] === '\\') index++;
    else if (text[index] === quote) {
      if (quote === '"' || text[index + 1] !== "'") return index;
      index++;
    }
  }
  return -1;
}

/** True for a quoted value whose end is on a line below. */
function isOpen(value: string): boolean {
  return (value.startsWith('"') || value.startsWith("'")) && closingQuote(value) < 0;
}

/** Returns a scalar without its quotes or, when it has none, without the comment after it. */
export function unquote(text: string): string {
  if (text.startsWith("'") || text.startsWith('"')) {
    const close = closingQuote(text);
    const inner = text.slice(1, close < 0 ? undefined : close);
    if (text.startsWith("'")) return inner.replaceAll("''", "'");
    return inner.includes('\\') ? unescapeQuoted(inner) : inner;
  }
  const comment = text.indexOf(' #');
  return comment < 0 ? text : text.slice(0, comment).trimEnd();
}

function unescapeQuoted(inner: string): string {
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    return inner;
  }
}
