import { compareText } from '../../foundation/base/order.ts';
import { compareDigits } from './digits.ts';

/** A piece of a version. `rank` tells its kind from the others, from lowest to highest; `text` orders the pieces of one kind. */
export interface Token {
  readonly rank: number;
  readonly text: string;
  /** The text is a run of digits, ordered by value. All tokens of a rank are numbers, or none is. */
  readonly isNumber?: boolean;
}

/**
 * Returns the order of two versions that were cut into tokens, the first difference deciding. `end` stands behind the last token of the shorter one, as often as it takes: where it
 * ranks says whether `1.0` is below, above or equal to what continues it. Comparing keys made of one version each is what makes the order total.
 */
export function compareTokens(a: readonly Token[], b: readonly Token[], end: Token): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const order = compareToken(a[i] ?? end, b[i] ?? end);
    if (order !== 0) return order;
  }
  return 0;
}

function compareToken(a: Token, b: Token): number {
  return a.rank - b.rank || (a.isNumber === true ? compareDigits(a.text, b.text) : compareText(a.text, b.text));
}

/** Returns the order of two lists of numbers, a missing one counting as zero. */
export function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const order = compareDigits(a[i] ?? '0', b[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Returns whether a piece is made of ASCII digits only, and has one. */
export function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
