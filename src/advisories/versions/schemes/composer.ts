import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * The order of PHP's packages, which is PHP's version_compare after Composer's reading: `dev`, alpha, beta, candidate, the release itself, further numbers, patch level. `v`, `-stable`
 * and build metadata do not count; the branch `2.1.x-dev` is above every release of 2.1; of `dev-main as 1.0.0` the alias is meant. Words that Composer does not know (named branches
 * among them: `dev-main`) are below all versions, by text.
 * @see https://getcomposer.org/doc/articles/versions.md
 */
export const scheme: VersionScheme = {
  id: 'composer',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), END),
  isValid: (version) => VALID.test(withoutAlias(version)),
};

const VALID =
  /^v?\d+(?:[.-]\d+)*(?:\.[x*])*(?:[._-]?(?:stable|beta|b|rc|alpha|a|patch|pl|p)(?:[.-]?\d+(?:[.-]\d+)*)?)?(?:[.-]?dev)?(?:\+[0-9A-Za-z.-]+)?$/i;

const words = ['dev', 'alpha', 'beta', 'rc'];
const ranks = { unknown: -1, end: words.length, number: words.length + 1, patch: words.length + 2 };
const END: Token = { rank: ranks.end, text: '' };

const synonyms = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['p', 'pl'],
  ['patch', 'pl'],
  ['post', 'pl'],
]);

/** What Composer puts for the numbers that a branch leaves open. */
const OPEN_NUMBER: Token = { rank: ranks.number, text: '9999999', isNumber: true };

function toTokens(version: string): Token[] {
  const text = withoutAlias(version)
    .toLowerCase()
    .replace(/^v(?=\d)/, '');
  return (text.match(/\d+|[a-z]+|\*/g) ?? []).flatMap((run): Token | readonly never[] => {
    if (isNumber(run)) return { rank: ranks.number, text: run, isNumber: true };
    if (run === 'x' || run === '*') return OPEN_NUMBER;
    if (run === 'stable') return [];
    const word = synonyms.get(run) ?? run;
    if (word === 'pl') return { rank: ranks.patch, text: '' };
    const rank = words.indexOf(word);
    return rank >= 0 ? { rank, text: '' } : { rank: ranks.unknown, text: word };
  });
}

function withoutAlias(version: string): string {
  const alias = version.split(' as ').at(-1) ?? version;
  return alias.trim().split('@', 1)[0] ?? '';
}
