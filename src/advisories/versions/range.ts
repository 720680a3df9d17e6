import { cargoRanges } from './ranges/cargo.ts';
import { composerRanges } from './ranges/composer.ts';
import { conanRanges } from './ranges/conan.ts';
import type { RangeGrammar } from './ranges/grammar.ts';
import { parseWritten } from './ranges/grammar.ts';
import { evaluateIntervals, isInterval, parseIntervals } from './ranges/interval.ts';
import { npmRanges } from './ranges/npm.ts';
import { pep440Ranges } from './ranges/pep440.ts';
import { caretRanges, cocoapodsRanges, hexRanges, luarocksRanges, rubygemsRanges } from './ranges/pessimistic.ts';
import { plainRanges } from './ranges/plain.ts';
import type { VersionScheme } from './scheme.ts';

/** The grammar of each scheme that has more than comparators. */
const grammars: Readonly<Record<string, RangeGrammar>> = {
  cargo: cargoRanges,
  cocoapods: cocoapodsRanges,
  composer: composerRanges,
  conan: conanRanges,
  hex: hexRanges,
  julia: caretRanges,
  luarocks: luarocksRanges,
  pep440: pep440Ranges,
  pub: caretRanges,
  rubygems: rubygemsRanges,
  semver: npmRanges,
  swift: caretRanges,
};

/**
 * Returns whether a version lies in a range of an advisory. Comparators joined by commas or spaces must all hold ('>=1.0.0, <1.2.3'), of alternatives joined by '||' one; intervals
 * ('[1.0,2.0),[3.0]') are read for every scheme, and what else an ecosystem writes for its own scheme. '' and '*' hold for every version.
 *
 * Pre-releases have their place in the order and nothing more: 2.0rc1 is in '<2.0' and 1.2.3-beta in '<1.2.3', because the flaw that 2.0 fixes is in what came before it.
 * The package managers' own rule, which leaves pre-releases out unless asked for, answers another question: what to install.
 */
export function isInRange(scheme: VersionScheme, version: string, expression: string): boolean {
  return evaluateRange(scheme, version, expression) === true;
}

/** Returns as isInRange does, and undefined when no alternative holds and one of them cannot be read. */
export function evaluateRange(scheme: VersionScheme, version: string, expression: string): boolean | undefined {
  const grammar = grammars[scheme.id] ?? plainRanges;
  let result: boolean | undefined = false;
  for (const alternative of grammar.split?.(expression) ?? expression.split(/\|\|?/)) {
    const holds = evaluateAlternative(grammar, scheme, version, alternative.trim());
    if (holds === true) return true;
    if (holds === undefined) result = undefined;
  }
  return result;
}

function evaluateAlternative(grammar: RangeGrammar, scheme: VersionScheme, version: string, text: string): boolean | undefined {
  if (text === '' || text === '*') return true;
  return isInterval(text) && grammar.hasOwnBrackets !== true ? evaluateIntervals(scheme, version, text) : grammar.evaluate(scheme, version, text);
}

/**
 * Returns the versions named by the comparators with one of `operators`, in the order written; '' stands for a version without operator, '~' for '~>' too. An interval's ends are named by '>=',
 * '>', '<=' and '<', its only version by '='.
 */
export function versionsNamed(expression: string, operators: readonly string[]): readonly string[] {
  return expression
    .split(/\|\|?/)
    .flatMap((alternative) => readComparators(alternative.trim()))
    .flatMap(({ operator, version }) => (operators.includes(operator === '~>' ? '~' : operator) ? [version] : []));
}

/** Returns whether a range names this very version, text for text: all that can be asked about one that no scheme can read. */
export function isNamed(expression: string, version: string): boolean {
  return versionsNamed(expression, ['', '=', '==', '===']).includes(version);
}

function readComparators(alternative: string): readonly { readonly operator: string; readonly version: string }[] {
  const intervals = isInterval(alternative) ? parseIntervals(alternative) : undefined;
  return intervals?.flat() ?? parseWritten(alternative) ?? [];
}
