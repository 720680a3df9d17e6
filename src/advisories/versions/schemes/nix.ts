import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * The order of Nix: runs of digits and of anything else, parted by dots and dashes. `pre` is below the end, which is below other words by text, which are below numbers. Every string has
 * its place in the same way.
 * @see https://nix.dev/manual/nix/latest/language/builtins#builtins-compareVersions
 */
export const scheme: VersionScheme = {
  id: 'nix',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), END),
  isValid: (version) => /^[0-9A-Za-z][0-9A-Za-z.+_?=-]*$/.test(version),
};

const ranks = { pre: 0, end: 1, word: 2, number: 3 };
const END: Token = { rank: ranks.end, text: '' };

function toTokens(version: string): Token[] {
  return (version.match(/\d+|[^\d.-]+/g) ?? []).map((run) => {
    if (run === 'pre') return { rank: ranks.pre, text: '' };
    return isNumber(run) ? { rank: ranks.number, text: run, isNumber: true } : { rank: ranks.word, text: run };
  });
}
