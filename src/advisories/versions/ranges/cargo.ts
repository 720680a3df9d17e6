import type { Comparator, WrittenComparator } from './grammar.ts';
import { grammarOf, toPlain } from './grammar.ts';
import { caret, numbersOf, tilde, wildcard } from './series.ts';

const LOWEST = '-0';

/**
 * Cargo's requirements: `^1.2`, which a version without operator means too, `~1.2`, `1.*`, and comparators, for which numbers left out stand for all of them: `=1.2` is 1.2.*.
 * @see https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html
 */
export const cargoRanges = grammarOf(expand);

function expand(written: WrittenComparator): readonly Comparator[] | undefined {
  const { operator, version } = written;
  const series = operator === '' || operator === '=' ? wildcard(version, LOWEST) : undefined;
  if (series !== undefined) return series;
  if (operator === '' || operator === '^') return caret(version, LOWEST);
  if (operator === '~') return tilde(version, LOWEST);
  const plain = toPlain(written);
  if (plain === undefined) return undefined;
  const isPartial = /^\d+(?:\.\d+)?$/.test(version) && (numbersOf(version)?.length ?? 3) < 3;
  return isPartial && ['=', '<=', '>'].includes(plain.operator) ? expandPartial(plain) : [plain];
}

function expandPartial({ operator, version }: Comparator): readonly Comparator[] {
  const [from, before] = wildcard(`${version}.*`, LOWEST) ?? [];
  if (from === undefined || before === undefined) return [];
  if (operator === '=') return [from, before];
  return operator === '<=' ? [before] : [{ operator: '>=', version: before.version }];
}
