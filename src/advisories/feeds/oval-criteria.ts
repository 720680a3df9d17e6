import { MAX_OVAL_WAYS } from '../../foundation/base/limits.ts';
import type { OvalState, OvalTables, OvalTest } from './oval-tables.ts';
import { attributeOf } from './xml-elements.ts';
import type { XmlElement } from './xml-elements.ts';

/** A definition's criteria: all of `children` hold, or any of them does; or a single test. */
export type OvalCriteria = OvalGroup | OvalCriterion;

interface OvalGroup {
  readonly isAll: boolean;
  readonly isNegated: boolean;
  readonly children: readonly OvalCriteria[];
}

interface OvalCriterion {
  readonly testRef: string;
  readonly isNegated: boolean;
  readonly comment: string;
}

/** A package in a way: from `from` on (when given), below `below` or up to `upTo`; without either, in every version. */
export interface OvalPackage {
  readonly name: string;
  readonly from?: string;
  readonly below?: string;
  readonly upTo?: string;
}

/** One way to meet the criteria: with these packages, on any of these platforms and architectures, with this module stream. What is absent does not matter. */
export interface OvalWay {
  readonly packages: readonly OvalPackage[];
  /** As the criterion's comment names them: 'SUSE Linux Enterprise Server 15 SP4', 'Oracle Linux 8'. */
  readonly platforms?: readonly string[];
  readonly architectures?: readonly string[];
  /** 'nodejs:18' */
  readonly module?: string;
}

/** Returns every single test of criteria, in their order. */
export function criteriaOf(criteria: OvalCriteria): readonly OvalCriterion[] {
  return 'testRef' in criteria ? [criteria] : criteria.children.flatMap(criteriaOf);
}

export function readCriteria(element: XmlElement): OvalCriteria {
  const isNegated = attributeOf(element, 'negate') === 'true';
  if (element.local !== 'criteria') return { testRef: attributeOf(element, 'test_ref'), isNegated, comment: attributeOf(element, 'comment') };
  const children = element.children.filter(({ local }) => local === 'criteria' || local === 'criterion').map(readCriteria);
  return { isAll: attributeOf(element, 'operator').toUpperCase() !== 'OR', isNegated, children };
}

/**
 * Returns the ways to meet criteria: the tree multiplied out, as far as it speaks of packages, platforms, architectures and modules. What an image cannot tell (who signed a package, which
 * kernel runs) is taken to hold. Undefined when there are more ways than any real definition has.
 */
export function findWays(criteria: OvalCriteria, tables: OvalTables, isNegated = false): readonly OvalWay[] | undefined {
  const isReversed = isNegated !== criteria.isNegated;
  if ('testRef' in criteria) {
    const test = tables.test(criteria.testRef);
    if (test === undefined) return [];
    return isReversed ? negate(judgeTest(test, criteria.comment)) : judgeTest(test, criteria.comment);
  }
  // Not (a and b) is: not a, or not b.
  const isAll = criteria.isAll !== isReversed;
  return isAll ? findAll(criteria.children, tables, isReversed) : findAny(criteria.children, tables, isReversed);
}

function findAll(children: readonly OvalCriteria[], tables: OvalTables, isNegated: boolean): readonly OvalWay[] | undefined {
  let ways = HOLDS;
  for (const child of children) {
    const own = findWays(child, tables, isNegated);
    const product = own === undefined ? undefined : multiply(ways, own);
    if (product === undefined) return undefined;
    ways = product;
  }
  return ways;
}

function findAny(children: readonly OvalCriteria[], tables: OvalTables, isNegated: boolean): readonly OvalWay[] | undefined {
  const ways: OvalWay[] = [];
  for (const child of children) {
    const own = findWays(child, tables, isNegated);
    if (own === undefined || ways.length + own.length > MAX_OVAL_WAYS) return undefined;
    for (const way of own) ways.push(way);
  }
  return joinConditions(ways);
}

const HOLDS: readonly OvalWay[] = [{ packages: [] }];

function multiply(left: readonly OvalWay[], right: readonly OvalWay[]): readonly OvalWay[] | undefined {
  if (left.length === 1 && left[0] !== undefined && isBare(left[0])) return right;
  if (right.length === 1 && right[0] !== undefined && isBare(right[0])) return left;
  if (left.length * right.length > MAX_OVAL_WAYS) return undefined;
  return left.flatMap((a) => right.flatMap((b) => both(a, b) ?? []));
}

/** Undefined when the two contradict each other. */
function both(a: OvalWay, b: OvalWay): OvalWay | undefined {
  const architectures =
    a.architectures === undefined || b.architectures === undefined
      ? (a.architectures ?? b.architectures)
      : a.architectures.filter((architecture) => b.architectures?.includes(architecture));
  if (architectures?.length === 0) return undefined;
  const platforms =
    a.platforms === undefined ? b.platforms : b.platforms === undefined ? a.platforms : [...new Set([...a.platforms, ...b.platforms])];
  const module = a.module ?? b.module;
  return {
    packages: joinPackages(a.packages, b.packages),
    ...(platforms !== undefined && { platforms }),
    ...(architectures !== undefined && { architectures }),
    ...(module !== undefined && { module }),
  };
}

/** Two bounds of one package are one range. */
function joinPackages(a: readonly OvalPackage[], b: readonly OvalPackage[]): readonly OvalPackage[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const byName = new Map(a.map((item) => [item.name, item]));
  for (const item of b) byName.set(item.name, { ...byName.get(item.name), ...item });
  return [...byName.values()];
}

/** Ways that name nothing but a platform, or nothing but an architecture, are one way that names them all: thirty products times a hundred packages are a hundred ways then. */
function joinConditions(ways: readonly OvalWay[]): readonly OvalWay[] {
  if (ways.some(isBare)) return HOLDS;
  const isPlatform = (way: OvalWay): boolean => way.packages.length === 0 && way.module === undefined && way.architectures === undefined;
  const isArchitecture = (way: OvalWay): boolean => way.packages.length === 0 && way.module === undefined && way.platforms === undefined;
  const platforms = new Set(ways.filter(isPlatform).flatMap((way) => way.platforms ?? []));
  const architectures = new Set(ways.filter(isArchitecture).flatMap((way) => way.architectures ?? []));
  return [
    ...ways.filter((way) => !isPlatform(way) && !isArchitecture(way)),
    ...(platforms.size > 0 ? [{ packages: [], platforms: [...platforms] }] : []),
    ...(architectures.size > 0 ? [{ packages: [], architectures: [...architectures] }] : []),
  ];
}

function isBare(way: OvalWay): boolean {
  return way.packages.length === 0 && way.platforms === undefined && way.architectures === undefined && way.module === undefined;
}

/** A package that is not below a version is at it or above; that a platform is not there is not so; of the rest nothing is known. */
function negate(ways: readonly OvalWay[]): readonly OvalWay[] {
  if (ways.length === 0 || ways.some(isBare)) return HOLDS;
  const reversed = ways.flatMap(({ packages }) =>
    packages.flatMap(({ name, below }): OvalWay[] => (below === undefined ? [] : [{ packages: [{ name, from: below }] }])),
  );
  return reversed.length === ways.length ? reversed : [];
}

function judgeTest(test: OvalTest, comment: string): readonly OvalWay[] {
  const words = comment || test.comment;
  // Red Hat's way to say that a definition is for its own systems only.
  if (test.check === 'none satisfy' || test.check === 'none exist') return negate(judgePositive(test, words));
  return judgePositive(test, words);
}

function judgePositive(test: OvalTest, words: string): readonly OvalWay[] {
  const module = /^Module (\S+:\S+) is enabled$/.exec(words)?.[1];
  if (module !== undefined) return [{ packages: [], module }];
  if (test.kind === 'rpmverifyfile_test') return [{ packages: [], platforms: [platformOf(words)] }];
  const state: OvalState = new Map(test.states.flatMap((one) => [...one]));
  // Ubuntu's definitions for images: the versions stand in a list of packages.
  if (test.kind === 'textfilecontent54_test' && test.names.length > 0 && /_evr_string$/.test(state.get('subexpression')?.datatype ?? '')) {
    return judgePackages(test.names, state);
  }
  if (!/^(?:rpm|dpkg)info_test$/.test(test.kind)) return HOLDS;
  return test.names.some((name) => /-release$/i.test(name)) ? judgeRelease(state, words) : judgePackages(test.names, state);
}

/** What a test of the package `redhat-release` or its like asks for. */
function judgeRelease(state: OvalState, words: string): readonly OvalWay[] {
  const architectures = architecturesOf(state);
  if (architectures !== undefined && !state.has('version') && !state.has('evr')) return [{ packages: [], architectures }];
  if (isSignature(state)) return HOLDS;
  return [{ packages: [], platforms: [platformOf(words)] }];
}

function judgePackages(names: readonly string[], state: OvalState): readonly OvalWay[] {
  if (isSignature(state)) return HOLDS;
  const bounds = boundsOf(state);
  if (bounds === undefined) return [];
  const architectures = architecturesOf(state);
  return names.map((name) => ({ packages: [{ name, ...bounds }], ...(architectures !== undefined && { architectures }) }));
}

function isSignature(state: OvalState): boolean {
  return state.size > 0 && [...state.keys()].every((field) => field === 'signature_keyid');
}

/** Undefined for what no installed package is: SUSE calls what is not affected version 0. That it is one certain version says nothing of any other. */
function boundsOf(state: OvalState): Omit<OvalPackage, 'name'> | undefined {
  const asked = state.get('evr') ?? state.get('version') ?? state.get('subexpression');
  if (asked === undefined) return {};
  const version = asked.value.replace(/^(?:0|\(none\)):/, '');
  // Several versions in one, each for another branch, are no version.
  if (version.includes(',')) return undefined;
  switch (asked.operation) {
    case 'less than':
      return { below: version };
    case 'less than or equal':
      return { upTo: version };
    case 'greater than':
    case 'greater than or equal':
      return /^0(?:-0)?$/.test(version) || version === '0.0.0' ? {} : { from: version };
    default:
      return undefined;
  }
}

/** 'aarch64|ppc64le', '(i586|x86_64)', 'x86_64': a list, for all that it is called a pattern. Sources are not installed. */
function architecturesOf(state: OvalState): readonly string[] | undefined {
  const pattern = state.get('arch')?.value.replaceAll(/[\^$()]/g, '');
  const names = pattern?.split('|').filter((name) => /^\w+$/.test(name) && name !== 'src' && name !== 'nosrc') ?? [];
  return names.length > 0 ? names.sort() : undefined;
}

function platformOf(words: string): string {
  return words.replace(/ (?:is|must be) installed\.?$/, '').trim();
}
