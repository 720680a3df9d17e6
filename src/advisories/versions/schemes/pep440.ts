import { compareText } from '../../../foundation/base/order.ts';
import { compareDigits } from '../digits.ts';
import { parsePep440 } from '../pep440-version.ts';
import type { Pep440Version } from '../pep440-version.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * Python's order: epoch, release, then development, alpha, beta, candidate, final, post, and local label last. Strings that PEP 440 does not know are below all that it
 * does, and among themselves in the order that setuptools gave them before PEP 440.
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
export const scheme: VersionScheme = { id: 'pep440', compare: comparePep440, isValid: (version) => parsePep440(version) !== undefined };

function comparePep440(a: string, b: string): number {
  const left = parsePep440(a);
  const right = parsePep440(b);
  if (left === undefined || right === undefined) return left !== undefined ? 1 : right !== undefined ? -1 : compareLegacy(a, b);
  return (
    compareDigits(left.epoch, right.epoch) ||
    compareRelease(left.release, right.release) ||
    comparePrerelease(left, right) ||
    compareOptional(left.post, right.post, -1) ||
    compareOptional(left.dev, right.dev, 1) ||
    compareLocal(left.local, right.local)
  );
}

function compareRelease(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const order = compareDigits(a[i] ?? '0', b[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Phases: 1.0.dev1 is below 1.0a1, which is below 1.0b1, 1.0rc1, and 1.0 itself. */
function comparePrerelease(a: Pep440Version, b: Pep440Version): number {
  return phase(a) - phase(b) || compareDigits(a.pre?.number ?? '0', b.pre?.number ?? '0');
}

function phase(version: Pep440Version): number {
  if (version.pre !== undefined) return ['a', 'b', 'rc'].indexOf(version.pre.phase);
  return version.dev !== undefined && version.post === undefined ? -1 : 3;
}

/** `whenAbsent` is where a version without the field stands: -1 below those that have it, 1 above. */
function compareOptional(a: string | undefined, b: string | undefined, whenAbsent: 1 | -1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? whenAbsent : -whenAbsent;
  return compareDigits(a, b);
}

/** No label is below any label; words are below numbers; fewer fields are below more. */
function compareLocal(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    const order = Number(isNumber(x)) - Number(isNumber(y)) || (isNumber(x) ? compareDigits(x, y) : compareText(x, y));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function isNumber(field: string): boolean {
  return /^\d+$/.test(field);
}

const legacyWords = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['rc', 'c'],
  ['dev', '@'],
  ['-', 'final-'],
]);

/** Fields in the order of setuptools 8: words below 'final' are pre-releases, and take the zeros and dashes before them away. */
function compareLegacy(a: string, b: string): number {
  const left = legacyFields(a);
  const right = legacyFields(b);
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const order = compareText(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function legacyFields(version: string): string[] {
  const fields: string[] = [];
  for (const part of [...splitLegacy(version.toLowerCase()), 'final']) {
    if (/^\d/.test(part)) {
      fields.push(part.padStart(8, '0'));
      continue;
    }
    const word = `*${legacyWords.get(part) ?? part}`;
    if (word < '*final') while (fields.at(-1) === '*final-') fields.pop();
    while (fields.at(-1) === '00000000') fields.pop();
    fields.push(word);
  }
  return fields;
}

function splitLegacy(version: string): string[] {
  return version.match(/\d+|[a-z]+|-|[^\da-z.-]+/g) ?? [];
}
