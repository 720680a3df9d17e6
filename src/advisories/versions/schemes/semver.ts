import { valid } from 'semver';
import { compareBy, compareText } from '../../../foundation/base/order.ts';
import { compareDigits } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * The order of Semantic Versioning, read as loosely as the npm client reads it: a leading `v` or `=` is dropped, missing numbers are zero, `1.2.3beta` is `1.2.3-beta`, and
 * numbers have no upper bound. Build metadata, and whatever stands behind the third number, does not count. Strings that are no version are below all that are, by text.
 * @see https://semver.org/#spec-item-11
 */
export const scheme: VersionScheme = { id: 'semver', compare: compareSemver, isValid: isSemver };

interface Semver {
  readonly numbers: readonly [string, string, string];
  readonly prerelease: readonly string[];
}

const SHAPE = /^[v=\s]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)$/s;

function isSemver(version: string): boolean {
  return valid(version) !== null;
}

function compareSemver(a: string, b: string): number {
  const left = parseSemver(a);
  const right = parseSemver(b);
  if (left === undefined || right === undefined) return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
  for (const index of [0, 1, 2] as const) {
    const order = compareDigits(left.numbers[index], right.numbers[index]);
    if (order !== 0) return order;
  }
  return comparePrerelease(left.prerelease, right.prerelease);
}

function parseSemver(version: string): Semver | undefined {
  const match = SHAPE.exec(version);
  if (match === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', rest = ''] = match;
  const release = /^-?([0-9A-Za-z-][0-9A-Za-z.-]*)/.exec(rest)?.[1];
  return { numbers: [major, minor, patch], prerelease: release === undefined ? [] : release.split('.') };
}

/** A version with a pre-release is below the one without; numbers are below words; fewer fields are below more. */
function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length) - Math.sign(a.length);
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = compareField(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const compareField = compareBy<string>(
  (a, b) => Number(!isNumber(a)) - Number(!isNumber(b)),
  (a, b) => (isNumber(a) ? compareDigits(a, b) : compareText(a, b)),
);

function isNumber(field: string): boolean {
  return /^\d+$/.test(field);
}
