import type { TextPosition, TextRange } from '../../foundation/model/text-range.ts';

/** A text with its lines: offsets (UTF-16 units) to positions and back. A byte order mark has no width, so that positions agree with editors, which hide it. */
export interface TextDocument {
  readonly text: string;
  /** Offset of each line's first character. Lines end with LF, CRLF or CR. */
  readonly lineStarts: readonly number[];
}

const BOM = 0xfeff;
const LF = 10;
const CR = 13;

export function createTextDocument(text: string): TextDocument {
  const lineStarts = [text.charCodeAt(0) === BOM ? 1 : 0];
  for (let i = lineStarts[0] ?? 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) lineStarts.push(i + 1);
  }
  return { text, lineStarts };
}

/** Returns the position of `offset`; beyond either end it is held at the end. */
export function positionAt(document: TextDocument, offset: number): TextPosition {
  const { lineStarts, text } = document;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: Math.max(0, Math.min(offset, text.length) - (lineStarts[low] ?? 0)) };
}

/** Returns the offset of `position`; beyond the line's or the text's end it is held there, as LSP asks. */
export function offsetAt(document: TextDocument, position: TextPosition): number {
  const start = document.lineStarts[position.line];
  if (start === undefined) return position.line < 0 ? 0 : document.text.length;
  return Math.min(start + position.character, lineEnd(document, position.line));
}

/** Returns the offset behind the last character of a line, its line break left out. */
export function lineEnd(document: TextDocument, line: number): number {
  let end = document.lineStarts[line + 1] ?? document.text.length;
  const start = document.lineStarts[line] ?? end;
  while (end > start && isLineBreak(document.text.charCodeAt(end - 1))) end--;
  return end;
}

export function rangeAt(document: TextDocument, start: number, end: number): TextRange {
  return { start: positionAt(document, start), end: positionAt(document, end) };
}

function isLineBreak(code: number): boolean {
  return code === LF || code === CR;
}
