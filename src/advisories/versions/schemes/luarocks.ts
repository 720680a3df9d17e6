import type { VersionScheme } from '../scheme.ts';
import { compareTokens, isNumber } from '../tokens.ts';
import type { Token } from '../tokens.ts';

/**
 * The order of Lua's rocks: numbers, with the words alpha, beta, pre and rc below them, other letters just above zero, and cvs, scm and dev (builds from a repository) above all; then the
 * revision of the rockspec behind the last dash. Missing numbers count as zero, a missing revision as the lowest. Other characters separate.
 * @see https://github.com/luarocks/luarocks/wiki/Rockspec-format
 */
export const scheme: VersionScheme = { id: 'luarocks', compare: compareRocks, isValid: (version) => /^[0-9A-Za-z][0-9A-Za-z._-]*$/.test(version) };

const words = new Map([
  ['alpha', 0],
  ['beta', 1],
  ['pre', 2],
  ['rc', 3],
  ['cvs', 7],
  ['scm', 8],
  ['dev', 9],
]);
const ranks = { zero: 4, letter: 5, number: 6 };
const ZERO: Token = { rank: ranks.zero, text: '' };
const NO_REVISION: Token = { rank: ranks.zero, text: '' };

function compareRocks(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  return compareTokens(toTokens(left.version), toTokens(right.version), ZERO) || compareTokens(left.revision, right.revision, NO_REVISION);
}

function split(text: string): { version: string; revision: Token[] } {
  const trimmed = text.trim();
  const dash = trimmed.lastIndexOf('-');
  const revision = dash < 0 ? '' : trimmed.slice(dash + 1);
  if (!isNumber(revision)) return { version: trimmed, revision: [] };
  return { version: trimmed.slice(0, dash), revision: [{ rank: ranks.number, text: revision, isNumber: true }] };
}

/** The number behind a word counts with the word: rc2 is one place, made of two tokens. */
function toTokens(text: string): Token[] {
  return [...text.matchAll(/([A-Za-z]+)(?:[._-]*(\d+))?|\d+/g)].flatMap(([run, word, number = '0']): Token[] => {
    if (word === undefined) return [toNumber(run)];
    const rank = words.get(word);
    return [rank === undefined ? { rank: ranks.letter, text: word.charAt(0) } : { rank, text: '' }, toNumber(number)];
  });
}

function toNumber(digits: string): Token {
  return /^0+$/.test(digits) ? ZERO : { rank: ranks.number, text: digits, isNumber: true };
}
