/** Outcome of reading untrusted input: whatever could be read, and what could not. Parsers return this and never throw on input. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly ParseProblem[];
}

/** One thing a parser could not read. `offset` is in bytes (or UTF-16 units for text), `line` is 1-based. */
export interface ParseProblem {
  readonly message: string;
  readonly offset?: number;
  readonly line?: number;
  /** Nothing at all of the file could be read, though it is what it should be. */
  readonly isWholeFile?: true;
}

/** Returns the message of anything thrown, on one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();
}
