import { MAX_RANGE_LENGTH, MAX_REMEMBERED_RANGES } from '../../foundation/base/limits.ts';
import { evaluateRange, isNamed, versionsNamed } from '../versions/range.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import { leadingNumbers, parsePlainRange, type LeadingNumbers, type PlainBound, type PlainRange } from './plain-range.ts';

/** A version, made ready to be asked about many ranges. */
export interface Subject {
  readonly scheme: VersionScheme;
  readonly version: string;
  /** Whether it has a place in the scheme's order. */
  readonly isValid: boolean;
  /** The numbers that it begins with, where the scheme orders versions by them first. */
  readonly leading: LeadingNumbers | undefined;
}

const subjects = new Map<VersionScheme, Map<string, Subject>>();

export function toSubject(scheme: VersionScheme, version: string): Subject {
  let known = subjects.get(scheme);
  if (known === undefined) subjects.set(scheme, (known = new Map<string, Subject>()));
  return remember(known, version, () => {
    const isValid = scheme.isValid(version);
    return { scheme, version, isValid, leading: isValid && ordersByNumber.has(scheme.id) ? leadingNumbers(version) : undefined };
  });
}

/** Returns the order of two versions of one scheme. */
export function compareSubjects(a: Subject, b: Subject): number {
  const byNumber = a.leading === undefined || b.leading === undefined ? undefined : compareLeading(a.leading, b.leading, 0);
  return byNumber ?? a.scheme.compare(a.version, b.version);
}

/**
 * Returns whether a version lies in a range of an advisory, undefined when that cannot be read: of a version without a place in the order, all that is known is whether it is named. Two things are read
 * as advisories mean them and not as package managers do: a version that stands alone is that version (to Cargo it is every one compatible with it, and 0.2 in a bound every 0.2.x), and a lower bound of 0 is none (2.0.0-alpha and
 * 0.0.0-alpha are both below 2.0.0, and nothing is below the beginning).
 */
export function isIn(subject: Subject, range: string): boolean | undefined {
  if (range.length > MAX_RANGE_LENGTH) return undefined;
  const plain = plainRange(range);
  const byNumber = plain === undefined || subject.leading === undefined ? undefined : isInPlain(subject, subject.leading, plain);
  if (byNumber !== undefined) return byNumber;
  if (isEveryVersion(range)) return true;
  return subject.isValid ? evaluateOnce(subject, range) : isNamed(range, subject.version) ? true : undefined;
}

const EVERY_VERSION = /^\s*(?:\*|>=\s*0)?\s*$/;

/** 0 is the beginning of all versions in OSV, whatever a scheme puts below it: '>=0' is how trivy-db writes a range without either end. */
export function isEveryVersion(range: string): boolean {
  return EVERY_VERSION.test(range);
}

/** Answers by scheme, version and range: images share most of their packages, and reading a range takes as long as everything else. */
const answers = new Map<string, boolean | undefined>();

function evaluateOnce({ scheme, version }: Subject, range: string): boolean | undefined {
  return remember(answers, `${scheme.id}\0${version}\0${range}`, () =>
    HAS_NO_BOUND.test(range) ? undefined : evaluateRange(scheme, version, scheme.id === 'cargo' ? withThreeNumbers(asMeant(range)) : asMeant(range)),
  );
}

/** '<unknown': a bound without a digit is no version of any scheme, and would be below all that are. */
const HAS_NO_BOUND = /[<>^~]=?\s*(?:[^\s\d,|<>=!~^][^\s\d,|]*(?=[\s,|]|$)|$)/;

function asMeant(range: string): string {
  const text = range.replaceAll(/(^|\|\|)\s*>=\s*0\s*,/g, '$1').trim();
  return /^v?\d[^\s,|<>=!~^*[\]()]*$/.test(text) ? `=${text}` : text;
}

/** To Cargo 0.2.6 is in '<=0.2'; to those who write advisories that is 0.2.0. */
function withThreeNumbers(range: string): string {
  return range.replaceAll(
    /([<>=]\s*)(\d+)(\.\d+)?(?![\d.*xX])/g,
    (_, operator: string, major: string, minor = '.0') => `${operator}${major}${minor}.0`,
  );
}

/** Schemes that order versions by the numbers that they begin with, as far as these differ; and if they do not, versions of equally many numbers and nothing else are equal. It needs none of what tells the schemes apart to compare most. */
const ordersByNumber: ReadonlySet<string> = new Set([
  ...[
    'bitnami',
    'cargo',
    'cocoapods',
    'composer',
    'conan',
    'cran',
    'generic',
    'go',
    'hackage',
    'hex',
    'julia',
    'maven',
    'nuget',
    'pep440',
    'pub',
    'rubygems',
    'semver',
    'swift',
  ],
]);

/** Of these, those whose ranges take a number that is missing for zero. npm takes it for any. */
const takesMissingForZero: ReadonlySet<string> = new Set([
  'bitnami',
  'cargo',
  'cocoapods',
  'composer',
  'generic',
  'maven',
  'nuget',
  'pep440',
  'rubygems',
]);

/** Of those, the one that does not when they are missing from an end of an interval. */
const COMPARES_ENDS_AS_WRITTEN = 'composer';

/** How many numbers a scheme takes a missing one for zero of. A version of Cargo has three: a fourth makes it none. */
function numbersFilledUpTo(scheme: string): number {
  if (!takesMissingForZero.has(scheme)) return 0;
  return scheme === 'cargo' ? 3 : 4;
}

/** Whether a version lies in a range, as far as numbers tell; undefined when they do not. */
function isInPlain(subject: Subject, leading: LeadingNumbers, { alternatives, hasIntervals, hasPessimistic }: PlainRange): boolean | undefined {
  const { id } = subject.scheme;
  if ((hasIntervals && id === 'conan') || (hasPessimistic && id !== 'rubygems')) return undefined;
  const filledUpTo = hasIntervals && id === COMPARES_ENDS_AS_WRITTEN ? 0 : numbersFilledUpTo(id);
  let answer: boolean | undefined = false;
  for (let index = 0; index < alternatives.length; index += 1) {
    const held = doAllHold(subject.scheme, leading, alternatives[index] ?? [], filledUpTo);
    if (held === true) return true;
    if (held === undefined) answer = undefined;
  }
  return answer;
}

function doAllHold(scheme: VersionScheme, leading: LeadingNumbers, bounds: readonly PlainBound[], filledUpTo: number): boolean | undefined {
  let answer: boolean | undefined = true;
  for (let index = 0; index < bounds.length; index += 1) {
    const bound = bounds[index];
    if (bound === undefined) break;
    const order = bound.isWhole || toSubject(scheme, bound.version).isValid ? compareLeading(leading, bound, filledUpTo) : undefined;
    if (order === undefined) answer = undefined;
    else if (!holds(order, leading, bound)) return false;
  }
  return answer;
}

function holds(order: number, { numbers }: LeadingNumbers, bound: PlainBound): boolean {
  switch (bound.operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '~>':
      return order >= 0 && compareFirst(numbers, bound.numbers, Math.max(bound.numbers.length - 1, 1)) === 0;
    default:
      return order === 0;
  }
}

/** The order of two versions, undefined where their numbers do not tell: they are the same as far as both have them, and what follows counts. Of up to `filledUpTo` numbers the missing ones are zero. */
function compareLeading(a: LeadingNumbers, b: LeadingNumbers, filledUpTo: number): number | undefined {
  const order = compareFirst(a.numbers, b.numbers, Math.min(a.numbers.length, b.numbers.length));
  if (order !== 0) return order;
  if (!a.isWhole || !b.isWhole) return undefined;
  if (a.numbers.length === b.numbers.length) return 0;
  const longer = Math.max(a.numbers.length, b.numbers.length);
  return longer <= filledUpTo ? compareFirst(a.numbers, b.numbers, longer) : undefined;
}

function compareFirst(a: readonly number[], b: readonly number[], count: number): number {
  for (let index = 0; index < count; index++) {
    const order = (a[index] ?? 0) - (b[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** Returns the versions that a range names with one of `operators`; one that stands alone counts as named by '=', and '~' stands for '~>' too. */
export function versionsIn(range: string, operators: readonly string[]): readonly string[] {
  const plain = plainRange(range);
  if (plain === undefined) return versionsNamed(range, operators);
  const found: string[] = [];
  for (const bounds of plain.alternatives) {
    for (const { operator, version } of bounds) if (operators.includes(operator === '~>' ? '~' : operator)) found.push(version);
  }
  return found;
}

const plainRanges = new Map<string, PlainRange | undefined>();

function plainRange(range: string): PlainRange | undefined {
  return remember(plainRanges, range, parsePlainRange);
}

function remember<T>(known: Map<string, T>, key: string, find: (key: string) => T): T {
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found as T;
  if (known.size >= MAX_REMEMBERED_RANGES) known.clear();
  const answer = find(key);
  known.set(key, answer);
  return answer;
}
