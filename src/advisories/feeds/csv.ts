import { MAX_CSV_RECORD_LENGTH } from '../../foundation/base/limits.ts';
import { readLines } from './text.ts';

/** One record of a table; `line` is the 1-based line that it begins on. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly line: number;
}

/**
 * Yields the records of a table of separated values as they come. A field in quotes may hold separators, doubled quotes and ends of lines; quotes inside any other field stand for themselves. A
 * record whose quotes do not close within MAX_CSV_RECORD_LENGTH is read line by line, so that a stray quote costs a record and not the rest of the file. Empty lines are no records.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function* readCsv(pieces: Iterable<Uint8Array>, separator = ','): Generator<CsvRecord> {
  let open: string[] = [];
  let length = 0;
  let begin = 0;
  for (const { text, number } of readLines(pieces)) {
    if (open.length === 0) begin = number;
    open.push(text);
    length += text.length;
    if (hasOpenQuote(text, separator, open.length > 1) && length <= MAX_CSV_RECORD_LENGTH) continue;
    yield* closeRecord(open, begin, length, separator);
    open = [];
    length = 0;
  }
  // The end of the file inside quotes: it was cut off, or a quote is astray.
  for (const [index, line] of open.entries()) yield { fields: splitRecord(line, separator), line: begin + index };
}

function* closeRecord(lines: readonly string[], begin: number, length: number, separator: string): Generator<CsvRecord> {
  if (length > MAX_CSV_RECORD_LENGTH) {
    for (const [index, line] of lines.entries()) if (line !== '') yield { fields: splitRecord(line, separator), line: begin + index };
  } else if (lines.length > 1 || lines[0] !== '') {
    yield { fields: splitRecord(lines.join('\n'), separator), line: begin };
  }
}

/** Whether a quote is still open at the end of a line, which begins inside quotes or not. */
function hasOpenQuote(line: string, separator: string, isInside: boolean): boolean {
  let at = 0;
  let inside = isInside;
  for (;;) {
    if (inside) {
      at = endOfQuoted(line, at);
      if (at < 0) return true;
      inside = false;
    }
    if (line.startsWith('"', at) && (at === 0 || line.startsWith(separator, at - 1))) {
      inside = true;
      at += 1;
      continue;
    }
    at = line.indexOf(separator, at);
    if (at < 0) return false;
    at += 1;
  }
}

/** The place behind the quote that closes, from inside; -1 when none does. */
function endOfQuoted(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1;
  }
  return -1;
}

function splitRecord(text: string, separator: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = text[at] === '"';
    const closed = isQuoted ? endOfQuoted(text, at + 1) : at;
    const end = closed < 0 ? -1 : text.indexOf(separator, closed);
    const field = text.slice(at, end < 0 ? text.length : end);
    fields.push(isQuoted && closed > 0 ? text.slice(at + 1, closed - 1).replaceAll('""', '"') : field);
    if (end < 0) return fields;
    at = end + 1;
  }
}
