import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { compare as compareSemver, satisfies, valid } from 'semver';
import { parse as parseYaml } from 'yaml';
import type { AdvisoryFeed } from '../../../../src/advisories/feeds/feed.ts';
import { feed as bitnami } from '../../../../src/advisories/feeds/readers/bitnami.ts';
import { feed as friendsOfPhp } from '../../../../src/advisories/feeds/readers/friendsofphp.ts';
import { feed as gemnasium } from '../../../../src/advisories/feeds/readers/gemnasium.ts';
import { feed as golang } from '../../../../src/advisories/feeds/readers/golang-vulndb.ts';
import { feed as osv } from '../../../../src/advisories/feeds/readers/osv.ts';
import { feed as pypa } from '../../../../src/advisories/feeds/readers/pypa.ts';
import { feed as rubySec } from '../../../../src/advisories/feeds/readers/rubysec.ts';
import { feed as rustSec } from '../../../../src/advisories/feeds/readers/rustsec.ts';
import type { Match } from '../../../../src/advisories/matching/match-candidate.ts';
import { matchLanguage } from '../../../../src/advisories/matching/match-language.ts';
import { bitnamiNames } from '../../../../src/advisories/matching/language-programs.ts';
import type { PackageType } from '../../../../src/foundation/model/package.ts';
import { chooseMany, listArchive, readArchive, readOsv } from '../../../support/expected/advisory.ts';
import type { ExpectedAdvisory, PublishedFile } from '../../../support/expected/advisory.ts';
import { readFriendsOfPhp } from '../../../support/expected/friendsofphp.ts';
import { readGemnasium } from '../../../support/expected/gemnasium.ts';
import { compareNumbers, comparePython, isInBounds, isInIntervals, isNumbers } from '../../../support/expected/orders.ts';
import { readRubySec } from '../../../support/expected/rubysec.ts';
import { readRustSec } from '../../../support/expected/rustsec.ts';
import { installed, storeOf } from '../../../support/memory-store.ts';
import { sharedData } from '../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** Real advisories of real packages, asked about every version that they name and those beside it: the ids found are those that another reading of the same record gives. */
interface Publisher {
  readonly name: string;
  readonly archive: string;
  readonly feed: AdvisoryFeed;
  readonly type: PackageType;
  /** The package that a file is about, undefined for files that are left out; for publishers whose files are not kept by package, absent. */
  readonly packageOf?: (name: string) => string | undefined;
  readonly read: (file: PublishedFile) => readonly ExpectedAdvisory[];
  /** What the independent reading can put in order. */
  readonly canOrder: (version: string) => boolean;
  /** Most files of one package, where reading them takes long. */
  readonly most?: number;
  /** As the package manager names it. */
  readonly toName?: (name: string) => string;
}

function listOf<T>(item: T | undefined): readonly T[] {
  return item === undefined ? [] : [item];
}

function inFolder(pattern: RegExp): (name: string) => string | undefined {
  return (name) => pattern.exec(name)?.[1];
}

function ofGitLab(
  slug: string,
  type: PackageType,
  isIn: (version: string, range: string) => boolean,
  canOrder: (version: string) => boolean,
): Publisher {
  return {
    name: `GitLab, ${slug}`,
    archive: 'advisories/gemnasium-oss-mit/gemnasium-community-2022-05-23.tar.xz',
    feed: gemnasium,
    type,
    packageOf: inFolder(new RegExp(`(?:^|/)${slug}/(.+)/[^/]+\\.yml$`)),
    read: (file) => [readGemnasium(file, isIn)],
    canOrder,
    ...(type === 'maven' && { toName: (name: string) => name.replace(/\/(?=[^/]*$)/, ':') }),
  };
}

const isThreeNumbers = (version: string): boolean => /^\d+\.\d+\.\d+$/.test(version);
const isNpm = (version: string): boolean => valid(version) !== null;
const inNpmRange = (version: string, range: string): boolean =>
  satisfies(version, range.replaceAll(',', ' '), { includePrerelease: true, loose: true });
/** Bitnami's ranges are of Semantic Versioning, with numbers left out. */
function compareUpstream(a: string, b: string): number {
  const [left = '', right = ''] = [a, b].map((version) =>
    version.replace(/^\d+(?:\.\d+)*/, (numbers) => `${numbers}.0.0`.split('.').slice(0, 3).map(Number).join('.')),
  );
  return compareSemver(left, right);
}

const programs = new Map([...bitnamiNames].map(([program, name]) => [name, program]));

const publishers: readonly Publisher[] = [
  {
    name: 'PyPA',
    archive: 'advisories/pypa/pypa-2024-10-10.tar.xz',
    feed: pypa,
    type: 'pypi',
    packageOf: inFolder(/vulns\/([^/]+)\/PYSEC-[^/]+\.yaml$/),
    most: 12,
    read: (file) => readOsv(parseYaml(file.text), comparePython),
    canOrder: (version) => /^\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?$/.test(version),
  },
  {
    name: 'the Go vulnerability database',
    archive: 'advisories/golang-vulndb/golang-vulndb-osv-2026-08-21.tar.xz',
    feed: golang,
    type: 'golang',
    read: (file) => readOsv(JSON.parse(file.text), compareSemver),
    canOrder: isNpm,
  },
  {
    name: 'RustSec',
    archive: 'advisories/rustsec/rustsec-2026-08-21.tar.xz',
    feed: rustSec,
    type: 'cargo',
    packageOf: inFolder(/crates\/([^/]+)\/RUSTSEC-[^/]+\.md$/),
    read: (file) => listOf(readRustSec(file)),
    canOrder: isThreeNumbers,
  },
  {
    name: 'RubySec',
    archive: 'advisories/rubysec/rubysec-2026-08-22.tar.xz',
    feed: rubySec,
    type: 'gem',
    packageOf: inFolder(/gems\/([^/]+)\/(?:CVE|GHSA)-[^/]+\.yml$/),
    read: (file) => listOf(readRubySec(file)),
    canOrder: (version) => /^[\w.]+$/.test(version),
  },
  {
    name: 'FriendsOfPHP',
    archive: 'advisories/friendsofphp/friendsofphp-2026-08-06.tar.xz',
    feed: friendsOfPhp,
    type: 'composer',
    packageOf: inFolder(/([^/]+\/[^/]+)\/CVE-[^/]+\.yaml$/),
    read: (file) => listOf(readFriendsOfPhp(file)),
    canOrder: isNumbers,
  },
  {
    name: 'Bitnami',
    archive: 'advisories/bitnami/bitnami-vulndb-2026-08-05.tar.xz',
    feed: bitnami,
    type: 'generic',
    most: 160,
    packageOf: (name) => [...programs.keys()].find((program) => name.includes(`data/${program}/BIT-`)),
    read: (file) => readOsv(JSON.parse(file.text), compareUpstream),
    canOrder: (version) => /^\d+(?:\.\d+){0,2}(?:-[a-z][\w.-]*)?$/.test(version),
    toName: (name) => programs.get(name) ?? name,
  },
  ofGitLab('npm', 'npm', inNpmRange, isNpm),
  ofGitLab('maven', 'maven', isInIntervals, isNumbers),
  ofGitLab('nuget', 'nuget', isInIntervals, isNumbers),
  ofGitLab('conan', 'conan', isInBounds, isNumbers),
];

const ecosystems: readonly (readonly [ecosystem: string, type: PackageType])[] = [
  ['npm', 'npm'],
  ['PyPI', 'pypi'],
  ['Maven', 'maven'],
  ['Go', 'golang'],
  ['crates.io', 'cargo'],
  ['NuGet', 'nuget'],
  ['Packagist', 'composer'],
  ['RubyGems', 'gem'],
  ['Hex', 'hex'],
  ['Pub', 'pub'],
  ['SwiftURL', 'swift'],
];
const OSV_RECORDS = 'advisories/fixtures/osv-records-from-fixtures.jsonl.zst';

test(
  'records of many databases in the OSV schema: exactly what they say',
  { skip: sharedData(OSV_RECORDS) === undefined && 'shared test data is absent' },
  (t) => {
    const lines = zstdDecompressSync(readFileSync(sharedData(OSV_RECORDS) ?? ''))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    const told: string[] = [];
    for (const [ecosystem, type] of ecosystems) {
      const documents = lines.map((line) => JSON.parse(line) as { id: string; affected?: readonly { package?: { ecosystem?: string } }[] });
      const own = documents.filter(({ affected }) => affected?.some((one) => one.package?.ecosystem === ecosystem));
      const readable = own.filter((document) => readOsv(document, compareNumbers, ecosystem).every(({ versions }) => versions.every(isNumbers)));
      const store = storeOf(
        readable.flatMap((document) =>
          [...osv.read({ name: `${document.id}.json`, bytes: new TextEncoder().encode(JSON.stringify(document)) })].flatMap(({ value }) => value),
        ),
      );
      const advisories = chooseMany(
        readable.flatMap((document) => readOsv(document, compareNumbers, ecosystem)),
        ({ packageName }) => packageName,
        { groups: 1000 },
      );
      for (const [name, said] of advisories) {
        for (const version of versionsAround(said)) {
          const expected = said.filter(({ affects }) => affects(version)).flatMap(({ ids }) => ids);
          assertTold(matchLanguage([installed(type, name, version)], store, []), expected, `${ecosystem} ${name} ${version}`);
        }
      }
      told.push(`${ecosystem} ${advisories.size}`);
    }
    t.diagnostic(`packages: ${told.join(', ')}`);
  },
);

const MAX_VERSIONS = 40;

for (const publisher of publishers) {
  test(`${publisher.name}: exactly what the records say`, { skip: whyNot(publisher.archive) }, (t) => {
    const packages = choosePackages(publisher, temporaryDirectory(t));
    let affectedPackages = 0;
    let clearedPackages = 0;
    for (const [name, { advisories, files }] of packages) {
      const records = files.flatMap((file) =>
        [...publisher.feed.read({ name: file.name, bytes: new TextEncoder().encode(file.text) })].flatMap(({ value }) => value),
      );
      const store = storeOf(records);
      const versions = versionsAround(advisories).filter(publisher.canOrder).slice(0, MAX_VERSIONS);
      const answers = versions.map((version) => {
        const expected = advisories.filter((advisory) => advisory.affects(version)).flatMap(({ ids }) => ids);
        const problems: [] = [];
        const found = matchLanguage([installed(publisher.type, publisher.toName?.(name) ?? name, version)], store, problems);
        assert.deepEqual(problems, [], `${name} ${version}`);
        assertTold(found, expected, `${name} ${version}`);
        for (const { id, fixedVersion } of found) {
          if (fixedVersion === undefined || !publisher.canOrder(fixedVersion)) continue;
          const stillAffects = advisories.filter(({ ids, affects }) => ids.includes(id) && affects(fixedVersion));
          assert.deepEqual(stillAffects, [], `${name} ${version}: ${id} is not fixed in ${fixedVersion}`);
        }
        return expected.length;
      });
      affectedPackages += Number(answers.some((count) => count > 0));
      clearedPackages += Number(answers.some((count) => count < advisories.length));
    }
    t.diagnostic(`${packages.size} packages: ${affectedPackages} with an affected version, ${clearedPackages} with a fixed one`);
    assert.ok(affectedPackages >= 20 && clearedPackages >= 20, `${affectedPackages} affected, ${clearedPackages} fixed`);
  });
}

/** Every id that is expected is told, as a finding's own or as an alias where records were put together, and every finding has one of them. */
function assertTold(found: readonly Match[], expected: readonly string[], message: string): void {
  const names = found.map(({ id, vendorIds = [] }): readonly string[] => [id, ...vendorIds]);
  const told = new Set(names.flat());
  assert.deepEqual([...new Set(expected)].filter((id) => !told.has(id)).sort(), [], `${message}: not found`);
  assert.deepEqual(
    names.filter((ids) => !ids.some((id) => expected.includes(id))),
    [],
    `${message}: not expected`,
  );
}

interface Chosen {
  readonly advisories: readonly ExpectedAdvisory[];
  readonly files: readonly PublishedFile[];
}

/** Packages of which the independent reading can put every version in order. */
function choosePackages({ archive, packageOf, read, canOrder, most = 40 }: Publisher, folder: string): ReadonlyMap<string, Chosen> {
  const names = listArchive(archive);
  const wanted =
    packageOf === undefined
      ? names.filter((name) => /GO-202[0-3]-\d+\.json$/.test(name))
      : [...chooseMany(names, packageOf, { groups: 45, most }).values()].flat();
  const files = readArchive(archive, wanted, folder);
  const pairs = files.flatMap((file) => read(file).map((advisory) => ({ file, advisory })));
  const found = [...chooseMany(pairs, ({ advisory }) => advisory.packageName, { groups: 80, most: Math.max(most, 60) })]
    .filter(([, members]) => members.every(({ advisory }) => advisory.versions.every(canOrder)))
    .slice(0, 40);
  return new Map(
    found.map(([name, members]) => [
      name,
      { advisories: members.map(({ advisory }) => advisory), files: [...new Set(members.map(({ file }) => file))] },
    ]),
  );
}

/** Every version that is named, and those just before and after. */
function versionsAround(advisories: readonly ExpectedAdvisory[]): readonly string[] {
  const named = advisories.flatMap(({ versions }) => versions);
  const beside = named.flatMap((version) => {
    const [, head, last] = /^((?:\d+\.)+)(\d+)$/.exec(version) ?? [];
    if (head === undefined) return [];
    return [`${head}${Number(last) + 1}`, ...(Number(last) > 0 ? [`${head}${Number(last) - 1}`] : [])];
  });
  return [...new Set([...named, ...beside])];
}

function whyNot(archive: string): string | false {
  if (sharedData(archive) === undefined) return `shared test data is absent: ${path.basename(archive)}`;
  try {
    execFileSync('xz', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'xz is absent';
  }
}
