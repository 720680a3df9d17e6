import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { matchPackages } from '../../../../src/advisories/matching/match.ts';
import type { MatchResult } from '../../../../src/advisories/matching/match.ts';
import { openAdvisoryStore } from '../../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord, StoredAdvisory, VulnerabilityDetail } from '../../../../src/advisories/store/record.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import type { ImagePath, Purl } from '../../../../src/foundation/model/brand.ts';
import type { Distro } from '../../../../src/foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../../../../src/foundation/model/package.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const debian: Distro = { id: 'debian', versionId: '12', idLike: [] };
const alpine: Distro = { id: 'alpine', versionId: '3.20.3', idLike: [] };
const ubuntu: Distro = { id: 'ubuntu', versionId: '22.04', idLike: ['debian'] };
const GHSA_NPM = 'npm::GitHub Security Advisory npm';
const GLAD_NPM = 'npm::GitLab Advisory Database (Open Source Edition)';
const PYPI = 'pip::PyPA Advisory Database';

function affected(bucket: string, packageName: string, id: string, advisory: StoredAdvisory): AdvisoryRecord {
  return { kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory };
}

function vulnerability(id: string, detail: VulnerabilityDetail): AdvisoryRecord {
  return { kind: 'vulnerability', id: toAdvisoryId(id), detail };
}

function installed(type: PackageType, name: string, version: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return { purl: `pkg:${type}/${name}@${version}` as Purl, type, name, version, files: [], layer: 0, ...more };
}

function match(
  t: TestContext,
  records: readonly AdvisoryRecord[],
  packages: readonly InstalledPackage[],
  distro?: Distro,
  now = '2026-01-01',
): MatchResult {
  const file = path.join(temporaryDirectory(t), 'advisories.db');
  writeFileSync(file, writeAdvisoryStore(records, { source: 'a test', builtAt: '2026-01-01', full: true }));
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  return matchPackages({ packages, ...(distro === undefined ? {} : { distro }), store, now: new Date(now) });
}

function idsOf(result: MatchResult): readonly string[] {
  return result.vulnerabilities.map((found) => found.id);
}

interface VersionCase {
  readonly name: string;
  readonly type: 'deb' | 'apk';
  readonly distro: Distro;
  readonly bucket: string;
  readonly version: string;
  readonly advisory: StoredAdvisory;
  readonly isAffected: boolean;
}

const deb = { type: 'deb', distro: debian, bucket: 'debian 12' } as const;
const apk = { type: 'apk', distro: alpine, bucket: 'alpine 3.20' } as const;

const versionCases: readonly VersionCase[] = [
  { name: 'below the fix', ...deb, version: '3.0.9-1', advisory: { fixedVersion: '3.0.11-1' }, isAffected: true },
  { name: 'at the fix', ...deb, version: '3.0.11-1', advisory: { fixedVersion: '3.0.11-1' }, isAffected: false },
  { name: 'above the fix', ...deb, version: '3.0.11-1+b1', advisory: { fixedVersion: '3.0.11-1' }, isAffected: false },
  { name: 'an epoch outweighs the number', ...deb, version: '1:1.0-1', advisory: { fixedVersion: '9.0-1' }, isAffected: false },
  { name: 'a fix with an epoch', ...deb, version: '9.0-1', advisory: { fixedVersion: '1:1.0-1' }, isAffected: true },
  { name: 'a tilde is below', ...deb, version: '3.0.11-1~deb12u1', advisory: { fixedVersion: '3.0.11-1~deb12u2' }, isAffected: true },
  { name: 'a backport is a fix', ...deb, version: '3.0.11-1~deb12u2', advisory: { fixedVersion: '3.0.11-1~deb12u2' }, isAffected: false },
  { name: 'no fix yet', ...deb, version: '99', advisory: { status: 'affected' }, isAffected: true },
  { name: 'introduced later', ...deb, version: '1.0', advisory: { affectedVersion: '2.0', fixedVersion: '3.0' }, isAffected: false },
  { name: 'apk: below the fix', ...apk, version: '3.3.2-r0', advisory: { fixedVersion: '3.3.2-r1' }, isAffected: true },
  { name: 'apk: at the fix', ...apk, version: '3.3.2-r1', advisory: { fixedVersion: '3.3.2-r1' }, isAffected: false },
  { name: 'apk: revisions are numbers', ...apk, version: '3.3.2-r10', advisory: { fixedVersion: '3.3.2-r9' }, isAffected: false },
  { name: 'apk: 0 was never affected', ...apk, version: '0_pre20240101-r0', advisory: { fixedVersion: '0' }, isAffected: false },
  {
    name: 'another release of the distribution',
    ...apk,
    bucket: 'alpine 3.19',
    version: '3.3.2-r0',
    advisory: { fixedVersion: '3.3.2-r1' },
    isAffected: false,
  },
];

for (const { name, type, distro, bucket, version, advisory, isAffected } of versionCases) {
  test(`distribution packages: ${name}`, (t) => {
    // A second bucket entry, so that the distribution's release is known to the store.
    const known = affected(type === 'deb' ? 'debian 12' : 'alpine 3.20', 'other', 'CVE-0', { fixedVersion: '1' });
    const result = match(t, [known, affected(bucket, 'openssl', 'CVE-1', advisory)], [installed(type, 'openssl', version)], distro);
    assert.deepEqual(idsOf(result), isAffected ? ['CVE-1'] : []);
    assert.deepEqual(result.problems, []);
  });
}

test('binary packages are matched by source package and source version', (t) => {
  const records = [
    affected('debian 12', 'util-linux', 'CVE-1', { fixedVersion: '2.38.1-5+deb12u1' }),
    affected('debian 12', 'bsdutils', 'CVE-2', {}),
  ];
  const bsdutils = (version: string) => installed('deb', 'bsdutils', `1:${version}`, { sourcePackage: { name: 'util-linux', version } });
  assert.deepEqual(idsOf(match(t, records, [bsdutils('2.38.1-5')], debian)), ['CVE-1']);
  assert.deepEqual(idsOf(match(t, records, [bsdutils('2.38.1-5+deb12u1')], debian)), []);
});

test("a package that others built is not judged by the distribution, and is counted as nobody's", (t) => {
  const records = [affected('debian 12', 'nodejs', 'CVE-2024-1', { fixedVersion: '99' })];
  const packages = [installed('deb', 'nodejs', '20.1-1nodesource1', { thirdParty: true }), installed('deb', 'nodejs', '18.1-1')];
  const result = match(t, records, packages, debian);
  assert.deepEqual(
    result.vulnerabilities.map((found) => found.package.version),
    ['18.1-1'],
  );
  assert.deepEqual(result.uncovered, [{ type: 'deb', packages: 1 }]);
});

test('describes a vulnerability in full', (t) => {
  const records = [
    affected('debian 12', 'glibc', 'CVE-2024-2961', { fixedVersion: '2.36-9+deb12u6', vendorIds: ['DSA-5673'] }),
    vulnerability('CVE-2024-2961', {
      ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', source: 'nvd' }],
      kevAddedAt: '2024-05-01',
      epss: { probability: 0.93, percentile: 0.99 },
      title: 'title',
      description: 'description',
    }),
  ];
  const libc = installed('deb', 'libc6', '2.36-9', { sourcePackage: { name: 'glibc', version: '2.36-9' } });
  assert.deepEqual(match(t, records, [libc], debian).vulnerabilities, [
    {
      package: libc,
      id: 'CVE-2024-2961',
      aliases: ['DSA-5673'],
      vendorIds: ['DSA-5673'],
      severity: 'critical',
      severitySource: 'cvss',
      severities: [],
      ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'nvd' }],
      rating: { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'nvd' },
      fixedVersion: '2.36-9+deb12u6',
      status: 'fixed',
      kev: true,
      kevAddedAt: '2024-05-01',
      epss: 0.93,
      epssPercentile: 0.99,
      references: ['https://security-tracker.debian.org/tracker/CVE-2024-2961', 'https://nvd.nist.gov/vuln/detail/CVE-2024-2961'],
      title: 'title',
      description: 'description',
      category: 'os-vulnerability',
      source: 'Debian Security Tracker',
      matchedBy: {
        packageName: 'glibc',
        installedVersion: '2.36-9',
        affected: '< 2.36-9+deb12u6',
        recordId: 'CVE-2024-2961',
        bucket: 'debian 12',
        source: 'Debian Security Tracker',
        url: 'https://security-tracker.debian.org/tracker/CVE-2024-2961',
      },
    },
  ]);
  assert.equal(match(t, records, [libc], debian, '2024-04-30').vulnerabilities[0]?.kev, undefined, 'not yet listed on that day');
});

test("the distribution's word on severity goes before the score", (t) => {
  const ratings = [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'nvd' }];
  const severityOf = (distro: Distro, bucket: string, advisory: StoredAdvisory, detail: VulnerabilityDetail) =>
    match(t, [affected(bucket, 'p', 'CVE-1', advisory), vulnerability('CVE-1', detail)], [installed('deb', 'p', '1')], distro).vulnerabilities[0]
      ?.severity;
  assert.equal(severityOf(ubuntu, 'ubuntu 22.04', {}, { ratings, vendorSeverities: { ubuntu: 'low' } }), 'low');
  assert.equal(severityOf(debian, 'debian 12', { severity: 'negligible' }, { ratings }), 'negligible');
  assert.equal(severityOf(debian, 'debian 12', {}, { ratings, vendorSeverities: { ubuntu: 'low' } }), 'critical');
  assert.equal(severityOf(debian, 'debian 12', {}, { severity: 'medium' }), 'medium');
  assert.equal(severityOf(debian, 'debian 12', {}, { ratings: [{ cvssVector: 'CVSS:4.0/AV:N', source: 'nvd' }] }), 'unknown');
  assert.equal(severityOf(debian, 'debian 12', {}, {}), 'unknown');
});

test('a distribution that cannot be matched is a problem, never clean', (t) => {
  const records = [affected('debian 12', 'p', 'CVE-1', {})];
  const codes = (distro?: Distro, packages = [installed('deb', 'p', '1')]) =>
    match(t, records, packages, distro).problems.map((problem) => problem.code);
  assert.deepEqual(codes({ id: 'linuxmint', versionId: '21', idLike: ['ubuntu'] }), ['unknown-distro']);
  assert.deepEqual(codes({ id: 'ubuntu', versionId: '', idLike: [] }), ['unknown-distro'], 'no release');
  assert.deepEqual(codes({ id: 'kali', versionId: '2024.1', idLike: ['debian'] }), ['unknown-distro']);
  assert.deepEqual(codes({ id: 'debian', versionId: '', idLike: [] }), ['no-advisories'], 'unstable, on which this store has nothing');
  assert.deepEqual(codes(debian, [installed('apk', 'musl', '1.2')]), ['no-advisories'], 'packages of another package manager');
  assert.deepEqual(codes({ id: 'debian', versionId: '7', idLike: [] }), ['no-advisories']);
  assert.deepEqual(codes({ id: 'debian', versionId: '1', idLike: [] }), ['no-advisories'], 'no bucket whose name merely begins so');
  assert.deepEqual(codes(), ['unknown-distro']);
  assert.deepEqual(codes(undefined, []), [], 'an image from scratch has nothing to check');
  assert.deepEqual(codes(undefined, [installed('npm', 'lodash', '1.0.0')]), ['no-advisories'], 'no npm advisories in this store');
});

test('npm packages are matched by range, and told the nearest fix', (t) => {
  const advisory = { vulnerableVersions: ['<1.2.6', '>=2.0.0, <2.0.4'], patchedVersions: ['2.0.4', '1.2.6'] };
  const found = (version: string) =>
    match(t, [affected(GHSA_NPM, 'minimist', 'CVE-1', advisory)], [installed('npm', 'minimist', version)]).vulnerabilities;
  assert.deepEqual(
    ['1.2.5', '1.2.6', '1.9.0', '2.0.3', '2.0.4', '1.2.6-beta'].map((version) => found(version)[0]?.fixedVersion),
    ['1.2.6', undefined, undefined, '2.0.4', undefined, '1.2.6'],
  );
  assert.equal(found('1.2.5')[0]?.status, 'fixed');
  assert.equal(found('1.2.5')[0]?.category, 'application-vulnerability');
});

test('npm: patched and unaffected ranges clear, an empty advisory affects nobody', (t) => {
  const count = (advisory: StoredAdvisory) =>
    match(t, [affected(GHSA_NPM, 'p', 'CVE-1', advisory)], [installed('npm', 'p', '1.5.0')]).vulnerabilities.length;
  assert.equal(count({ patchedVersions: ['>=1.5.0'] }), 0);
  assert.equal(count({ patchedVersions: ['>=1.5.1'] }), 1);
  assert.equal(count({ vulnerableVersions: ['*'], unaffectedVersions: ['^1.5.0'] }), 0);
  assert.equal(count({}), 0);
  assert.equal(count({ vulnerableVersions: ['<=1.5.0'] }), 1);
});

test('npm: without a patched version the end of the range is the fix', (t) => {
  const [found] = match(
    t,
    [affected(GHSA_NPM, 'p', 'CVE-1', { vulnerableVersions: ['>=1.0.0, <1.6.0'] })],
    [installed('npm', 'p', '1.5.0')],
  ).vulnerabilities;
  assert.equal(found?.fixedVersion, '1.6.0');
});

test('PyPI names are compared in their normal form', (t) => {
  const records = [affected(PYPI, 'ruamel-yaml', 'CVE-1', { vulnerableVersions: ['<2.0'] })];
  assert.deepEqual(idsOf(match(t, records, [installed('pypi', 'Ruamel_yaml', '1.0')])), ['CVE-1']);
  assert.deepEqual(idsOf(match(t, records, [installed('pypi', 'ruamel.yaml', '2.0rc1')])), ['CVE-1']);
  assert.deepEqual(idsOf(match(t, records, [installed('pypi', 'ruamel.yaml', '2.0')])), []);
});

test('two sources that tell of one vulnerability give one finding', (t) => {
  const records = [
    affected(GLAD_NPM, 'p', 'CVE-1', { vulnerableVersions: ['<2.0.0'] }),
    affected(GHSA_NPM, 'p', 'GHSA-1', { vulnerableVersions: ['<2.0.0'], vendorIds: ['CVE-1'] }),
  ];
  const { vulnerabilities } = match(t, records, [installed('npm', 'p', '1.0.0')]);
  assert.deepEqual(
    vulnerabilities.map(({ id, aliases, source }) => [id, aliases, source]),
    [['CVE-1', ['GHSA-1'], 'GitHub Security Advisory npm']],
  );
});

test('what is known of the CVE holds for an advisory by another name', (t) => {
  const records = [
    affected(GHSA_NPM, 'p', 'GHSA-1', { vulnerableVersions: ['<2.0.0'], vendorIds: ['CVE-1'] }),
    vulnerability('CVE-1', { kevAddedAt: '2024-01-01', epss: { probability: 0.5, percentile: 0.9 } }),
    vulnerability('GHSA-1', { vendorSeverities: { ghsa: 'low' } }),
  ];
  const [found] = match(t, records, [installed('npm', 'p', '1.0.0')]).vulnerabilities;
  assert.deepEqual([found?.id, found?.kev, found?.epss, found?.severity], ['CVE-1', true, 0.5, 'low']);
});

test('withdrawn vulnerabilities are none', (t) => {
  const records = [affected(GHSA_NPM, 'p', 'CVE-1', { vulnerableVersions: ['<2'] }), vulnerability('CVE-1', { withdrawn: true })];
  assert.deepEqual(idsOf(match(t, records, [installed('npm', 'p', '1.0.0')])), []);
});

test('what the distribution installed is judged by the distribution', (t) => {
  const records = [
    affected(PYPI, 'jinja2', 'CVE-1', { vulnerableVersions: ['<3.1.3'] }),
    affected('debian 12', 'x', 'CVE-2', {}),
    affected('alpine 3.20', 'x', 'CVE-2', {}),
  ];
  const jinja = (file: string) => installed('pypi', 'Jinja2', '3.1.2', { files: [file as ImagePath] });
  const dpkg = installed('deb', 'python3-jinja2', '3.1.2-1+deb12u2');
  assert.deepEqual(idsOf(match(t, records, [dpkg, jinja('usr/lib/python3/dist-packages/Jinja2-3.1.2.egg-info/PKG-INFO')], debian)), []);
  assert.deepEqual(idsOf(match(t, records, [dpkg, jinja('usr/local/lib/python3.11/dist-packages/jinja2-3.1.2.dist-info/METADATA')], debian)), [
    'CVE-1',
  ]);
  const file = 'usr/lib/python3.12/site-packages/jinja2-3.1.2.dist-info/METADATA';
  assert.deepEqual(idsOf(match(t, records, [installed('apk', 'py3-jinja2', '3.1.2-r4'), jinja(file)], alpine)), []);
  assert.deepEqual(
    idsOf(match(t, records, [installed('apk', 'py3-jinja2', '3.1.4-r0'), jinja(file)], alpine)),
    ['CVE-1'],
    'pip replaced what apk installed',
  );
  assert.deepEqual(idsOf(match(t, records, [installed('apk', 'musl', '1.2.5-r0'), jinja(file)], alpine)), ['CVE-1']);
});

test('a version or range that cannot be read is a problem', (t) => {
  const records = [affected(GHSA_NPM, 'p', 'CVE-1', { vulnerableVersions: ['<2'] }), affected(PYPI, 'q', 'CVE-2', { vulnerableVersions: ['^1'] })];
  const { problems, vulnerabilities } = match(t, records, [installed('npm', 'p', 'latest'), installed('pypi', 'q', '1.0')]);
  assert.deepEqual(vulnerabilities, []);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['malformed', 'malformed'],
  );
});

test('references of the store are kept when they are web addresses', (t) => {
  const references = ['javascript:alert(1)', 'https://example.org/a', 'https://example.org/"><script>'];
  const [found] = match(
    t,
    [affected(GHSA_NPM, 'p', 'GHSA-1', { vulnerableVersions: ['<2'] }), vulnerability('GHSA-1', { references })],
    [installed('npm', 'p', '1.0.0')],
  ).vulnerabilities;
  assert.deepEqual(found?.references, ['https://example.org/a']);
});

test('results are sorted by severity, id and package, whatever the order of packages', (t) => {
  const records = [
    affected('debian 12', 'a', 'CVE-2', { severity: 'low' }),
    affected('debian 12', 'a', 'CVE-1', { severity: 'low' }),
    affected('debian 12', 'b', 'CVE-3', { severity: 'high' }),
  ];
  const packages = [
    installed('deb', 'a2', '1', { sourcePackage: { name: 'a', version: '1' } }),
    installed('deb', 'b', '1'),
    installed('deb', 'a', '1'),
  ];
  const expected = ['CVE-3 b', 'CVE-1 a', 'CVE-1 a2', 'CVE-2 a', 'CVE-2 a2'];
  for (const order of [packages, [...packages].reverse()]) {
    assert.deepEqual(
      match(t, records, order, debian).vulnerabilities.map((found) => `${found.id} ${found.package.name}`),
      expected,
    );
  }
});

test('packages of a kind that nobody publishes advisories for are counted, and make no problem', (t) => {
  const result = match(
    t,
    [affected(GHSA_NPM, 'a', 'GHSA-1', { vulnerableVersions: ['<2.0.0'] })],
    [
      installed('npm', 'a', '1.0.0'),
      installed('nix', 'hello', '2.12'),
      installed('generic', 'node', '20.1.0'),
      installed('generic', 'nginx', '1.25.3'),
    ],
  );
  assert.deepEqual(result.problems, []);
  assert.deepEqual(idsOf(result), ['GHSA-1']);
  assert.deepEqual(result.uncovered, [
    { type: 'generic', packages: 2 },
    { type: 'nix', packages: 1 },
  ]);
});
