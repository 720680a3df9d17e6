import { compareDigits } from '../digits.ts';
import { parsePep440 } from '../pep440-version.ts';
import type { VersionScheme } from '../scheme.ts';
import type { RangeGrammar, WrittenComparator } from './grammar.ts';
import { holds, parseWritten, toPlain } from './grammar.ts';

/** Python's specifiers: `~=1.4`, `==1.*`, `!=1.5.*`, `===1.0`. @see https://packaging.python.org/en/latest/specifications/version-specifiers/ */
export const pep440Ranges: RangeGrammar = {
  evaluate(scheme, version, alternative) {
    const answers = parseWritten(alternative)?.map((written) => evaluateSpecifier(scheme, version, written));
    return answers === undefined || answers.includes(undefined) ? undefined : !answers.includes(false);
  },
};

/** A local label of the installed version counts only when the specifier has one: 1.0+cu118 is a build of 1.0 and shares its flaws. */
function evaluateSpecifier(scheme: VersionScheme, version: string, written: WrittenComparator): boolean | undefined {
  const bound = written.version;
  if (written.operator === '===') return version === bound;
  const publicVersion = bound.includes('+') ? version : (version.split('+', 1)[0] ?? version);
  if (written.operator === '~=') return scheme.compare(publicVersion, bound) >= 0 && hasReleasePrefix(publicVersion, compatiblePrefix(bound));
  const operator = toPlain(written)?.operator;
  if (operator === undefined) return undefined;
  if (bound.endsWith('.*')) return hasReleasePrefix(publicVersion, bound.slice(0, -2)) !== (operator === '!=');
  return holds(scheme.compare(publicVersion, bound), operator);
}

/** ~=1.4.5 is at least that and within 1.4; ~=2.2.post3 within 2. */
function compatiblePrefix(bound: string): string {
  const parsed = parsePep440(bound);
  if (parsed === undefined) return bound;
  return `${parsed.epoch}!${parsed.release.slice(0, -1).join('.')}`;
}

function hasReleasePrefix(version: string, prefix: string): boolean {
  const installed = parsePep440(version);
  const wanted = parsePep440(prefix);
  if (installed === undefined || wanted === undefined || compareDigits(installed.epoch, wanted.epoch) !== 0) return false;
  return wanted.release.every((number, index) => compareDigits(installed.release[index] ?? '0', number) === 0);
}
