import { compareText } from '../../../foundation/base/order.ts';
import { compareDigits } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * The order of Microsoft's update ids, `KB5034441` or `5034441`: by number. They are given out as updates are made, so that a higher one is a later one, which says nothing of whether it
 * replaces the lower. Strings that are no id are below all that are, by text.
 * @see https://support.microsoft.com/
 */
export const scheme: VersionScheme = { id: 'kb', compare: compareKb, isValid: (version) => numberOf(version) !== undefined };

function compareKb(a: string, b: string): number {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left === undefined || right === undefined) return left !== undefined ? 1 : right !== undefined ? -1 : compareText(a, b);
  return compareDigits(left, right);
}

function numberOf(text: string): string | undefined {
  return /^\s*(?:KB)?(\d+)\s*$/i.exec(text)?.[1];
}
