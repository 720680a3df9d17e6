import { compareText } from '../../../foundation/base/order.ts';
import { compareDigits, isDigit } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * Alpine's order: `number{.number}{letter}{_suffix{number}}{~hash}{-r number}`, compared piece by piece; where one version has a piece that the other lacks, the kind of
 * piece decides. A string that is no version keeps its place by its readable beginning: whatever follows that cannot be read counts as one piece just below the end, so
 * that '1.2_blah' is below '1.2' and equal to '1.2_foo'.
 * @see apk-tools doc/apk-package.5.scd
 */
export const scheme: VersionScheme = { id: 'apk', compare: compareApk, isValid: isApkVersion };

/** From lowest to highest, when two versions differ in kind at the same place: a pre-release is below everything, one more number is above everything. */
const kinds = [
  'preSuffix',
  'unreadable',
  'gap',
  'end',
  'revision',
  'hash',
  'suffixNumber',
  'postSuffix',
  'letter',
  'letterNumber',
  'number',
  'firstNumber',
] as const;
type Kind = (typeof kinds)[number];

interface Piece {
  readonly kind: Kind;
  readonly text: string;
}

const preSuffixes = ['alpha', 'beta', 'pre', 'rc'];
const postSuffixes = ['cvs', 'svn', 'git', 'hg', 'p'];

function isApkVersion(version: string): boolean {
  return readPieces(version).every(
    (piece) => piece.kind !== 'unreadable' && piece.kind !== 'gap' && piece.kind !== 'letterNumber' && piece.text !== '-r',
  );
}

function compareApk(a: string, b: string): number {
  const left = readPieces(a);
  const right = readPieces(b);
  for (let i = 0; ; i += 1) {
    const x = left[i];
    const y = right[i];
    // Both lists close with 'end' or 'unreadable', and equal pieces before that keep them in step.
    if (x === undefined || y === undefined) return 0;
    const order = comparePiece(x, y);
    if (order !== 0) return order;
  }
}

function comparePiece(a: Piece, b: Piece): number {
  if (a.kind !== b.kind) return kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
  switch (a.kind) {
    case 'number':
      // A leading zero makes it a decimal fraction: 1.02 is below 1.1.
      return a.text.startsWith('0') || b.text.startsWith('0') ? compareText(a.text, b.text) : compareDigits(a.text, b.text);
    case 'firstNumber':
    case 'suffixNumber':
    case 'letterNumber':
      return compareDigits(a.text, b.text);
    case 'revision':
      return compareDigits(a.text.slice(2), b.text.slice(2));
    case 'preSuffix':
      return preSuffixes.indexOf(a.text) - preSuffixes.indexOf(b.text);
    case 'postSuffix':
      return postSuffixes.indexOf(a.text) - postSuffixes.indexOf(b.text);
    case 'letter':
    case 'hash':
      return compareText(a.text, b.text);
    case 'unreadable':
    case 'gap':
    case 'end':
      return 0;
  }
}

function readPieces(version: string): Piece[] {
  const text = version.trim();
  const pieces: Piece[] = [];
  let at = takeDigits(text, 0);
  pieces.push(at === 0 ? { kind: 'gap', text: '' } : { kind: 'firstNumber', text: text.slice(0, at) });
  while (at < text.length) {
    const found = readPiece(text, at, pieces.at(-1)?.kind ?? 'end');
    if (found === undefined) return [...pieces, { kind: 'unreadable', text: '' }];
    pieces.push(found.piece);
    at = found.next;
  }
  return [...pieces, { kind: 'end', text: '' }];
}

function readPiece(text: string, at: number, previous: Kind): { piece: Piece; next: number } | undefined {
  const inNumbers = previous === 'firstNumber' || previous === 'number' || previous === 'gap';
  if (isDigit(text, at)) {
    const next = takeDigits(text, at);
    const kind = previous === 'preSuffix' || previous === 'postSuffix' ? 'suffixNumber' : previous === 'letter' ? 'letterNumber' : undefined;
    return kind && { piece: { kind, text: text.slice(at, next) }, next };
  }
  switch (text[at]) {
    case '.': {
      const next = takeDigits(text, at + 1);
      if (!inNumbers) return undefined;
      // '1..2' and '1.r2' are no versions, but apk goes on behind the gap, and so do the vectors.
      return { piece: next === at + 1 ? { kind: 'gap', text: '' } : { kind: 'number', text: text.slice(at + 1, next) }, next };
    }
    case '_': {
      if (previous === 'hash' || previous === 'revision') return undefined;
      const word = /^[a-z]+/.exec(text.slice(at + 1, at + 8))?.[0] ?? '';
      const kind = preSuffixes.includes(word) ? 'preSuffix' : postSuffixes.includes(word) ? 'postSuffix' : undefined;
      return kind && { piece: { kind, text: word }, next: at + 1 + word.length };
    }
    case '~': {
      const hash = /^[0-9a-f]+/.exec(text.slice(at + 1))?.[0];
      if (hash === undefined || previous === 'hash' || previous === 'revision') return undefined;
      return { piece: { kind: 'hash', text: hash }, next: at + 1 + hash.length };
    }
    case '-': {
      const next = takeDigits(text, at + 2);
      if (text[at + 1] !== 'r' || previous === 'revision' || (next < text.length && text[next] !== '-')) return undefined;
      return { piece: { kind: 'revision', text: text.slice(at, next) }, next };
    }
    default:
      return inNumbers && /[a-z]/.test(text.charAt(at)) ? { piece: { kind: 'letter', text: text.charAt(at) }, next: at + 1 } : undefined;
  }
}

function takeDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text, end)) end += 1;
  return end;
}
