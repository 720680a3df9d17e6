import { compareText } from '../../foundation/base/order.ts';

/** Returns the order of two runs of decimal digits by value, whatever their length: versions hold dates, hashes and worse. An empty run counts as zero. */
export function compareDigits(a: string, b: string): number {
  const left = stripZeros(a);
  const right = stripZeros(b);
  return left.length - right.length || compareText(left, right);
}

/** Returns whether the UTF-16 unit at `index` is an ASCII digit. */
export function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0x30 && code <= 0x39;
}

function stripZeros(digits: string): string {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 0x30) start += 1;
  return digits.slice(start);
}
