import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * The order of Ruby's gems: runs of digits and of letters, a word below any number, so that `1.0.a` is below `1.0`; missing numbers, and zeros before the first word, do not count. A dash
 * reads `.pre.`. Other characters separate; a string without a letter or a digit equals `0`.
 * @see https://docs.ruby-lang.org/en/master/Gem/Version.html
 */
export const scheme: VersionScheme = {
  id: 'rubygems',
  compare: (a, b) => compareTokens(toTokens(a), toTokens(b), ZERO),
  isValid: (version) => VALID.test(version),
};

const VALID = /^\s*\d+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*$/;

const ranks = { word: 0, number: 1 };
const ZERO: Token = { rank: ranks.number, text: '0', isNumber: true };

function toTokens(version: string): Token[] {
  const runs = version.replaceAll('-', '.pre.').match(/\d+|[A-Za-z]+/g) ?? [];
  const firstWord = runs.findIndex((run) => !isNumber(run));
  const numbers = firstWord < 0 ? runs : runs.slice(0, firstWord);
  const lastOfWeight = numbers.findLastIndex((run) => /[1-9]/.test(run));
  const kept = firstWord < 0 ? runs : [...numbers.slice(0, lastOfWeight + 1), ...runs.slice(firstWord)];
  return kept.map((run) => (isNumber(run) ? { rank: ranks.number, text: run, isNumber: true } : { rank: ranks.word, text: run }));
}
