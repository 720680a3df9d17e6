import Range from 'semver/classes/range.js';
import parse from 'semver/functions/parse.js';
import type { RangeGrammar } from './grammar.ts';
import { plainRanges } from './plain.ts';

/** The npm client's own syntax: `^`, `~`, `1.x`, `1.2 - 2.3`. @see https://github.com/npm/node-semver#ranges */
export const npmRanges: RangeGrammar = {
  evaluate: (scheme, version, alternative) => evaluateNpm(version, alternative) ?? plainRanges.evaluate(scheme, version, alternative),
};

/** Undefined when npm's own parser knows the version or the range for none of its own: numbers beyond 2^53, a fourth number. */
function evaluateNpm(version: string, text: string): boolean | undefined {
  // Read loosely, a bound that is none would be dropped, and the others would decide alone.
  if (FOURTH_NUMBER.test(text)) return undefined;
  const installed = parse(version, { loose: true });
  if (installed === null) return undefined;
  try {
    return new Range(text.replaceAll(',', ' '), { loose: true, includePrerelease: true }).test(installed);
  } catch {
    return undefined;
  }
}

const FOURTH_NUMBER = /(?<![\w.+-])v?\d+(?:\.\d+){3}/;
