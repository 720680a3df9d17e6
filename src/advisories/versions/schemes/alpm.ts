import { compareBy, compareText } from '../../../foundation/base/order.ts';
import { compareDigits } from '../digits.ts';
import { splitEvr } from '../rpm-version.ts';
import type { VersionScheme } from '../scheme.ts';
import { isNumber } from '../tokens.ts';

/**
 * The order of Arch Linux' pacman: epoch, version, release, each cut into runs of digits and letters. It is rpm's old order with two turns of its own: letters that follow a number
 * directly are below the end (`1.0rc1` below `1.0`), and a longer separator is above a shorter one. A missing release is below any; a version that ends in separators, which no package
 * does, is above the one without and below all that continue.
 * @see vercmp(8)
 */
export const scheme: VersionScheme = { id: 'alpm', compare: compareAlpm, isValid: (version) => VALID.test(version) };

const VALID = /^(?:\d+:)?[0-9A-Za-z][0-9A-Za-z._+]*(?:-[0-9]+(?:\.[0-9]+)?)?$/;

interface Run {
  /** Characters that stand between it and the run before. */
  readonly separator: number;
  readonly kind: 'word' | 'end' | 'number';
  readonly text: string;
}

function compareAlpm(a: string, b: string): number {
  const left = splitEvr(a);
  const right = splitEvr(b);
  const order = compareDigits(left.epoch, right.epoch) || comparePart(left.version, right.version);
  if (order !== 0) return order;
  if (left.release === undefined || right.release === undefined) return Number(left.release !== undefined) - Number(right.release !== undefined);
  return comparePart(left.release, right.release);
}

function comparePart(a: string, b: string): number {
  const left = toRuns(a);
  const right = toRuns(b);
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const x = left[i];
    const y = right[i];
    if (x === undefined || y === undefined) break;
    const order = compareRun(x, y);
    if (order !== 0) return order;
  }
  // Both lists close with an end, which equals nothing but an end.
  return 0;
}

const kindsAttached = ['word', 'end', 'number'];
const kindsApart = ['end', 'word', 'number'];

const compareRun = compareBy<Run>(
  (a, b) => Number(a.separator > 0) - Number(b.separator > 0),
  (a, b) => (a.separator === 0 ? kindsAttached.indexOf(a.kind) - kindsAttached.indexOf(b.kind) : Number(b.kind === 'end') - Number(a.kind === 'end')),
  (a, b) => (a.kind === 'end' ? 0 : a.separator - b.separator),
  (a, b) => kindsApart.indexOf(a.kind) - kindsApart.indexOf(b.kind),
  (a, b) => (a.kind === 'number' ? compareDigits(a.text, b.text) : compareText(a.text, b.text)),
);

function toRuns(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(/\d+|[A-Za-z]+/g)) {
    runs.push({ separator: match.index - at, kind: isNumber(match[0]) ? 'number' : 'word', text: match[0] });
    at = match.index + match[0].length;
  }
  return [...runs, { separator: text.length - at, kind: 'end', text: '' }];
}
