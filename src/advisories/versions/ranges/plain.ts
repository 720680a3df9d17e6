import { grammarOf, toPlain } from './grammar.ts';

/** Comparators and nothing else: `>=1.0, <1.2.3`. What distributions and most ecosystems without ranges of their own need. */
export const plainRanges = grammarOf((written) => wrap(toPlain(written)));

function wrap<T>(value: T | undefined): readonly T[] | undefined {
  return value === undefined ? undefined : [value];
}
