import type { Fix } from '../../foundation/model/diagnostic.ts';
import type { TextEdit, TextPosition, TextRange } from '../../foundation/model/text-range.ts';
import { originRange } from '../syntax/mapped-text.ts';
import type { MappedText } from '../syntax/mapped-text.ts';
import type { TextDocument } from '../syntax/text-document.ts';
import { createTextDocument, offsetAt, positionAt, rangeAt } from '../syntax/text-document.ts';
import { editBlock } from './block-edit.ts';
import type { InlineDockerfile } from './inline-dockerfiles.ts';
import { blockLines, styleOf } from './scalar-text.ts';
import type { BlockLines, ScalarStyle } from './scalar-text.ts';

/** Takes places and edits of an inline Dockerfile to the compose file around it, and back. */
export class InlinePlace {
  readonly #yaml: TextDocument;
  readonly #inline: InlineDockerfile;
  readonly #inner: TextDocument;
  readonly #style: ScalarStyle;
  #block: BlockLines | undefined;

  constructor(yaml: TextDocument, inline: InlineDockerfile) {
    this.#yaml = yaml;
    this.#inline = inline;
    this.#inner = createTextDocument(inline.text);
    this.#style = inline.source === undefined ? 'other' : styleOf(yaml.text, inline.place);
  }

  get range(): TextRange {
    return rangeAt(this.#yaml, this.#inline.place.start, this.#inline.place.end);
  }

  /** Returns the place in the compose file: the whole scalar where no better one is known. */
  toOuter(range: TextRange): TextRange {
    const { source, text } = this.#inline;
    if (source === undefined || text === '') return this.range;
    return rangeAt(this.#yaml, ...originRangeOf(source, offsetAt(this.#inner, range.start), offsetAt(this.#inner, range.end)));
  }

  /** Returns the place in the inline Dockerfile of a place in the compose file; undefined outside of it. */
  toInner(position: TextPosition): TextPosition | undefined {
    const { source, place } = this.#inline;
    const offset = offsetAt(this.#yaml, position);
    if (source === undefined || offset < place.start || offset > place.end) return undefined;
    const piece = source.pieces.findLast(({ start }) => start <= offset);
    if (piece === undefined) return { line: 0, character: 0 };
    return positionAt(this.#inner, piece.at + (piece.exact ? Math.min(offset, piece.end) - piece.start : 0));
  }

  /** Returns the fixes that can be written into the YAML so that it says what the fix means; the others are left out. */
  toOuterFixes(fixes: readonly Fix[]): readonly Fix[] {
    return fixes.flatMap((fix) => {
      const edits = this.toOuterEdits(fix.edits);
      return edits === undefined ? [] : [{ ...fix, edits }];
    });
  }

  toOuterEdits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
    switch (this.#style) {
      case 'literal':
        // Within a line; what begins at a line's start could change what YAML takes for indentation.
        return edits.every(({ range, newText }) => range.start.line === range.end.line && range.start.character > 0 && !newText.includes('\n'))
          ? edits.map(({ range, newText }) => ({ range: this.toOuter(range), newText }))
          : this.#editLines(edits);
      case 'double-quoted':
        return edits.map(({ range, newText }) => ({ range: this.toOuter(range), newText: escapeForQuotes(newText) }));
      case 'other':
        return undefined;
    }
  }

  #editLines(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
    this.#block ??= blockLines(this.#yaml.text, this.#inline.place, this.#inline.text);
    const edit = editBlock(this.#yaml.text, this.#block, this.#inline.text, applyEdits(this.#inner, edits));
    return edit === undefined ? undefined : [{ range: rangeAt(this.#yaml, edit.start, edit.end), newText: edit.newText }];
  }
}

/** An empty stretch at the end of the text lies behind the last character. */
function originRangeOf(source: MappedText, from: number, to: number): readonly [start: number, end: number] {
  if (from < source.text.length || from === 0) return originRange(source, from, to);
  const [, end] = originRange(source, from - 1, from);
  return [end, end];
}

function applyEdits(document: TextDocument, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of edits) {
    result += document.text.slice(at, offsetAt(document, range.start)) + newText;
    at = offsetAt(document, range.end);
  }
  return result + document.text.slice(at);
}

function escapeForQuotes(text: string): string {
  // JSON's escapes are all escapes of a double-quoted YAML scalar.
  return JSON.stringify(text).slice(1, -1);
}
