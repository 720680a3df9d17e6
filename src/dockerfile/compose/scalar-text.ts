import type { MappedText } from '../syntax/mapped-text.ts';
import { MappedTextBuilder, sliceMapped } from '../syntax/mapped-text.ts';

/** How a YAML scalar is written. Only the first two can be edited from what they say. */
export type ScalarStyle = 'literal' | 'double-quoted' | 'other';

/** Where a scalar stands in its YAML: offsets, quotes and the block's header included. */
export interface ScalarPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns `value`, which a YAML parser read from the scalar at `place`, with the place of each of its characters; undefined when the way it is written is not one that is followed here
 * (then only the scalar as a whole can be named). What is found is held against `value`, so a place is never a wrong one.
 * @see https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions
 */
export function mapScalar(yaml: string, place: ScalarPlace, value: string): MappedText | undefined {
  const first = yaml[place.start];
  const mapped =
    first === '|' || first === '>'
      ? mapBlock(yaml, place, value, first === '>')
      : first === '"' || first === "'"
        ? mapFlow(yaml, { start: place.start + 1, end: place.end - 1 }, first)
        : mapFlow(yaml, place, '');
  return mapped.text.startsWith(value) ? sliceMapped(mapped, 0, value.length) : undefined;
}

export function styleOf(yaml: string, { start, end }: ScalarPlace): ScalarStyle {
  if (yaml[start] === '|') return 'literal';
  return yaml[start] === '"' && !yaml.slice(start, end).includes('\n') ? 'double-quoted' : 'other';
}

/** The lines of a block scalar: offsets of each, its line break left out. */
export interface BlockLines {
  readonly lines: readonly ScalarPlace[];
  /** Spaces before each line that are no part of the value. */
  readonly indent: number;
}

/** Returns the lines behind the header of a block scalar, of which `value` was read. */
export function blockLines(yaml: string, { start, end }: ScalarPlace, value: string): BlockLines {
  const lines: ScalarPlace[] = [];
  let at = yaml.indexOf('\n', start) + 1;
  while (at > 0 && at < end) {
    const next = yaml.indexOf('\n', at);
    const stop = next < 0 ? end : next;
    lines.push({ start: at, end: yaml[stop - 1] === '\r' && stop - 1 >= at ? stop - 1 : stop });
    if (next < 0) break;
    at = next + 1;
  }
  // The first line that holds something tells the indentation, whether or not the header states it.
  const outer = lines.find((line) => yaml.slice(line.start, line.end).trim() !== '');
  const inner = value.split('\n').find((line) => line.trim() !== '') ?? '';
  return { lines, indent: outer === undefined ? 0 : Math.max(0, countSpaces(yaml, outer.start, outer.end) - countSpaces(inner, 0, inner.length)) };
}

function mapBlock(yaml: string, place: ScalarPlace, value: string, folded: boolean): MappedText {
  const builder = new MappedTextBuilder();
  const { lines, indent } = blockLines(yaml, place, value);
  const bodies = lines.map(({ start, end }) => ({ start: start + Math.min(indent, countSpaces(yaml, start, end)), end }));
  const isPlain = (line: ScalarPlace | undefined): boolean => line !== undefined && line.start < line.end && !/^[ \t]/.test(yaml[line.start] ?? '');
  const following = nextWithText(bodies);
  for (const [index, line] of bodies.entries()) {
    builder.addExact(yaml.slice(line.start, line.end), line.start);
    const next = lines[index + 1]?.start ?? place.end;
    const after = following[index] ?? bodies.length;
    // Folding: between two lines of text the break is a space; where empty lines follow, the first break is none at all.
    if (!folded || !isPlain(line) || !isPlain(bodies[after])) addBreak(builder, '\n', line.end, next);
    else if (after === index + 1) addBreak(builder, ' ', line.end, next);
  }
  return builder.build();
}

/** Returns for each line the index of the next one that holds something. */
function nextWithText(lines: readonly ScalarPlace[]): readonly number[] {
  const next: number[] = [];
  let following = lines.length;
  for (let index = lines.length - 1; index >= 0; index--) {
    next[index] = following;
    const line = lines[index];
    if (line !== undefined && line.start < line.end) following = index;
  }
  return next;
}

function addBreak(builder: MappedTextBuilder, text: string, start: number, end: number): void {
  if (text === '\n' && end - start === 1) builder.addExact(text, start);
  else builder.addOpaque(text, start, end);
}

/** Plain ('') and quoted scalars: escapes decoded, lines folded. */
function mapFlow(yaml: string, { start, end }: ScalarPlace, quote: '' | '"' | "'"): MappedText {
  const builder = new MappedTextBuilder();
  let at = start;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(yaml)?.[0];
  };
  while (at < end) {
    // A run of blanks is taken whole, so that a long one is not looked at again from each of its characters.
    const blanks = take(/[ \t\r\n]+/y);
    const breaks = blanks === undefined ? 0 : blanks.split('\n').length - 1;
    if (blanks !== undefined && breaks > 0) {
      builder.addOpaque(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), at, at + blanks.length);
      at += blanks.length;
    } else if (quote === "'" && yaml.startsWith("''", at)) {
      builder.addOpaque("'", at, at + 2);
      at += 2;
    } else if (quote === '"' && yaml[at] === '\\') {
      const [text, length] = decodeEscape(yaml, at);
      builder.addOpaque(text, at, at + length);
      at += length;
    } else {
      const text = (blanks ?? take(/[^ \t\r\n'\\]+/y) ?? yaml[at] ?? '').slice(0, end - at);
      builder.addExact(text, at);
      at += text.length;
    }
  }
  return builder.build();
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001B',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00A0',
  L: '\u2028',
  P: '\u2029',
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Returns what the escape at `at` stands for, and its length in the YAML. */
function decodeEscape(yaml: string, at: number): readonly [text: string, length: number] {
  const letter = yaml[at + 1] ?? '';
  const digits = HEX_DIGITS[letter];
  if (digits !== undefined) {
    const code = Number.parseInt(yaml.slice(at + 2, at + 2 + digits), 16);
    return [code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '', 2 + digits];
  }
  const lineBreak = /\\\r?\n[ \t]*/y;
  lineBreak.lastIndex = at;
  const joined = lineBreak.exec(yaml)?.[0];
  return joined === undefined ? [ESCAPES[letter] ?? '', 2] : ['', joined.length];
}

function countSpaces(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === ' ') at++;
  return at - start;
}
