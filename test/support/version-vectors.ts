import { readFileSync } from 'node:fs';
import type { VersionScheme } from '../../src/advisories/versions/scheme.ts';
import { sharedData } from './shared-data.ts';

/** The published facts of each scheme: files under vectors/versions, or a table of one. */
export const vectorFiles: Readonly<Record<string, readonly string[]>> = {
  apk: published('alpine'),
  composer: published('packagist'),
  cran: published('cran'),
  dpkg: [...published('debian'), 'derived/dpkg-Dpkg_Version.tsv'],
  hackage: ['osv-scalibr-semantic/hackage-versions.txt'],
  maven: published('maven'),
  nuget: ['osv-scalibr-semantic/nuget-versions.txt'],
  pep440: published('pypi'),
  pub: ['osv-scalibr-semantic/pub-versions.txt'],
  rpm: ['osv-scalibr-semantic/redhat-versions.txt', 'derived/rpm-rpmvercmp.tsv'],
  rubygems: published('rubygems'),
  semver: ['osv-scalibr-semantic/semver-versions.txt', 'derived/node-semver-fixtures.json#comparisons', 'derived/node-semver-fixtures.json#equality'],
};

const MAVEN_SAYS_OTHERWISE =
  'Maven itself (3.8.7 and 3.9.9, asked by its own ComparableVersion) gives the opposite order: it reads a dot before a last word as a dash';
const MAVEN_GOES_IN_CIRCLES =
  'Maven’s own order goes in circles here, so that no total order has this line: with x for any other word, 1.0.Beta-1 < 1.0 < 1.0-x < 1.0.Beta-1, and 1.2.FL.1 < 1.2-alpha < 1.2 < 1.2.FL.1';
const CASE_OF_STABILITY =
  'the line takes ALPHA and BETA for unknown words; Composer reads a stability whatever its case, so that alpha is below beta';

/** Lines that do not hold, each with the reason. A line that holds after all makes the tests fail. */
export const knownExceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  composer: {
    '1.2.3.# = 1.2.3.1': 'contradicts two others: 1.2.3.# = 1.2.3 and 1.2.3 < 1.2.3.1; # is not in any version of Composer’s',
    'v1.9.0-ALPHA.1 = v1.9.0-BETA.1': CASE_OF_STABILITY,
    'v1.9.0-BETA.1 < v1.9.0-ALPHA.2': CASE_OF_STABILITY,
    'v1.9.0-ALPHA.2 = v1.9.0-BETA.2': CASE_OF_STABILITY,
    '5.1.0-stable < 5.1.0-beta2': 'the line takes stable for an unknown word; to Composer 5.1.0-stable is 5.1.0, which is above its beta',
  },
  maven: {
    '1.0.0-RC16 < 1.0.0.RC8-beta': MAVEN_SAYS_OTHERWISE,
    '1.0.0-gradle-rework-beta3 < 1.0.0.RC7-3': MAVEN_SAYS_OTHERWISE,
    '2.9.0-1 < 2.9.0.RC1': MAVEN_SAYS_OTHERWISE,
    '3.6.2.FL.20090615 < 3.6.2-FL-2009-05-11': MAVEN_GOES_IN_CIRCLES,
    '6.1.12.rc5 < 6.1.12rc1': MAVEN_SAYS_OTHERWISE,
    '1.1.31.sec10 < 1.1.31_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.1.34.sec10 < 1.1.34_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.1.46.sec10 < 1.1.46_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.8.sec10_noneautotype < 1.2.8_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.31.sec10 < 1.2.31_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.48.sec10 < 1.2.48_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.50.sec10 < 1.2.50_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.54.sec10 < 1.2.54_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.57.sec10 < 1.2.57_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.60.sec10 < 1.2.60_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.2.67.sec10 < 1.2.67_noneautotype': MAVEN_SAYS_OTHERWISE,
    '1.0.0rc0 < 1.0.beta8': MAVEN_SAYS_OTHERWISE,
    '1.5.9.RC1 < 1.5.9-RC0': MAVEN_SAYS_OTHERWISE,
    '3.5.0-CR-2 < 3.5.0.Beta-1': MAVEN_GOES_IN_CIRCLES,
    '1.1.0-01-glassfish < 1.1.0.Beta1': MAVEN_SAYS_OTHERWISE,
  },
};

function published(ecosystem: string): readonly string[] {
  return [`osv-scalibr-semantic/${ecosystem}-versions.txt`, `osv-scalibr-semantic/${ecosystem}-versions-generated.txt`];
}

interface Fact {
  readonly a: string;
  readonly sign: string;
  readonly b: string;
}

/** Returns the facts of one file. */
export function readVectors(file: string): readonly Fact[] {
  const [name = '', table = ''] = file.split('#');
  const text = readFileSync(sharedData(`vectors/versions/${name}`) ?? '', 'utf8');
  if (name.endsWith('.json')) return readTable(text, table);
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#') && !line.startsWith('//'));
  return name.endsWith('.tsv') ? lines.slice(1).map(readRow) : lines.map(readLine);
}

/** Returns the fact of a line `a < b`, `a = b`, `a > b`. */
export function readLine(line: string): Fact {
  const [a = '', sign = '', b = ''] = line.split(/ ([<=>]) /);
  return { a, sign, b };
}

function readRow(line: string): Fact {
  const [a = '', b = '', sign = ''] = line.split('\t');
  return { a, sign: { '-1': '<', '0': '=', '1': '>' }[sign] ?? '', b };
}

/** node-semver's tables: of comparisons the first is the higher one. */
function readTable(text: string, table: string): readonly Fact[] {
  const rows = (JSON.parse(text) as Record<string, readonly (readonly string[])[]>)[table] ?? [];
  return rows.map(([a = '', b = '']) => ({ a, sign: table === 'equality' ? '=' : '>', b }));
}

const signs: Readonly<Record<string, number>> = { '<': -1, '=': 0, '>': 1 };

/** Returns whether a scheme orders the two versions of a fact as it says, both ways round. */
export function isKept(scheme: VersionScheme, { a, sign, b }: Fact): boolean {
  const expected = signs[sign];
  return expected !== undefined && Math.sign(scheme.compare(a, b)) === expected && Math.sign(scheme.compare(b, a)) === (0 - expected || 0);
}

/** Returns the reason why a fact need not hold, undefined when it must. */
export function exceptionTo(scheme: VersionScheme, { a, sign, b }: Fact): string | undefined {
  const exceptions = knownExceptions[scheme.id] ?? {};
  const line = `${a} ${sign} ${b}`;
  return Object.hasOwn(exceptions, line) ? exceptions[line] : undefined;
}
