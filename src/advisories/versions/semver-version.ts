import { compareText } from '../../foundation/base/order.ts';
import { compareDigits } from './digits.ts';
import { compareNumbers, isNumber } from './tokens.ts';

/** A version in the form of Semantic Versioning. Numbers are runs of digits without bound. */
interface Semver {
  readonly numbers: readonly string[];
  readonly prerelease: readonly string[];
  readonly build: readonly string[];
}

const STRICT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Returns whether a version is written as the specification asks: three numbers, no prefix. */
export function isStrictSemver(version: string): boolean {
  return STRICT.test(version);
}

const SHORT = /^\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Returns whether a version is written as the specification asks, or with numbers left out: advisories say 0.12 for 0.12.0. */
export function isShortSemver(version: string): boolean {
  return SHORT.test(version);
}

/**
 * Returns the parts of a version read loosely: a leading `v` or `=` is dropped, `1.2.3beta` is `1.2.3-beta`. More numbers than `maxNumbers` are dropped with all that follows them.
 * Undefined when it does not begin with a number.
 */
export function parseSemver(version: string, maxNumbers = 3): Semver | undefined {
  const match = /^[v=\s]*(\d+(?:\.\d+)*)/i.exec(version);
  if (match === null) return undefined;
  const numbers = (match[1] ?? '0').split('.');
  const rest = numbers.length > maxNumbers ? '' : version.slice(match[0].length);
  const prerelease = /^-?([0-9A-Za-z-][0-9A-Za-z.-]*)/.exec(rest)?.[1];
  const plus = rest.indexOf('+');
  return {
    numbers: numbers.slice(0, maxNumbers),
    prerelease: prerelease === undefined ? [] : prerelease.split('.'),
    build: plus < 0 ? [] : rest.slice(plus + 1).split('.'),
  };
}

/** Returns the order of two versions by precedence: build metadata does not count. What is no version is below all that are, by text. */
export function compareSemver(a: string, b: string, maxNumbers?: number): number {
  return compareParsed(parseSemver(a, maxNumbers), parseSemver(b, maxNumbers), a, b);
}

/** Returns the order by precedence, then by build metadata: with it above without, and compared as pre-releases are. */
export function compareSemverWithBuild(a: string, b: string): number {
  const left = parseSemver(a);
  const right = parseSemver(b);
  return compareParsed(left, right, a, b) || compareIdentifiers(left?.build ?? [], right?.build ?? []);
}

function compareParsed(left: Semver | undefined, right: Semver | undefined, a: string, b: string): number {
  if (left === undefined || right === undefined) return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
  return compareNumbers(left.numbers, right.numbers) || comparePrerelease(left.prerelease, right.prerelease);
}

/** A version with a pre-release is below the one without. */
function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length) - Math.sign(a.length);
  return compareIdentifiers(a, b);
}

/** Numbers are below words; fewer identifiers are below more. */
function compareIdentifiers(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    const order = Number(isNumber(y)) - Number(isNumber(x)) || (isNumber(x) ? compareDigits(x, y) : compareText(x, y));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
