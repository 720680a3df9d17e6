import type { Comparator, RangeGrammar, WrittenComparator } from './grammar.ts';
import { grammarOf, toPlain } from './grammar.ts';
import { caret, tilde, wildcard } from './series.ts';

const LOWEST = '-0';

/** Conan's ranges: comparators, `^1.2`, `~1.2`, `*`, with or without the brackets of a recipe. @see https://docs.conan.io/2/tutorial/versioning/version_ranges.html */
export const conanRanges: RangeGrammar = { ...grammarOf(expand, { prepare: withoutBrackets }), hasOwnBrackets: true };

function expand(written: WrittenComparator): readonly Comparator[] | undefined {
  const { operator, version } = written;
  if (operator === '^') return caret(version, LOWEST);
  if (operator === '~') return tilde(version, LOWEST);
  const series = operator === '' ? wildcard(version, LOWEST) : undefined;
  const plain = toPlain(written);
  return series ?? (plain && [plain]);
}

/** What follows the first comma is an option of the resolver. */
function withoutBrackets(text: string): string {
  const inside = /^\[([^[\]]*)\]$/.exec(text)?.[1];
  return inside === undefined ? text : (inside.split(/,\s*(?=include_prerelease|loose)/, 1)[0] ?? '');
}
