import { compareTokens, isNumber } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Returns the parts of `epoch:version-release`; an epoch that is not a number belongs to the version. */
export function splitEvr(text: string): { epoch: string; version: string; release?: string } {
  const [prefix = '', digits] = /^(\d*):/.exec(text) ?? [];
  const rest = text.slice(prefix.length);
  const dash = rest.lastIndexOf('-');
  const epoch = digits === undefined || digits === '' ? '0' : digits;
  return dash < 0 ? { epoch, version: rest } : { epoch, version: rest.slice(0, dash), release: rest.slice(dash + 1) };
}

const ranks = { tilde: 0, end: 1, caret: 2, word: 3, number: 4 };
const END: Token = { rank: ranks.end, text: '' };

/** Returns rpm's order of two versions or releases. Every character but ASCII letters, digits, `~` and `^` only separates. */
export function compareRpmPart(a: string, b: string): number {
  return compareTokens(toTokens(a), toTokens(b), END);
}

function toTokens(text: string): Token[] {
  return (text.match(/\d+|[A-Za-z]+|[~^]/g) ?? []).map((run) => {
    if (run === '~') return { rank: ranks.tilde, text: '' };
    if (run === '^') return { rank: ranks.caret, text: '' };
    return isNumber(run) ? { rank: ranks.number, text: run, isNumber: true } : { rank: ranks.word, text: run };
  });
}
