import { compareTokens } from '../tokens.ts';
import type { VersionScheme } from '../scheme.ts';

/**
 * The order of R's packages: numbers parted by dots or dashes, which mean the same; more numbers are above fewer, zeros included. Anything else separates too; a string without a digit
 * is below all that have one.
 * @see https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html
 */
export const scheme: VersionScheme = {
  id: 'cran',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), { rank: 0, text: '' }),
  isValid: (version) => /^\d+(?:[.-]\d+)+$/.test(version),
};

function toTokens(version: string) {
  return (version.match(/\d+/g) ?? []).map((text) => ({ rank: 1, text, isNumber: true }));
}
