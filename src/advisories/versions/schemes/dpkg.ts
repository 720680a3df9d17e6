import { compareDigits, isDigit } from '../digits.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * Debian's order: epoch, then upstream version, then revision. A string that is no version (a letter for an epoch, an odd character) is still read the same way: what
 * stands before the first colon counts as an epoch only when it is a number, and any other character sorts as dpkg sorts punctuation, behind the letters.
 * @see deb-version(7)
 */
export const scheme: VersionScheme = { id: 'dpkg', compare: compareDpkg, isValid: isDpkgVersion };

const VALID = /^(?:\d+:)?\d[A-Za-z0-9.+~:-]*$/;

function isDpkgVersion(version: string): boolean {
  return VALID.test(version.trim());
}

function compareDpkg(a: string, b: string): number {
  const left = splitVersion(a);
  const right = splitVersion(b);
  return compareDigits(left.epoch, right.epoch) || comparePart(left.upstream, right.upstream) || comparePart(left.revision, right.revision);
}

function splitVersion(raw: string): { epoch: string; upstream: string; revision: string } {
  const text = raw.trim();
  const colon = text.indexOf(':');
  const hasEpoch = colon > 0 && /^\d+$/.test(text.slice(0, colon));
  const rest = hasEpoch ? text.slice(colon + 1) : text;
  const dash = rest.lastIndexOf('-');
  return {
    epoch: hasEpoch ? text.slice(0, colon) : '0',
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/** Compares alternating runs of non-digits and digits; an absent number counts as zero, so that '1.0' and '1.0-0' are equal. */
function comparePart(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a, i)) || (j < b.length && !isDigit(b, j))) {
      const order = weigh(a, i) - weigh(b, j);
      if (order !== 0) return order;
      i += 1;
      j += 1;
    }
    const endA = endOfDigits(a, i);
    const endB = endOfDigits(b, j);
    const order = compareDigits(a.slice(i, endA), b.slice(j, endB));
    if (order !== 0) return order;
    i = endA;
    j = endB;
  }
  return 0;
}

/** A tilde sorts before the end of the string, which sorts before letters, which sort before everything else. */
function weigh(text: string, index: number): number {
  if (index >= text.length || isDigit(text, index)) return 0;
  const code = text.charCodeAt(index);
  if (code === 0x7e) return -1;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isLetter ? code : code + 256;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (end < text.length && isDigit(text, end)) end += 1;
  return end;
}
