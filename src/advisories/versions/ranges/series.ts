import type { Comparator } from './grammar.ts';

/**
 * The shorthands for a series of versions, spelled out as bounds. `lowest` is what the scheme puts behind a version for the lowest of its pre-releases: 2.0.0-beta is not in `^1.2`, though
 * it is below 2.0.0.
 */

/** Returns `^1.2.3`: up to the next change of the first number that is not zero; of the last one given, when all are. */
export function caret(version: string, lowest: string): readonly Comparator[] | undefined {
  const numbers = numbersOf(version);
  if (numbers === undefined) return undefined;
  const first = numbers.slice(0, 3).findIndex((number) => !isZero(number));
  return series(version, numbers, first < 0 ? Math.min(numbers.length, 3) - 1 : first, lowest);
}

/** Returns `~1.2.3`: up to the next second number; `~1`: up to the next first. */
export function tilde(version: string, lowest: string): readonly Comparator[] | undefined {
  const numbers = numbersOf(version);
  return numbers && series(version, numbers, Math.min(numbers.length - 1, 1), lowest);
}

/** Returns `~> 1.2.3`: up to the next change of the number before the last one given; `~> 1`: up to the next first. */
export function pessimistic(version: string, lowest: string): readonly Comparator[] | undefined {
  const numbers = numbersOf(version);
  return numbers && series(version, numbers, Math.max(numbers.length - 2, 0), lowest);
}

/** Returns `1.2.*` and `1.2.x`: every version that begins so; none bounds `*`. Undefined for what has no wildcard. */
export function wildcard(version: string, lowest: string): readonly Comparator[] | undefined {
  const match = /^v?((?:\d+\.)*)[*xX](?:\.[*xX])*$/.exec(version);
  if (match === null) return undefined;
  const numbers = (match[1] ?? '').split('.').filter((number) => number !== '');
  return numbers.length === 0 ? [] : series(`${numbers.join('.')}${lowest}`, numbers, numbers.length - 1, lowest);
}

/** Returns `1.2 - 2.3`: both ends included, the upper one with everything that begins so when it is not whole. */
export function hyphen(from: string, to: string, lowest: string): readonly Comparator[] {
  const numbers = /^v?\d+(?:\.\d+)?$/.test(to) ? numbersOf(to) : undefined;
  const upper = numbers === undefined ? undefined : series(to, numbers, numbers.length - 1, lowest)[1];
  return [{ operator: '>=', version: from }, upper ?? { operator: '<=', version: to }];
}

function series(from: string, numbers: readonly string[], index: number, lowest: string): readonly Comparator[] {
  const next = [...numbers.slice(0, index), increment(numbers[index] ?? '0')].join('.');
  return [
    { operator: '>=', version: from },
    { operator: '<', version: `${next}${lowest}` },
  ];
}

/** Returns the numbers that a version begins with, undefined when there is none. */
export function numbersOf(version: string): readonly string[] | undefined {
  return /^v?(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split('.');
}

function isZero(digits: string): boolean {
  return /^0+$/.test(digits);
}

/** Digit by digit: a number of a version may be longer than any integer type wants. */
function increment(digits: string): string {
  let nines = 0;
  while (nines < digits.length && digits.charAt(digits.length - 1 - nines) === '9') nines += 1;
  const kept = digits.slice(0, digits.length - nines);
  const last = kept === '' ? '1' : String(Number(kept.slice(-1)) + 1);
  return `${kept.slice(0, -1)}${last}${'0'.repeat(nines)}`;
}
