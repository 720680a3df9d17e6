import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { feed as oval } from '../../../../../src/advisories/feeds/readers/ubuntu-oval.ts';
import { matchPackages } from '../../../../../src/advisories/matching/match.ts';
import type { InstalledPackage } from '../../../../../src/foundation/model/package.ts';
import { distroOf, matchWith, openStore, summaryOf, TEST_DAY } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';
import { needsSharedData, sharedData } from '../../../../support/shared-data.ts';
import { readFeed } from '../../feeds/read-feed.ts';

const focal = (extendedSupport?: readonly string[]) => distroOf('ubuntu', '20.04', extendedSupport === undefined ? {} : { extendedSupport });
const deb = (version: string) => installed('deb', 'libssl1.1', version, { sourcePackage: { name: 'openssl', version } });

test('what only Ubuntu Pro fixes is affected without it, and the fix is told', (t) => {
  const records = [affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '1.1.1f-1ubuntu2.24+esm1', service: 'esm-infra' })];
  const [found] = matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.24')]).vulnerabilities;
  assert.deepEqual(
    [found?.status, found?.fixedVersion, found?.paidFix],
    ['affected', undefined, { service: 'esm-infra', version: '1.1.1f-1ubuntu2.24+esm1' }],
  );
  assert.deepEqual(
    summaryOf(matchWith(t, records, focal(['esm-apps']), [deb('1.1.1f-1ubuntu2.24')])),
    ['CVE-1 libssl1.1 affected'],
    'another service',
  );
  const [attached] = matchWith(t, records, focal(['esm-apps', 'esm-infra']), [deb('1.1.1f-1ubuntu2.24')]).vulnerabilities;
  assert.deepEqual([attached?.status, attached?.fixedVersion, attached?.paidFix], ['fixed', '1.1.1f-1ubuntu2.24+esm1', undefined]);
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.24+esm1')])), [], 'fixed, whatever the image says of its services');
});

test("trivy-db's bucket of ESM does not say which service: either counts", (t) => {
  const records = [affected('ubuntu 20.04', 'other', 'CVE-0', {}), affected('ubuntu 20.04-ESM', 'openssl', 'CVE-1', { fixedVersion: '2' })];
  assert.deepEqual(matchWith(t, records, focal(), [deb('1')]).vulnerabilities[0]?.paidFix, { service: 'esm', version: '2' });
  assert.deepEqual(summaryOf(matchWith(t, records, focal(['esm-apps']), [deb('1')])), ['CVE-1 libssl1.1 2']);
});

test('a fix for everybody goes before one that has to be paid for', (t) => {
  const records = [
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '3' }),
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '2', service: 'esm-infra' }),
    affected('ubuntu 20.04', 'openssl', 'CVE-2', { status: 'will-not-fix' }),
    affected('ubuntu 20.04-ESM', 'openssl', 'CVE-2', { fixedVersion: '2' }),
  ];
  const { vulnerabilities } = matchWith(t, records, focal(), [deb('1')]);
  assert.deepEqual(
    vulnerabilities.map((found) => [found.id, found.status, found.fixedVersion, found.paidFix?.version]),
    [
      ['CVE-1', 'fixed', '3', undefined],
      ['CVE-2', 'will-not-fix', undefined, '2'],
    ],
  );
});

test('FIPS builds are compared with fixes of their kind only', (t) => {
  const records = [
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '1.1.1f-1ubuntu2.16' }),
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '1.1.1f-1ubuntu2.fips.16', service: 'fips-updates' }),
    affected('ubuntu 20.04', 'gnutls28', 'CVE-2', { fixedVersion: '3.6.13-2ubuntu1.8' }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.fips.13')])), ['CVE-1 libssl1.1 1.1.1f-1ubuntu2.fips.16']);
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.fips.16')])), []);
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.13')])), ['CVE-1 libssl1.1 1.1.1f-1ubuntu2.16']);
  const unknown = matchWith(t, records, focal(), [installed('deb', 'gnutls28', '3.6.13-2ubuntu1.fips.1')]);
  assert.deepEqual(summaryOf(unknown), []);
  assert.match(unknown.problems[0]?.message ?? '', /^1 package was not checked .*FIPS builds/);
});

test('a signed kernel is one of the source without the word', (t) => {
  const records = [affected('ubuntu 20.04', 'linux-hwe-5.15', 'CVE-1', { fixedVersion: '5.15.0-91.101~20.04.1' })];
  const kernel = installed('deb', 'linux-image-5.15.0-88-generic', '5.15.0-88.98~20.04.1', {
    sourcePackage: { name: 'linux-signed-hwe-5.15', version: '5.15.0-88.98~20.04.1' },
  });
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [kernel])), ['CVE-1 linux-image-5.15.0-88-generic 5.15.0-91.101~20.04.1']);
});

test('past its five years a release has ended, and goes on for those who pay', (t) => {
  const records = [affected('ubuntu 20.04', 'openssl', 'CVE-1', {})];
  assert.deepEqual(matchWith(t, records, focal(), [], '2026-01-01').endOfLife, {
    name: 'Ubuntu 20.04',
    endedAt: '2025-05-31',
    paidUntil: '2030-04-02',
    source: 'https://ubuntu.com/about/release-cycle',
  });
  assert.equal(matchWith(t, records, focal(), [], '2031-01-01').endOfLife?.paidUntil, undefined);
});

test('what a notice says of a binary package holds for that one, by its own version', (t) => {
  const records = [
    affected('ubuntu 22.04', 'libssl3', 'CVE-1', { fixedVersion: '3.0.2-0ubuntu1.10', filedUnder: 'binary', vendorIds: ['USN-1-1'] }),
    affected('ubuntu 22.04', 'bsdutils', 'CVE-2', { fixedVersion: '1:2.37.2-4ubuntu3.3', filedUnder: 'binary' }),
    // A binary package that has the name of another source.
    affected('ubuntu 22.04', 'openssl', 'CVE-3', { fixedVersion: '9', filedUnder: 'binary' }),
  ];
  const libssl = (version: string) => installed('deb', 'libssl3', version, { sourcePackage: { name: 'openssl', version } });
  const bsdutils = (revision: number) =>
    installed('deb', 'bsdutils', `1:2.37.2-4ubuntu3.${revision}`, { sourcePackage: { name: 'util-linux', version: `2.37.2-4ubuntu3.${revision}` } });
  const found = (...packages: readonly InstalledPackage[]) => summaryOf(matchWith(t, records, distroOf('ubuntu', '22.04'), packages));
  assert.deepEqual(found(libssl('3.0.2-0ubuntu1.9'), bsdutils(2)), ['CVE-1 libssl3 3.0.2-0ubuntu1.10', 'CVE-2 bsdutils 1:2.37.2-4ubuntu3.3']);
  assert.deepEqual(found(libssl('3.0.2-0ubuntu1.10'), bsdutils(3)), []);
});

const NOTICES = 'advisories/ubuntu-usn-oval/com.ubuntu.noble-2024-12-24.usn.oval.xml.xz';
const hasXz = spawnSync('xz', ['--version']).status === 0;

test('published notices: libraries whose sources have other names', { skip: hasXz ? needsSharedData(NOTICES).skip : 'xz is absent' }, (t) => {
  const bytes = execFileSync('xz', ['-dc', sharedData(NOTICES) ?? ''], { maxBuffer: 2 ** 26 });
  const { records } = readFeed(oval, 'com.ubuntu.noble.usn.oval.xml', bytes);
  const store = openStore(t, records);
  const sources = { libssl3t64: 'openssl', libgnutls30t64: 'gnutls28', libc6: 'glibc', 'libkrb5-3': 'krb5', libexpat1: 'expat', libcurl4t64: 'curl' };
  const packages = Object.entries(sources).map(([name, source]) => installed('deb', name, '0', { sourcePackage: { name: source, version: '0' } }));
  const { vulnerabilities } = matchPackages({ packages, distro: distroOf('ubuntu', '24.04'), store, now: new Date(TEST_DAY) });
  for (const { name } of packages) {
    const own = records.filter((record) => record.kind === 'affected' && record.packageName === name);
    assert.ok(own.length > 0, name);
    const ids = new Set(own.flatMap((record) => (record.kind === 'affected' ? [record.id] : [])));
    assert.deepEqual(new Set(vulnerabilities.filter((found) => found.package.name === name).map(({ id }) => id)), ids);
  }
});

test('a notice names flaws that are not in this release: where the tracker knows the package, it alone is asked', (t) => {
  const records = [
    affected('ubuntu 22.04', 'krb5', 'CVE-1', { fixedVersion: '1.19.2-2ubuntu0.1' }),
    affected('ubuntu 22.04', 'libkrb5-3', 'CVE-2', { fixedVersion: '1.19.2-2ubuntu0.1', filedUnder: 'binary' }),
    affected('ubuntu 22.04', 'libssl3', 'CVE-3', { fixedVersion: '3.0.2-0ubuntu1.10', filedUnder: 'binary' }),
  ];
  const deb = (name: string, version: string, source: string) => installed('deb', name, version, { sourcePackage: { name: source, version } });
  const packages = [deb('libkrb5-3', '1.19.2-2', 'krb5'), deb('libssl3', '3.0.2-0ubuntu1', 'openssl')];
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('ubuntu', '22.04'), packages)), [
    'CVE-1 libkrb5-3 1.19.2-2ubuntu0.1',
    'CVE-3 libssl3 3.0.2-0ubuntu1.10',
  ]);
});
