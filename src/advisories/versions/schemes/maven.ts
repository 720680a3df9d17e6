import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * Maven's order: runs of digits and of anything else, parted by dots, dashes, and the change from one to the other, which reads as a dash. Pre-releases are below the end, other words
 * above it, numbers behind a dash above words, numbers behind a dot above all; zeros and `ga`, `final`, `release` before a dash or the end do not count. A dot before a word reads as a
 * dash, as Maven does since 3.9: before that its order went in circles. Every string has its place in the same way; only the empty one is no version.
 * @see https://maven.apache.org/pom.html#version-order-specification
 */
export const scheme: VersionScheme = {
  id: 'maven',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), END),
  isValid: (version) => /^[0-9A-Za-z][^\s,[\]()]*$/.test(version),
};

const preReleases = ['alpha', 'beta', 'milestone', 'rc', 'snapshot'];
const ranks = { end: preReleases.length, servicePack: 6, word: 7, numberBehindDash: 8, number: 9 };
const END: Token = { rank: ranks.end, text: '' };

const abbreviations = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);
const synonyms = new Map([
  ['cr', 'rc'],
  ['ga', ''],
  ['final', ''],
  ['release', ''],
]);

function toTokens(version: string): Token[] {
  const tokens: Token[] = [];
  // A run with the separator before it; an empty run between two separators, or behind the last, counts as zero.
  const runs = [...version.toLowerCase().matchAll(/([.-]?)(\d+|[^\d.-]+|(?=[.-]|$))/g)];
  runs.forEach((match, index) => {
    const [, separator, run = ''] = match;
    if (run === '' && separator === '') return;
    const isAttached = separator === '' && index > 0;
    const isFollowedByDigit = /^\d/.test(runs[index + 1]?.[0] ?? '');
    const token = toToken(run === '' ? '0' : run, separator === '-' || isAttached, isFollowedByDigit);
    if (token.rank !== ranks.number) dropWeightless(tokens);
    tokens.push(token);
  });
  dropWeightless(tokens);
  return tokens;
}

function toToken(run: string, isBehindDash: boolean, isFollowedByDigit: boolean): Token {
  if (isNumber(run)) return { rank: isBehindDash ? ranks.numberBehindDash : ranks.number, text: run, isNumber: true };
  const spelled = (isFollowedByDigit ? abbreviations.get(run) : undefined) ?? run;
  const word = synonyms.get(spelled) ?? spelled;
  const preRelease = preReleases.indexOf(word);
  if (preRelease >= 0) return { rank: preRelease, text: '' };
  if (word === '') return END;
  return word === 'sp' ? { rank: ranks.servicePack, text: '' } : { rank: ranks.word, text: word };
}

function dropWeightless(tokens: Token[]): void {
  for (let last = tokens.at(-1); last !== undefined && (last.rank === ranks.end || /^0+$/.test(last.text)); last = tokens.at(-1)) tokens.pop();
}
