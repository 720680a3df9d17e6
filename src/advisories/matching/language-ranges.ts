import { MAX_RANGE_LENGTH, MAX_REMEMBERED_RANGES } from '../../foundation/base/limits.ts';
import { evaluateRange, isNamed, versionsNamed } from '../versions/range.ts';
import type { VersionScheme } from '../versions/scheme.ts';

/** A version, made ready to be asked about many ranges. */
export interface Subject {
  readonly scheme: VersionScheme;
  readonly version: string;
  /** Whether it has a place in the scheme's order. */
  readonly isValid: boolean;
  /** Its numbers, where it is made of nothing else. */
  readonly numbers: readonly number[] | undefined;
}

const subjects = new Map<string, Subject>();

export function toSubject(scheme: VersionScheme, version: string): Subject {
  return remember(subjects, `${scheme.id}\0${version}`, () => {
    const isValid = scheme.isValid(version);
    return { scheme, version, isValid, numbers: isValid && ordersByNumber.has(scheme.id) ? toNumbers(version.replace(/^v/, '')) : undefined };
  });
}

/** Returns the order of two versions of one scheme. */
export function compareSubjects(a: Subject, b: Subject): number {
  const isByNumber = a.numbers !== undefined && b.numbers !== undefined && a.numbers.length === b.numbers.length;
  return isByNumber ? compareEach(a.numbers, b.numbers) : a.scheme.compare(a.version, b.version);
}

/**
 * Returns whether a version lies in a range of an advisory, undefined when that cannot be read: of a version without a place in the order, all that is known is whether it is named. Two things are read
 * as advisories mean them and not as package managers do: a version that stands alone is that version (to Cargo it is every one compatible with it, and 0.2 in a bound every 0.2.x), and a lower bound of 0 is none (2.0.0-alpha and
 * 0.0.0-alpha are both below 2.0.0, and nothing is below the beginning).
 */
export function isIn(subject: Subject, range: string): boolean | undefined {
  if (range.length > MAX_RANGE_LENGTH) return undefined;
  if (isEveryVersion(range)) return true;
  if (!subject.isValid) return isNamed(range, subject.version) ? true : undefined;
  return (subject.numbers === undefined ? undefined : compareNumbers(subject, range)) ?? evaluateOnce(subject, range);
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

/** Schemes that put versions of equally many numbers in the order of these: most versions, and most bounds, are of that kind, and need none of what tells the schemes apart. */
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

interface Bound {
  readonly operator: string;
  readonly version: string;
  readonly numbers: readonly number[];
}

/** The alternatives of ranges that are nothing but '>=1.0.0, <1.2.3 || =2.0.0', undefined for any other. */
const plainRanges = new Map<string, readonly (readonly Bound[])[] | undefined>();

const PLAIN = /^\s*(?:(?:[<>]=?|=)\s*\d{1,9}(?:\.\d{1,9}){0,3}(?:\s*,\s*|\s+|$))+$/;

/** Undefined when the range, or one of its bounds, is of another kind than the version. */
function compareNumbers({ scheme, numbers = [] }: Subject, range: string): boolean | undefined {
  const plain = plainBounds(range);
  if (plain === undefined) return undefined;
  // A version of Cargo has three numbers: a bound with a fourth is none, and left to the scheme.
  const isVersion = (bound: Bound): boolean => scheme.id !== 'cargo' || bound.numbers.length <= 3;
  const isAlike = (bound: Bound): boolean => isVersion(bound) && (bound.numbers.length === numbers.length || takesMissingForZero.has(scheme.id));
  if (!plain.every((bounds) => bounds.every(isAlike))) return undefined;
  return plain.some((bounds) => bounds.every((bound) => holds(compareEach(numbers, bound.numbers), bound.operator)));
}

/** Returns the versions that a range names with one of `operators`; one that stands alone counts as named by '='. */
export function versionsIn(range: string, operators: readonly string[]): readonly string[] {
  const plain = plainBounds(range);
  if (plain === undefined) return versionsNamed(range, operators);
  const found: string[] = [];
  for (const bounds of plain) for (const { operator, version } of bounds) if (operators.includes(operator)) found.push(version);
  return found;
}

function plainBounds(range: string): readonly (readonly Bound[])[] | undefined {
  return remember(plainRanges, range, () => toBounds(asMeant(range)));
}

function toBounds(range: string): readonly (readonly Bound[])[] | undefined {
  const alternatives = range.split('||');
  if (!alternatives.every((alternative) => PLAIN.test(alternative))) return undefined;
  return alternatives.map((alternative) => [...alternative.matchAll(/([<>]=?|=)\s*([\d.]+)/g)].map(toBound));
}

function toBound([, operator = '', version = '']: readonly string[]): Bound {
  return { operator, version, numbers: toNumbers(version) ?? [] };
}

function toNumbers(version: string): readonly number[] | undefined {
  return /^\d{1,9}(?:\.\d{1,9}){0,3}$/.test(version) ? version.split('.').map(Number) : undefined;
}

function compareEach(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = (a[index] ?? 0) - (b[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function holds(order: number, operator: string): boolean {
  if (order === 0) return operator.endsWith('=');
  return operator.startsWith(order < 0 ? '<' : '>');
}

function remember<T>(known: Map<string, T>, key: string, find: () => T): T {
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found as T;
  if (known.size >= MAX_REMEMBERED_RANGES) known.clear();
  const answer = find();
  known.set(key, answer);
  return answer;
}
