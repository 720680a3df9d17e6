/** A place in a text document. Lines and characters are 0-based; characters count UTF-16 units. @see LSP 3.17 Position */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Half open: `end` is the place behind the last character. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}
