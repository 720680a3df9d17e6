import { compareDigits } from '../digits.ts';
import { compareRpmPart, splitEvr } from '../rpm-version.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * The order of rpm: epoch, then version, then release, each cut into runs of digits and of letters; `~` sorts below the end, `^` just above it. A missing release is below an empty one.
 * What stands before the first colon is an epoch only when it is a number; any other string is read in the same way, its odd characters as separators.
 * @see https://rpm-software-management.github.io/rpm/man/rpm-version.7
 */
export const scheme: VersionScheme = { id: 'rpm', compare: compareRpm, isValid: (version) => VALID.test(version) };

const VALID = /^(?:\d+:)?[0-9A-Za-z][0-9A-Za-z._+~^]*(?:-[0-9A-Za-z._+~^]+)?$/;

function compareRpm(a: string, b: string): number {
  const left = splitEvr(a);
  const right = splitEvr(b);
  const order = compareDigits(left.epoch, right.epoch) || compareRpmPart(left.version, right.version);
  if (order !== 0) return order;
  if (left.release === undefined || right.release === undefined) return Number(left.release !== undefined) - Number(right.release !== undefined);
  return compareRpmPart(left.release, right.release);
}
