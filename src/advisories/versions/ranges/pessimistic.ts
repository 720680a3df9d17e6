import type { Comparator, RangeGrammar, WrittenComparator } from './grammar.ts';
import { grammarOf, toPlain } from './grammar.ts';
import { caret, pessimistic } from './series.ts';

/** `~> 1.2.3`, as gems and pods have it. @see https://guides.rubygems.org/patterns/#pessimistic-version-constraint */
export const rubygemsRanges = grammarOf((written) => expand(written, '.A'));

export const cocoapodsRanges = grammarOf((written) => expand(written, '-0'));

/** Lua's rocks have the operator as gems do. @see https://github.com/luarocks/luarocks/wiki/Dependencies */
export const luarocksRanges = grammarOf((written) => expand(written, 'alpha'));

/** Hex has it too, with `and` and `or` in words. @see https://hexdocs.pm/elixir/Version.html#module-requirements */
export const hexRanges: RangeGrammar = {
  ...grammarOf((written) => expand(written, '-0'), { prepare: (text) => text.replaceAll(/\sand\s/g, ', ') }),
  split: (expression) => expression.split(/\|\||\sor\s/),
};

/** A caret, where an ecosystem with the other operators of Semantic Versioning has one. */
export const caretRanges = grammarOf((written) => (written.operator === '^' ? caret(written.version, '-0') : expand(written, '-0')));

function expand(written: WrittenComparator, lowest: string): readonly Comparator[] | undefined {
  if (written.operator === '~>') return pessimistic(written.version, lowest);
  const plain = toPlain(written);
  return plain && [plain];
}
