import { MAX_FEED_LINE_LENGTH } from '../../foundation/base/limits.ts';

/** Returns the text of a document in UTF-8 or UTF-16, with or without byte order mark. Bytes that are neither become U+FFFD: facts are plain letters, what people wrote in other encodings is not kept. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

export interface TextLine {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
}

/** Yields the lines of a text without keeping it: what a line has beyond MAX_FEED_LINE_LENGTH is dropped. Ends of lines are LF or CR LF. */
export function* readLines(pieces: Iterable<Uint8Array>): Generator<TextLine> {
  let number = 0;
  let rest = '';
  for (const text of decodePieces(pieces)) {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number += 1;
      yield { text: toLine(rest + text.slice(start, end)), number };
      rest = '';
      start = end + 1;
    }
    if (rest.length <= MAX_FEED_LINE_LENGTH) rest += text.slice(start);
  }
  if (rest !== '') yield { text: toLine(rest), number: number + 1 };
}

function toLine(text: string): string {
  return (text.endsWith('\r') ? text.slice(0, -1) : text).slice(0, MAX_FEED_LINE_LENGTH);
}

/** A piece of many megabytes is decoded bit by bit, so that its text is never in memory whole. */
function* decodePieces(pieces: Iterable<Uint8Array>): Generator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for (const piece of pieces) {
    if (piece.length === 0) continue;
    decoder ??= new TextDecoder(encodingOf(piece));
    for (let at = 0; at < piece.length; at += DECODED_AT_ONCE) {
      yield decoder.decode(piece.subarray(at, at + DECODED_AT_ONCE), { stream: true });
    }
  }
  yield decoder?.decode() ?? '';
}

const DECODED_AT_ONCE = 1024 * 1024;

/** By the byte order mark, else by where the zeros of the first character stand: every format read here begins with a plain letter or sign. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
