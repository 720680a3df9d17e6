import { compareText } from '../../../foundation/base/order.ts';
import { compareDigits } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * The order of Gentoo: numbers, a letter, suffixes, revision. A number after the first that begins with a zero is a decimal fraction: 1.02 is below 1.1. A string that is no version
 * keeps its place by its readable beginning; without one it is below all versions, by text.
 * @see https://projects.gentoo.org/pms/8/pms.html#version-comparison
 */
export const scheme: VersionScheme = { id: 'portage', compare: comparePortage, isValid: (version) => parseVersion(version)?.isWhole === true };

const suffixes = ['_alpha', '_beta', '_pre', '_rc', '', '_p'];
const SHAPE = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?/;

interface PortageVersion {
  readonly numbers: readonly string[];
  readonly letter: string;
  readonly suffixes: readonly { readonly rank: number; readonly number: string }[];
  readonly revision: string;
  readonly isWhole: boolean;
}

function parseVersion(text: string): PortageVersion | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [whole, numbers = '', letter = '', tail = '', revision = '0'] = match;
  const parts = [...tail.matchAll(/(_[a-z]+)(\d*)/g)].map(([, word = '', number = '']) => ({ rank: suffixes.indexOf(word), number }));
  return { numbers: numbers.split('.'), letter, suffixes: parts, revision, isWhole: whole.length === text.length };
}

function comparePortage(a: string, b: string): number {
  const left = parseVersion(a);
  const right = parseVersion(b);
  if (left === undefined || right === undefined) return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
  return (
    compareNumbers(left.numbers, right.numbers) ||
    compareText(left.letter, right.letter) ||
    compareSuffixes(left, right) ||
    compareDigits(left.revision, right.revision)
  );
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    const isFraction = i > 0 && (x.startsWith('0') || y.startsWith('0'));
    const order = isFraction ? compareText(withoutEndingZeros(x), withoutEndingZeros(y)) : compareDigits(x, y);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function withoutEndingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** Where one has no suffix left, that counts as the empty one, between _rc and _p. */
function compareSuffixes(a: PortageVersion, b: PortageVersion): number {
  const none = { rank: suffixes.indexOf(''), number: '' };
  for (let i = 0; i < Math.max(a.suffixes.length, b.suffixes.length); i += 1) {
    const x = a.suffixes[i] ?? none;
    const y = b.suffixes[i] ?? none;
    const order = x.rank - y.rank || compareDigits(x.number, y.number);
    if (order !== 0) return order;
  }
  return 0;
}
