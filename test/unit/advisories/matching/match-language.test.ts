import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countUncovered, matchLanguage } from '../../../../src/advisories/matching/match-language.ts';
import { matchPackages } from '../../../../src/advisories/matching/match.ts';
import type { Match } from '../../../../src/advisories/matching/match-candidate.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../../../../src/foundation/model/package.ts';
import type { Problem } from '../../../../src/foundation/model/problem.ts';
import { affected, installed, storeOf, vulnerability } from '../../../support/memory-store.ts';

const GHSA = 'npm::GitHub Security Advisory npm';
const GLAD = 'npm::GitLab Advisory Database Community';
const OSV = 'npm::Open Source Vulnerability';
const BITNAMI = 'bitnami::Bitnami Vulnerability Database';
const below2 = { vulnerableVersions: ['<2.0.0'] };

function match(
  records: readonly AdvisoryRecord[],
  ...packages: readonly InstalledPackage[]
): { matches: readonly Match[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return { matches: matchLanguage(packages, storeOf(records), problems), problems };
}

function idsOf(records: readonly AdvisoryRecord[], ...packages: readonly InstalledPackage[]): readonly string[] {
  return match(records, ...packages).matches.map(({ id }) => id);
}

interface NameCase {
  readonly type: PackageType;
  readonly bucket: string;
  readonly stored: string;
  readonly names: readonly string[];
  readonly others: readonly string[];
}

const nameCases: readonly NameCase[] = [
  { type: 'npm', bucket: GHSA, stored: '@babel/traverse', names: ['@babel/traverse'], others: ['traverse', '@babel'] },
  { type: 'npm', bucket: GHSA, stored: 'jsonstream', names: ['JSONStream', 'jsonstream'], others: [] },
  {
    type: 'pypi',
    bucket: 'pip::GitHub Security Advisory pip',
    stored: 'ruamel.yaml',
    names: ['ruamel.yaml', 'Ruamel_Yaml', 'ruamel-yaml'],
    others: ['ruamelyaml'],
  },
  {
    type: 'pypi',
    bucket: 'pip::PyPA Advisory Database',
    stored: 'zope-interface',
    names: ['zope.interface', 'Zope_Interface', 'zope..interface'],
    others: ['zope'],
  },
  {
    type: 'maven',
    bucket: 'maven::GitHub Security Advisory Maven',
    stored: 'org.apache.logging.log4j:log4j-core',
    names: ['org.apache.logging.log4j:log4j-core'],
    others: ['log4j-core'],
  },
  {
    type: 'golang',
    bucket: 'go::GitHub Security Advisory Go',
    stored: 'github.com/Masterminds/goutils',
    names: ['github.com/Masterminds/goutils'],
    others: ['github.com/masterminds/goutils', 'github.com/Masterminds/goutils/v2'],
  },
  { type: 'golang', bucket: 'go::The Go Vulnerability Database', stored: 'stdlib', names: ['stdlib'], others: ['net/http'] },
  {
    type: 'swift',
    bucket: 'swift::GitHub Security Advisory Swift',
    stored: 'github.com/apple/swift-nio',
    names: ['github.com/apple/swift-nio', 'https://github.com/apple/swift-nio.git', 'github.com/Apple/swift-nio'],
    others: ['swift-nio'],
  },
  {
    type: 'swift',
    bucket: 'swift::GitHub Security Advisory Swift',
    stored: 'https://github.com/vapor/vapor.git',
    names: ['github.com/vapor/vapor'],
    others: [],
  },
  {
    type: 'cocoapods',
    bucket: 'cocoapods::GitHub Security Advisory Swift',
    stored: 'Alamofire',
    names: ['Alamofire', 'Alamofire/Core'],
    others: ['alamofire', 'AlamofireImage'],
  },
  {
    type: 'composer',
    bucket: 'composer::GitHub Security Advisory Composer',
    stored: 'symfony/http-kernel',
    names: ['Symfony/Http-Kernel'],
    others: ['http-kernel'],
  },
  {
    type: 'nuget',
    bucket: 'nuget::GitHub Security Advisory NuGet',
    stored: 'newtonsoft.json',
    names: ['Newtonsoft.Json'],
    others: ['Newtonsoft-Json'],
  },
  { type: 'nuget', bucket: 'nuget::GitHub Security Advisory NuGet', stored: 'Newtonsoft.Json', names: ['Newtonsoft.Json'], others: [] },
  { type: 'gem', bucket: 'rubygems::Ruby Advisory Database', stored: 'RedCloth', names: ['RedCloth'], others: ['redcloth-rails'] },
  { type: 'cargo', bucket: 'cargo::GitHub Security Advisory Rust', stored: 'tokio', names: ['tokio'], others: ['tokio-util'] },
  { type: 'hex', bucket: 'erlang::GitHub Security Advisory Erlang', stored: 'phoenix', names: ['phoenix'], others: [] },
  { type: 'pub', bucket: 'pub::GitHub Security Advisory Pub', stored: 'http', names: ['http'], others: [] },
  { type: 'conan', bucket: 'conan::GitLab Advisory Database Community', stored: 'openssl', names: ['openssl'], others: [] },
  { type: 'julia', bucket: 'julia::Julia Ecosystem Security Advisories', stored: 'HTTP', names: ['HTTP'], others: ['http'] },
  { type: 'cran', bucket: 'cran::Open Source Vulnerability', stored: 'commonmark', names: ['commonmark'], others: [] },
  { type: 'generic', bucket: BITNAMI, stored: 'apache', names: ['httpd'], others: ['apache'] },
  { type: 'generic', bucket: BITNAMI, stored: 'node', names: ['node'], others: ['java', 'node-min', 'openssl'] },
];

for (const { type, bucket, stored, names, others } of nameCases) {
  test(`${type}: ${stored} is found by the names that its package manager takes for it`, () => {
    const records = [affected(bucket, stored, 'CVE-1', below2)];
    for (const name of names) assert.deepEqual(idsOf(records, installed(type, name, '1.0.0')), ['CVE-1'], name);
    for (const name of others) assert.deepEqual(idsOf(records, installed(type, name, '1.0.0')), [], name);
  });
}

test('the parts of a pod from one lock file are one finding', () => {
  const records = [affected('cocoapods::GitHub Security Advisory Swift', 'Firebase', 'CVE-1', below2)];
  const part = (name: string, file: string) => installed('cocoapods', name, '1.0.0', { files: [file as ImagePath] });
  const { matches } = match(
    records,
    part('Firebase', 'a/Podfile.lock'),
    part('Firebase/Core', 'a/Podfile.lock'),
    part('Firebase/Core', 'b/Podfile.lock'),
    part('Firebase/Auth', 'b/Podfile.lock'),
  );
  assert.deepEqual(
    matches.map(({ installed: { name, files } }) => `${files[0]} ${name}`),
    ['a/Podfile.lock Firebase', 'b/Podfile.lock Firebase/Core'],
  );
  assert.equal(matches[1]?.packageName, 'Firebase');
});

test('a gem built for a platform has the version of the gem', () => {
  const records = [affected('rubygems::Ruby Advisory Database', 'nokogiri', 'CVE-1', { patchedVersions: ['>= 1.13.6'] })];
  for (const version of ['1.13.6-x86_64-linux', '1.13.6-java', '1.13.10-arm64-darwin', '1.13.6-x64-mingw-ucrt']) {
    assert.deepEqual(idsOf(records, installed('gem', 'nokogiri', version)), [], version);
  }
  const [found] = match(records, installed('gem', 'nokogiri', '1.13.5-x86_64-linux-musl')).matches;
  assert.deepEqual([found?.id, found?.version, found?.fixedVersion], ['CVE-1', '1.13.5', '1.13.6']);
});

test('Go: pseudo-versions, +incompatible and the standard library', () => {
  const records = [
    affected('go::The Go Vulnerability Database', 'golang.org/x/net', 'CVE-1', { vulnerableVersions: ['<0.0.0-20220906165146-f3363e06e74c'] }),
    affected('go::GitHub Security Advisory Go', 'github.com/docker/docker', 'CVE-2', {
      vulnerableVersions: ['>=19.3.0, <20.10.24'],
      patchedVersions: ['20.10.24'],
    }),
    affected('go::The Go Vulnerability Database', 'stdlib', 'CVE-3', {
      vulnerableVersions: ['<1.20.8', '>=1.21.0-0, <1.21.1'],
      patchedVersions: ['1.20.8', '1.21.1'],
    }),
  ];
  const ids = (name: string, version: string) => idsOf(records, installed('golang', name, version));
  assert.deepEqual(ids('golang.org/x/net', 'v0.0.0-20220805013720-a33c5aa5df48'), ['CVE-1']);
  assert.deepEqual(ids('golang.org/x/net', 'v0.0.0-20220906165146-f3363e06e74c'), []);
  assert.deepEqual(ids('golang.org/x/net', 'v0.1.0'), []);
  assert.deepEqual(ids('github.com/docker/docker', 'v20.10.23+incompatible'), ['CVE-2']);
  assert.deepEqual(ids('github.com/docker/docker', 'v20.10.24+incompatible'), []);
  assert.deepEqual(ids('stdlib', '1.21.0-rc.2'), ['CVE-3']);
  assert.deepEqual(ids('stdlib', '1.20.8'), []);
  assert.equal(match(records, installed('golang', 'stdlib', '1.21.0')).matches[0]?.fixedVersion, '1.21.1');
});

test('patched builds are judged by who patched them', () => {
  const records = [
    affected('pip::GitHub Security Advisory pip', 'django', 'CVE-1', { vulnerableVersions: ['<4.2.9'] }),
    affected('seal pip::Seal Security Database', 'django', 'CVE-2', { vulnerableVersions: ['>=4.2.8+sp1, <4.2.8+sp2'] }),
    affected(GHSA, 'ejs', 'CVE-3', { vulnerableVersions: ['<3.1.10'] }),
  ];
  assert.deepEqual(idsOf(records, installed('pypi', 'Django', '4.2.8')), ['CVE-1']);
  assert.deepEqual(idsOf(records, installed('pypi', 'Django', '4.2.8+sp1')), ['CVE-2']);
  assert.deepEqual(idsOf(records, installed('pypi', 'Django', '4.2.8+sp2')), []);
  assert.deepEqual(idsOf(records, installed('npm', 'ejs', '3.1.8-sp1')), ['CVE-3'], 'a pre-release of the author’s own');
  assert.deepEqual(
    idsOf(
      [...records, affected('seal npm::Seal Security Database', 'ejs', 'CVE-4', { vulnerableVersions: ['<3.1.8-sp2'] })],
      installed('npm', 'ejs', '3.1.8-sp1'),
    ),
    ['CVE-4'],
  );
});

test('a gem advisory without any version is about them all', () => {
  assert.deepEqual(idsOf([affected('rubygems::Ruby Advisory Database', 'sup', 'CVE-1', {})], installed('gem', 'sup', '1.0')), ['CVE-1']);
  assert.deepEqual(idsOf([affected('rubygems::GitHub Security Advisory RubyGems', 'sup', 'CVE-1', {})], installed('gem', 'sup', '1.0')), []);
});

test('a version that has no place in the order is matched by what names it, and told once', () => {
  const records = [
    affected(GHSA, 'p', 'CVE-1', below2),
    affected(GHSA, 'p', 'CVE-2', { vulnerableVersions: ['=1.0.0', '=latest'] }),
    affected(GHSA, 'p', 'CVE-3', { vulnerableVersions: ['>=0'] }),
    affected(GHSA, 'p', 'CVE-4', { patchedVersions: ['>=2.0.0'] }),
  ];
  const { matches, problems } = match(records, installed('npm', 'p', 'latest', { files: ['app/package.json' as ImagePath] }));
  assert.deepEqual(
    matches.map(({ id, affected: range }) => [id, range]),
    [
      ['CVE-2', '=latest'],
      ['CVE-3', 'all versions'],
    ],
  );
  assert.equal(problems.length, 1);
  assert.equal(problems[0]?.code, 'malformed');
  assert.equal(problems[0].path, 'app/package.json');
  assert.match(problems[0].message, /package p was not checked for every vulnerability: its version "latest" has no place in an order/);
});

test('ranges that cannot be read are told once for each package, unless another source could be read', () => {
  const unread = { vulnerableVersions: ['>=1.0.0, <unknown'] };
  const records = ['1', '2', '3', '4', '5', '6'].map((number) => affected(GHSA, 'p', `CVE-${number}`, unread));
  const { matches, problems } = match(
    [...records, affected(GLAD, 'p', 'CVE-6', below2)],
    installed('npm', 'p', '1.0.0'),
    installed('npm', 'p', '1.0.0'),
  );
  assert.deepEqual(
    matches.map(({ id }) => id),
    ['CVE-6', 'CVE-6'],
  );
  assert.deepEqual(
    problems.map(({ message }) => message),
    Array.from(
      { length: 2 },
      () => 'npm package p was not checked for every vulnerability: the range of CVE-1, CVE-2, CVE-3, CVE-4, CVE-5 cannot be read',
    ),
  );
});

test('sources that tell of one vulnerability are one finding, told by the one believed first, with a fix that satisfies all', () => {
  const records = [
    affected(GLAD, 'p', 'CVE-1', { vulnerableVersions: ['<1.6.0'], patchedVersions: ['1.6.0'] }),
    affected(GHSA, 'p', 'GHSA-1', { vulnerableVersions: ['<1.5.5'], patchedVersions: ['1.5.5'], vendorIds: ['CVE-1'] }),
  ];
  const [found, ...more] = match(records, installed('npm', 'p', '1.0.0')).matches;
  assert.deepEqual(more, []);
  assert.deepEqual(
    [found?.id, found?.recordId, found?.vendorIds, found?.bucket, found?.affected, found?.fixedVersion],
    ['CVE-1', 'GHSA-1', ['GHSA-1'], GHSA, '<1.5.5', '1.6.0'],
  );
});

test('malicious packages are told as such', () => {
  const records = [
    affected(OSV, 'evil', 'MAL-2024-1', { vulnerableVersions: ['>=0'] }),
    affected('npm::Datadog Indicators of Compromise', 'wormy', 'DATADOG-worm', { vulnerableVersions: ['=1.0.1'] }),
    affected(OSV, 'taken-over', 'MAL-2024-2', { vulnerableVersions: ['=1.4.45'] }),
    affected(GHSA, 'taken-over', 'GHSA-1', { vulnerableVersions: ['=1.4.45'], vendorIds: ['MAL-2024-2'] }),
  ];
  const tell = (name: string, version: string) =>
    match(records, installed('npm', name, version)).matches.map(({ id, isMalware, severity, fixedVersion }) => [
      id,
      isMalware,
      severity,
      fixedVersion,
    ]);
  assert.deepEqual(tell('evil', '0.0.1-alpha'), [['MAL-2024-1', true, 'critical', undefined]]);
  assert.deepEqual(tell('taken-over', '1.4.45'), [['GHSA-1', true, 'critical', undefined]]);
  assert.deepEqual(tell('taken-over', '1.4.46'), []);
  assert.deepEqual(tell('wormy', '1.0.1'), [['DATADOG-worm', true, 'critical', undefined]]);
});

test('a malicious package is a finding of malware; what is known of a record by its own id is told', () => {
  const records = [
    affected(OSV, 'evil', 'MAL-2024-1', { vulnerableVersions: ['>=0'] }),
    affected(GHSA, 'p', 'GHSA-1', { ...below2, vendorIds: ['CVE-1'] }),
    vulnerability('GHSA-1', { vendorSeverities: { ghsa: 'low' } }),
  ];
  const packages = [installed('npm', 'evil', '1.0.0'), installed('npm', 'p', '1.0.0')];
  const { vulnerabilities } = matchPackages({ packages, store: storeOf(records), now: new Date(0) });
  assert.deepEqual(
    vulnerabilities.map(({ id, category, severity, aliases, matchedBy }) => [
      id,
      category,
      severity,
      aliases,
      matchedBy.recordId,
      matchedBy.affected,
    ]),
    [
      ['MAL-2024-1', 'malware', 'critical', [], 'MAL-2024-1', 'all versions'],
      ['CVE-1', 'application-vulnerability', 'low', ['GHSA-1'], 'GHSA-1', '<2.0.0'],
    ],
  );
});

test('a program of Go is told of once, by its module', () => {
  const records = [
    affected('go::GitHub Security Advisory Go', 'go.etcd.io/etcd/server/v3', 'CVE-1', { vulnerableVersions: ['<3.5.9'] }),
    affected(BITNAMI, 'etcd', 'CVE-1', { vulnerableVersions: ['<3.5.9'] }),
    affected(BITNAMI, 'etcd', 'CVE-2', { vulnerableVersions: ['<3.5.9'] }),
  ];
  const at = (path: string) => ({ files: [path as ImagePath] });
  const module = installed('golang', 'go.etcd.io/etcd/server/v3', 'v3.5.0', at('usr/bin/etcd'));
  const tell = (...packages: readonly InstalledPackage[]) =>
    match(records, ...packages).matches.map((found) => `${found.installed.type} ${found.id}`);
  assert.deepEqual(tell(module, installed('generic', 'etcd', '3.5.0', at('usr/bin/etcd'))), ['golang CVE-1', 'generic CVE-2']);
  assert.deepEqual(tell(module, installed('generic', 'etcd', '3.5.0', at('opt/etcd'))), ['golang CVE-1', 'generic CVE-1', 'generic CVE-2']);
});

test('programs are matched by their own kind of versions', () => {
  const records = [affected(BITNAMI, 'python', 'CVE-1', { vulnerableVersions: ['>=3.12.0, <3.12.4'], patchedVersions: ['3.12.4'] })];
  assert.deepEqual(idsOf(records, installed('generic', 'python', '3.12.0')), ['CVE-1']);
  assert.deepEqual(idsOf(records, installed('generic', 'python', '3.12.0rc1')), []);
  assert.deepEqual(match(records, installed('generic', 'python', '3.12.0rc1')).problems, []);
});

test('what nobody speaks of is counted; a language that a full database lacks is a problem', () => {
  const packages = [
    installed('generic', 'openssl', '1.1.1t'),
    installed('generic', 'node', '20.0.0'),
    installed('hackage', 'aeson', '1'),
    installed('pub', 'http', '1.0.0'),
    installed('conda', 'x', '1'),
  ];
  const records = [affected(BITNAMI, 'node', 'CVE-1', {})];
  const problems: Problem[] = [];
  const full = storeOf(records);
  matchLanguage(packages, full, problems);
  assert.deepEqual(
    problems.map(({ code, message }) => `${code}: ${message}`),
    ['no-advisories: 1 package was not checked for vulnerabilities: the advisory database (a test) holds nothing on pub packages'],
  );
  assert.deepEqual(countUncovered(packages, full), [
    { type: 'conda', packages: 1 },
    { type: 'generic', packages: 1 },
    { type: 'hackage', packages: 1 },
  ]);
  const starter = storeOf(records, { full: false });
  const none: Problem[] = [];
  matchLanguage(packages, starter, none);
  assert.deepEqual(none, []);
  assert.equal(countUncovered(packages, starter).length, 4);
});

test('each bucket is asked once for a version of a package, and the list of buckets once for an ecosystem', () => {
  const records = [affected(GHSA, 'p', 'CVE-1', below2), affected(GLAD, 'q', 'CVE-2', below2)];
  const store = storeOf(records);
  const copies = Array.from({ length: 50 }, (_, index) =>
    installed('npm', index % 2 === 0 ? 'p' : 'q', '1.0.0', { files: [`${index}/package.json` as ImagePath] }),
  );
  assert.equal(matchLanguage(copies, store, []).length, 50);
  countUncovered(copies, store);
  assert.deepEqual(store.asked, { buckets: 1, advisories: 4, detail: 0 });
});

test('withdrawn records say nothing, not even for their twins', () => {
  const records = [
    affected(GHSA, 'p', 'GHSA-1', { ...below2, vendorIds: ['GHSA-2'] }),
    vulnerability('GHSA-1', { withdrawn: true }),
    affected(OSV, 'p', 'GHSA-2', { vulnerableVersions: ['<1.5.0'] }),
  ];
  assert.deepEqual(idsOf(records, installed('npm', 'p', '1.0.0')), ['GHSA-2']);
  assert.deepEqual(idsOf(records, installed('npm', 'p', '1.7.0')), []);
});

test('a record keeps its own id where there is no CVE', () => {
  const records = [affected('npm::Example Corp', 'left-pad', 'CORP-1', { vulnerableVersions: ['>=0'] })];
  assert.deepEqual(
    match(records, installed('npm', 'left-pad', '1.3.0')).matches.map(({ id, bucket }) => [id, bucket]),
    [[toAdvisoryId('CORP-1'), 'npm::Example Corp']],
  );
});

test('what is limited to another system than the image’s is left out', () => {
  const records = [
    affected('go::The Go Vulnerability Database', 'stdlib', 'CVE-1', { vulnerableVersions: ['<1.20.0'], operatingSystems: ['windows'] }),
    affected('go::The Go Vulnerability Database', 'stdlib', 'CVE-2', { vulnerableVersions: ['<1.20.0'], operatingSystems: ['darwin', 'linux'] }),
  ];
  const ids = (system?: 'linux' | 'windows') =>
    matchLanguage([installed('golang', 'stdlib', '1.19.0')], storeOf(records), [], system).map(({ id }) => id);
  assert.deepEqual(ids(), ['CVE-2']);
  assert.deepEqual(ids('windows'), ['CVE-1']);
});

test('packages of the channel of PEAR are looked up on Packagist; those of other channels are told as not covered', () => {
  const records = [affected('composer::PHP Security Advisories Database', 'pear/archive_tar', 'CVE-2020-36193', { vulnerableVersions: ['<1.4.12'] })];
  const pear = (name: string, version = '1.4.11'): InstalledPackage => installed('pear', name, version);
  assert.deepEqual(idsOf(records, pear('pear.php.net/Archive_Tar')), ['CVE-2020-36193']);
  const others = [pear('pear.php.net/Archive_Tar', '1.4.12'), pear('pecl.php.net/Archive_Tar'), pear('pear.example.org/Archive_Tar')];
  assert.deepEqual(idsOf(records, ...others), []);
  assert.deepEqual(countUncovered([pear('pear.php.net/PEAR'), ...others], storeOf(records)), [{ type: 'pear', packages: 2 }]);
  assert.deepEqual(countUncovered([pear('pear.php.net/PEAR')], storeOf([])), [{ type: 'pear', packages: 1 }]);
});
