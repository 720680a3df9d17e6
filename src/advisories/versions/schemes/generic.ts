import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * A best effort for programs whose versions follow no scheme that we know: numbers by value, the missing ones zero; words that stand for a pre-release (`alpha`, `beta`, `rc`, `dev` …, and
 * `a` or `b` between two digits: 1.0b2) below the end; other words, such as the letters of OpenSSL's 1.1.1t, above it and below numbers. A leading `v` and what follows a `+` do not count.
 * Every string has its place in the same way; it is called a version when it has a digit and nothing but letters, digits and `.+_~:-`.
 */
export const scheme: VersionScheme = {
  id: 'generic',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), END),
  isValid: (version) => /^[0-9A-Za-z.+_~:-]+$/.test(version) && /\d/.test(version),
};

const preReleases = ['dev', 'alpha', 'beta', 'rc'];
const ranks = { end: preReleases.length, word: preReleases.length + 1, number: preReleases.length + 2 };
const END: Token = { rank: ranks.end, text: '' };

const synonyms = new Map([
  ['snapshot', 'dev'],
  ['nightly', 'dev'],
  ['canary', 'dev'],
  ['milestone', 'beta'],
  ['pre', 'rc'],
  ['preview', 'rc'],
  ['c', 'rc'],
]);
const betweenDigits = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
]);

function toTokens(version: string): Token[] {
  const [text = ''] = version
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .split('+', 1);
  return [...text.matchAll(/\d+|[a-z]+/g)].map(({ 0: run, index }): Token => {
    if (isNumber(run)) return /^0+$/.test(run) ? END : { rank: ranks.number, text: run, isNumber: true };
    const isBetweenDigits = /\d[a-z]\d/.test(text.slice(Math.max(index - 1, 0), index + 2)) && index > 0;
    const word = (isBetweenDigits ? betweenDigits.get(run) : undefined) ?? synonyms.get(run) ?? run;
    const rank = preReleases.indexOf(word);
    return rank >= 0 ? { rank, text: '' } : { rank: ranks.word, text: word };
  });
}
