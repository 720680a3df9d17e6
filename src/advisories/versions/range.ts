import { parse, Range } from 'semver';
import { compareDigits } from './digits.ts';
import { parsePep440 } from './pep440-version.ts';
import type { VersionScheme } from './scheme.ts';

type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=' | '~=' | '===';

interface Comparator {
  readonly operator: Operator;
  readonly version: string;
}

/**
 * Returns whether a version lies in a range of an advisory: comparators joined by commas or spaces must all hold ('>=1.0.0, <1.2.3'), alternatives are joined by '||'.
 * For the semver scheme npm's own syntax (^, ~, x, hyphens) holds too, for pep440 its specifiers (~=, ==1.*, !=, ===). '' and '*' hold for every version.
 *
 * Pre-releases have their place in the order and nothing more: 2.0rc1 is in '<2.0' and 1.2.3-beta in '<1.2.3', because the flaw that 2.0 fixes is in what came before it.
 * The package managers' own rule, which leaves pre-releases out unless asked for, answers another question: what to install.
 */
export function isInRange(scheme: VersionScheme, version: string, expression: string): boolean {
  return evaluateRange(scheme, version, expression) === true;
}

/** Returns as isInRange does, and undefined when no alternative holds and one of them cannot be read. */
export function evaluateRange(scheme: VersionScheme, version: string, expression: string): boolean | undefined {
  let result: boolean | undefined = false;
  for (const alternative of expression.split('||')) {
    const holds = evaluateAlternative(scheme, version, alternative.trim());
    if (holds === true) return true;
    if (holds === undefined) result = undefined;
  }
  return result;
}

/** Returns the versions named by the comparators with one of `operators`, in the order written; '' stands for a version without operator. */
export function versionsNamed(expression: string, operators: readonly string[]): readonly string[] {
  return [...expression.matchAll(/([<>=!~^]*)\s*([^\s,|<>=!~^]+)/g)].flatMap(([, operator = '', version = '']) =>
    operators.includes(operator) ? [version] : [],
  );
}

function evaluateAlternative(scheme: VersionScheme, version: string, text: string): boolean | undefined {
  if (text === '' || text === '*') return true;
  if (scheme.id === 'semver') {
    const answer = evaluateNpmRange(version, text);
    if (answer !== undefined) return answer;
  }
  const comparators = parseComparators(text);
  return comparators?.every((comparator) => holds(scheme, version, comparator));
}

/** Undefined when npm's own parser knows the version or the range for none of its own: numbers beyond 2^53, a fourth number. */
function evaluateNpmRange(version: string, text: string): boolean | undefined {
  const installed = parse(version, { loose: true });
  if (installed === null) return undefined;
  try {
    return new Range(text.replaceAll(',', ' '), { loose: true, includePrerelease: true }).test(installed);
  } catch {
    return undefined;
  }
}

const COMPARATOR = /\s*(===|~=|==|!=|<=|>=|<|>|=)?\s*([^\s,<>=!~^]+)\s*,?/y;

function parseComparators(text: string): readonly Comparator[] | undefined {
  const comparators: Comparator[] = [];
  COMPARATOR.lastIndex = 0;
  while (COMPARATOR.lastIndex < text.length) {
    const match = COMPARATOR.exec(text);
    if (match === null) return undefined;
    const [, operator = '=', version = ''] = match;
    comparators.push({ operator: operator === '==' ? '=' : (operator as Operator), version });
  }
  return comparators;
}

function holds(scheme: VersionScheme, version: string, { operator, version: bound }: Comparator): boolean {
  if (operator === '===') return version === bound;
  if (scheme.id === 'pep440') return holdsPep440(scheme, version, operator, bound);
  return holdsInOrder(scheme.compare(version, bound), operator);
}

function holdsInOrder(order: number, operator: Operator): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
    case '~=':
      return order >= 0;
    case '!=':
      return order !== 0;
    case '=':
    case '===':
      return order === 0;
  }
}

/** A local label of the installed version counts only when the specifier has one: 1.0+cu118 is a build of 1.0 and shares its flaws. */
function holdsPep440(scheme: VersionScheme, version: string, operator: Operator, bound: string): boolean {
  const publicVersion = bound.includes('+') ? version : (version.split('+', 1)[0] ?? version);
  if (bound.endsWith('.*')) {
    const matches = hasReleasePrefix(publicVersion, bound.slice(0, -2));
    return operator === '!=' ? !matches : matches;
  }
  const inOrder = holdsInOrder(scheme.compare(publicVersion, bound), operator);
  return operator === '~=' ? inOrder && hasReleasePrefix(publicVersion, compatiblePrefix(bound)) : inOrder;
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
