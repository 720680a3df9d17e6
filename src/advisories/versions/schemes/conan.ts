import { compareBy } from '../../../foundation/base/order.ts';
import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * The order of Conan's C and C++ packages, whose versions are whatever upstream gave: items parted by dots, numbers by value and below words; letters behind a number (`1.1.1t`) follow it;
 * zeros at the end do not count. `-rc1` is a pre-release. Build metadata does not count: two builds of a version share its flaws. Every string has its place in the same way.
 * @see https://docs.conan.io/2/tutorial/versioning/version_ranges.html
 */
export const scheme: VersionScheme = { id: 'conan', compare: compareConan, isValid: (version) => /^[0-9A-Za-z_][0-9A-Za-z_.+-]*$/.test(version) };

const ranks = { end: 0, number: 1, word: 2, lettersOfNumber: 3 };
const END: Token = { rank: ranks.end, text: '' };

interface ConanVersion {
  readonly items: readonly Token[];
  readonly prerelease: readonly Token[] | undefined;
}

const compareParts = compareBy<ConanVersion>(
  (a, b) => compareTokens(a.items, b.items, END),
  (a, b) => Number(a.prerelease === undefined) - Number(b.prerelease === undefined),
  (a, b) => compareTokens(a.prerelease ?? [], b.prerelease ?? [], END),
);

function compareConan(a: string, b: string): number {
  return compareParts(parse(a), parse(b));
}

function parse(version: string): ConanVersion {
  const [release = ''] = version.trim().toLowerCase().split('+', 1);
  const dash = release.indexOf('-');
  return dash < 0
    ? { items: toTokens(release), prerelease: undefined }
    : { items: toTokens(release.slice(0, dash)), prerelease: toTokens(release.slice(dash + 1)) };
}

function toTokens(text: string): Token[] {
  const tokens = text.split('.').flatMap(toItem);
  while (tokens.at(-1)?.rank === ranks.number && /^0+$/.test(tokens.at(-1)?.text ?? '')) tokens.pop();
  return tokens;
}

function toItem(item: string): Token[] {
  const digits = /^\d+/.exec(item)?.[0];
  if (digits === undefined) return item === '' ? [] : [{ rank: ranks.word, text: item }];
  const number: Token = { rank: ranks.number, text: digits, isNumber: true };
  return isNumber(item) ? [number] : [number, { rank: ranks.lettersOfNumber, text: item.slice(digits.length) }];
}
