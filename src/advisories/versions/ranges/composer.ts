import type { Comparator, RangeGrammar, WrittenComparator } from './grammar.ts';
import { grammarOf, toPlain } from './grammar.ts';
import { caret, hyphen, numbersOf, pessimistic, wildcard } from './series.ts';

const LOWEST = '-dev';

/**
 * Composer's constraints: `^1.2`, `~1.2` (which is other tools' `~>`), `1.2.*`, `1.0 - 2.0`, comma or space for and, `|` or `||` for or. Both sides have four numbers, as Composer gives
 * them: 1.0 is 1.0.0. A branch (`dev-main`) has no place in a range: nothing is known of it but what names it.
 * @see https://getcomposer.org/doc/articles/versions.md#writing-version-constraints
 */
const constraints = grammarOf(expand, { prepare: (text) => withoutHyphens(text.replaceAll(/@[a-z]+/gi, '')), normalise: toFourNumbers });

export const composerRanges: RangeGrammar = {
  split: (expression) => expression.split(/\|\|?/),
  evaluate(scheme, version, alternative) {
    if (version.startsWith('dev-')) return alternative.replace(/^={1,2}\s*/, '') === version ? true : undefined;
    return constraints.evaluate(scheme, version, alternative);
  },
};

function expand(written: WrittenComparator): readonly Comparator[] | undefined {
  const { operator, version } = written;
  if (operator === '^') return caret(version, LOWEST);
  if (operator === '~') return pessimistic(version, LOWEST);
  const series = operator === '' || operator === '=' || operator === '==' ? wildcard(version, LOWEST) : undefined;
  if (series !== undefined) return series;
  const plain = toPlain(written);
  return plain && [plain];
}

function withoutHyphens(text: string): string {
  const [from = '', to, ...more] = text.split(/\s-\s/);
  if (to === undefined || more.length > 0) return text;
  return hyphen(from.trim(), to.trim(), LOWEST)
    .map(({ operator, version }) => `${operator}${version}`)
    .join(' ');
}

/** The numbers that a branch leaves open are higher than any: 2.1.x-dev becomes 2.1.9999999.9999999-dev. */
function toFourNumbers(version: string): string {
  const text = version.split(' as ').at(-1)?.trim() ?? version;
  const numbers = numbersOf(text);
  if (numbers === undefined) return text;
  const rest = text.replace(/^v?\d+(?:\.\d+)*/, '');
  const open = /^(?:\.[x*])+/i.exec(rest)?.[0] ?? '';
  const missing = Array.from({ length: Math.max(4 - numbers.length, 0) }, () => (open === '' ? '0' : '9999999'));
  return [...numbers, ...missing].join('.') + rest.slice(open.length);
}
