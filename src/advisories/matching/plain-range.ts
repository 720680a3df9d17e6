/** The numbers that a version begins with. */
export interface LeadingNumbers {
  readonly numbers: readonly number[];
  /** Whether there is nothing but them. */
  readonly isWhole: boolean;
}

/** How a version that a range names bounds it. */
export interface PlainBound extends LeadingNumbers {
  /** '<', '<=', '>', '>=', '=', '==', '~>'. The ends of an interval are written as comparators. */
  readonly operator: string;
  readonly version: string;
}

/** A range whose versions all begin with numbers. */
export interface PlainRange {
  /** All bounds of one of them must hold. */
  readonly alternatives: readonly (readonly PlainBound[])[];
  /** Whether some of it is written `[1.0,2.0)`. */
  readonly hasIntervals: boolean;
  /** Whether some of it is written `~> 1.2`. */
  readonly hasPessimistic: boolean;
}

/** What is read of a version: four numbers of nine digits. */
const MAX_NUMBERS = 4;
const MAX_DIGITS = 9;

/** Where in a text the reader is. */
interface Cursor {
  readonly text: string;
  at: number;
}

/**
 * Returns a range that is nothing but comparators and intervals, '>=1.0.0, <1.2.3 || =2.0.0-rc.1' or '(,1.0],[1.2,1.3)'; undefined for any other, and for one that only a scheme can read. Nearly all are, and there are ten of them for
 * each package: so they are read by character. A version that stands alone is that version, and a lower bound of 0 with another behind it is none.
 */
export function parsePlainRange(text: string): PlainRange | undefined {
  const cursor: Cursor = { text, at: 0 };
  const alternatives: (readonly PlainBound[])[] = [];
  let hasIntervals = false;
  do {
    skipBlanks(cursor);
    if (isAt(cursor, '[') || isAt(cursor, '(')) {
      hasIntervals = true;
      if (!readIntervals(cursor, alternatives)) return undefined;
    } else {
      const bounds = alternatives.length === 0 && isDigit(text.charCodeAt(cursor.at)) ? readAlone(cursor) : readComparators(cursor);
      if (bounds === undefined) return undefined;
      alternatives.push(bounds);
    }
  } while (skipBars(cursor));
  return cursor.at === text.length ? { alternatives, hasIntervals, hasPessimistic: text.includes('~') } : undefined;
}

/** Returns the numbers that a version begins with, after a `v` maybe; undefined when it does not, or when they count an epoch: 1!2.0. */
export function leadingNumbers(version: string): LeadingNumbers | undefined {
  const cursor: Cursor = { text: version, at: version.startsWith('v') ? 1 : 0 };
  const numbers = readNumbers(cursor);
  return numbers === undefined || isAt(cursor, '!') || isAt(cursor, ':') ? undefined : { numbers, isWhole: cursor.at === version.length };
}

function readAlone(cursor: Cursor): readonly PlainBound[] | undefined {
  const bound = readBound(cursor, '=');
  skipBlanks(cursor);
  return bound !== undefined && cursor.at === cursor.text.length ? [bound] : undefined;
}

/** Bounds with commas or blanks between them, up to the end or a bar. */
function readComparators(cursor: Cursor): readonly PlainBound[] | undefined {
  const bounds: PlainBound[] = [];
  let isFirst = true;
  do {
    const operator = readOperator(cursor);
    skipBlanks(cursor);
    const bound = operator === undefined ? undefined : readBound(cursor, operator);
    if (bound === undefined) return undefined;
    const end = cursor.at;
    skipBlanks(cursor);
    const hasComma = skip(cursor, ',');
    skipBlanks(cursor);
    const isBeginning = isFirst && hasComma && bound.operator === '>=' && bound.version === '0';
    if (!isBeginning) bounds.push(bound);
    if (cursor.at === end && !isAtEnd(cursor)) return undefined;
    isFirst = false;
  } while (!isAtEnd(cursor));
  return bounds.length === 0 ? undefined : bounds;
}

/** Intervals one behind the other, each an alternative, up to the end or a bar. */
function readIntervals(cursor: Cursor, alternatives: (readonly PlainBound[])[]): boolean {
  do {
    const isFromIncluded = skip(cursor, '[');
    if (!isFromIncluded && !skip(cursor, '(')) return false;
    const from = readEnd(cursor, isFromIncluded ? '>=' : '>');
    const hasComma = skip(cursor, ',');
    const to = hasComma ? readEnd(cursor, '<') : undefined;
    const isToIncluded = skip(cursor, ']');
    if (from === undefined || (hasComma && to === undefined) || (!isToIncluded && !skip(cursor, ')'))) return false;
    // `[1.0]` is that version, and there is no `(1.0)`.
    if (!hasComma && (!isFromIncluded || !isToIncluded || from === 'none')) return false;
    alternatives.push(hasComma ? toBounds(from, to, isToIncluded) : from === 'none' ? [] : [{ ...from, operator: '=' }]);
    while (skip(cursor, ',') || skip(cursor, ' '));
  } while (!isAtEnd(cursor));
  return true;
}

function toBounds(from: PlainBound | 'none', to: PlainBound | 'none' | undefined, isToIncluded: boolean): readonly PlainBound[] {
  const bounds: PlainBound[] = [];
  if (from !== 'none') bounds.push(from);
  if (to !== undefined && to !== 'none') bounds.push(isToIncluded ? { ...to, operator: '<=' } : to);
  return bounds;
}

/** An end of an interval; undefined when it begins with no number. */
function readEnd(cursor: Cursor, operator: string): PlainBound | 'none' | undefined {
  skipBlanks(cursor);
  const end = isDigit(cursor.text.charCodeAt(cursor.at)) ? readBound(cursor, operator) : 'none';
  skipBlanks(cursor);
  return end;
}

function readBound(cursor: Cursor, operator: string): PlainBound | undefined {
  const start = cursor.at;
  const numbers = readNumbers(cursor);
  if (numbers === undefined) return undefined;
  const end = cursor.at;
  while (isOfVersion(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
  const version = cursor.text.slice(start, cursor.at);
  if (cursor.at === end) return { operator, version, numbers, isWhole: true };
  // '1.0.x' is a series.
  return operator === '~>' || /x/i.test(version) ? undefined : { operator, version, numbers, isWhole: false };
}

function readOperator(cursor: Cursor): string | undefined {
  if (skip(cursor, '<')) return skip(cursor, '=') ? '<=' : '<';
  if (skip(cursor, '>')) return skip(cursor, '=') ? '>=' : '>';
  if (skip(cursor, '=')) return skip(cursor, '=') ? '==' : '=';
  return skip(cursor, '~') && skip(cursor, '>') ? '~>' : undefined;
}

/** Most of the time that reading ranges takes is spent here: nothing is called but what reads a character. */
function readNumbers(cursor: Cursor): readonly number[] | undefined {
  const { text } = cursor;
  const numbers: number[] = [];
  let at = cursor.at;
  let code = text.charCodeAt(at);
  for (;;) {
    const start = at;
    let value = 0;
    while (code >= ZERO && code <= NINE) {
      value = value * 10 + code - ZERO;
      at += 1;
      code = text.charCodeAt(at);
    }
    if (at === start || at - start > MAX_DIGITS) return undefined;
    numbers.push(value);
    if (code !== DOT || numbers.length === MAX_NUMBERS) break;
    code = text.charCodeAt(at + 1);
    // What a dot without a number begins is no part of them: 1.0.Final.
    if (!(code >= ZERO && code <= NINE)) break;
    at += 1;
  }
  cursor.at = at;
  return numbers;
}

const [ZERO, NINE, DOT] = [0x30, 0x39, 0x2e];

/** Letters, digits, and `+-._`. */
function isOfVersion(code: number): boolean {
  if (Number.isNaN(code) || code <= 0x2a || code === 0x2c) return false;
  return (
    isDigit(code) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x5f
  );
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isAt({ text, at }: Cursor, character: string): boolean {
  return text[at] === character;
}

function isAtEnd({ text, at }: Cursor): boolean {
  return at === text.length || (text[at] === '|' && text[at + 1] === '|');
}

function skip(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

function skipBlanks(cursor: Cursor): void {
  while (skip(cursor, ' '));
}

function skipBars(cursor: Cursor): boolean {
  return skip(cursor, '|') && skip(cursor, '|');
}
