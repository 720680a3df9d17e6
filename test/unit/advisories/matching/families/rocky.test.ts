import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { feed as osv } from '../../../../../src/advisories/feeds/readers/osv.ts';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';
import { needsSharedData, sharedData } from '../../../../support/shared-data.ts';
import { readFeed } from '../../feeds/read-feed.ts';

const rocky9 = distroOf('rocky', '9.3');
const rpm = (version: string, architecture = 'x86_64') =>
  installed('rpm', 'openssl-libs', version, { architecture, vendor: 'Rocky Enterprise Software Foundation' });

test('fixed versions may differ by architecture, and those of one that is not named say nothing', (t) => {
  const records = [
    affected('rocky 9', 'openssl-libs', 'CVE-1', { fixedVersion: '1:3.0.7-25.el9', architectures: ['x86_64'], vendorIds: ['RLSA-2024:1'] }),
    affected('rocky 9', 'openssl-libs', 'CVE-1', { fixedVersion: '1:3.0.7-27.el9', architectures: ['aarch64'], vendorIds: ['RLSA-2024:2'] }),
  ];
  const found = (architecture: string) => summaryOf(matchWith(t, records, rocky9, [rpm('1:3.0.7-24.el9', architecture)]));
  assert.deepEqual(found('x86_64'), ['CVE-1 openssl-libs 1:3.0.7-25.el9']);
  assert.deepEqual(found('aarch64'), ['CVE-1 openssl-libs 1:3.0.7-27.el9']);
  assert.deepEqual(found('s390x'), []);
  assert.deepEqual(matchWith(t, records, rocky9, [rpm('1:3.0.7-24.el9')]).vulnerabilities[0]?.vendorIds, ['RLSA-2024:1']);
});

test('one list for all minor releases, with streams by their names', (t) => {
  const records = [affected('rocky 8', 'nodejs:18::nodejs', 'CVE-1', { fixedVersion: '1:18.20.2-1.module+el8' })];
  const nodejs = installed('rpm', 'nodejs', '1:18.19.0-1.module+el8', { modularityLabel: 'nodejs:18:8090020240101:489197e6' });
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('rocky', '8.9'), [nodejs])), ['CVE-1 nodejs 1:18.20.2-1.module+el8']);
  assert.deepEqual(
    summaryOf(matchWith(t, records, distroOf('rocky', '8.9'), [{ ...nodejs, modularityLabel: 'nodejs:16:8090020240101:489197e6' }])),
    [],
  );
});

test('what names a source package holds for all that was built from it, and for nothing else of that name', (t) => {
  const records = [affected('rocky 9', 'openssl', 'CVE-1', { fixedVersion: '1:3.0.7-25.el9', filedUnder: 'source', vendorIds: ['RLSA-2024:1'] })];
  const built = (name: string, version: string, source = { name: 'openssl', version: '3.0.7-24.el9' }) =>
    installed('rpm', name, version, { architecture: 'x86_64', vendor: 'Rocky Enterprise Software Foundation', sourcePackage: source });
  const found = (...packages: Parameters<typeof matchWith>[3][number][]) => summaryOf(matchWith(t, records, rocky9, packages));
  assert.deepEqual(found(rpm('1:3.0.7-24.el9')), []);
  assert.deepEqual(found(built('openssl-libs', '1:3.0.7-24.el9')), ['CVE-1 openssl-libs 1:3.0.7-25.el9']);
  assert.deepEqual(found(built('openssl-libs', '1:3.0.7-25.el9', { name: 'openssl', version: '3.0.7-25.el9' })), []);
  assert.deepEqual(found(built('openssl', '1:1.0-1', { name: 'compat-openssl', version: '1.0-1' })), []);
});

test('a package with a version of its own is compared by that of its source, whose epoch nobody knows', (t) => {
  const records = [affected('rocky 8', 'perl', 'CVE-1', { fixedVersion: '4:5.26.3-420.el8', filedUnder: 'source' })];
  const errno = (release: number) =>
    installed('rpm', 'perl-Errno', `0:1.28-${release}.el8`, { sourcePackage: { name: 'perl', version: `5.26.3-${release}.el8` } });
  const found = (release: number) => summaryOf(matchWith(t, records, distroOf('rocky', '8.9'), [errno(release)]));
  assert.deepEqual([found(419), found(420), found(421)], [['CVE-1 perl-Errno 4:5.26.3-420.el8'], [], []]);
});

test('a flaw that is filed under both is told once; each is compared with its own version', (t) => {
  const records = [
    affected('rocky 8', 'perl', 'CVE-1', { fixedVersion: '4:5.26.3-421.el8', filedUnder: 'source' }),
    affected('rocky 8', 'perl-Errno', 'CVE-1', { fixedVersion: '0:1.28-420.el8', architectures: ['x86_64'] }),
  ];
  const found = (release: number) => {
    const errno = installed('rpm', 'perl-Errno', `0:1.28-${release}.el8`, {
      architecture: 'x86_64',
      sourcePackage: { name: 'perl', version: `5.26.3-${release}.el8` },
    });
    return summaryOf(matchWith(t, records, distroOf('rocky', '8.9'), [errno]));
  };
  assert.deepEqual(found(419), ['CVE-1 perl-Errno 0:1.28-420.el8']);
  assert.deepEqual(found(420), ['CVE-1 perl-Errno 4:5.26.3-421.el8']);
  assert.deepEqual(found(421), []);
});

const OSV_RECORDS = 'advisories/fixtures/osv-records-from-fixtures.jsonl.zst';

test("OSV's records of Rocky: the binary packages of a source are found by it", needsSharedData(OSV_RECORDS), (t) => {
  const lines = zstdDecompressSync(readFileSync(sharedData(OSV_RECORDS) ?? ''))
    .toString('utf8')
    .split('\n');
  const record = lines.find((line) => line.includes('"RLSA-2024:8121"')) ?? '';
  const { records } = readFeed(osv, 'RLSA-2024:8121.json', record);
  const java = (version: string) =>
    installed('rpm', 'java-11-openjdk-headless', `1:${version}`, { sourcePackage: { name: 'java-11-openjdk', version }, architecture: 'x86_64' });
  const found = (major: string, version: string) => matchWith(t, records, distroOf('rocky', major), [java(version)]).vulnerabilities;
  assert.deepEqual(new Set(found('9.4', '11.0.24.0.8-3.el9').map(({ fixedVersion }) => fixedVersion)), new Set(['1:11.0.25.0.9-2.el9']));
  assert.deepEqual(new Set(found('8.10', '11.0.24.0.8-3.el8').map(({ fixedVersion }) => fixedVersion)), new Set(['1:11.0.25.0.9-2.el8']));
  assert.deepEqual(found('9.4', '11.0.25.0.9-2.el9'), []);
});

test('what the cloud group fixed in its kernels says nothing of the plain ones', (t) => {
  const kernel = (version: string) =>
    installed('rpm', 'kernel-core', version, { architecture: 'x86_64', vendor: 'Rocky Enterprise Software Foundation' });
  const rocky8 = distroOf('rocky', '8.7');
  const records = [
    affected('rocky 8', 'kernel-core', 'CVE-1', { fixedVersion: '4.18.0-425.13.1.el8_7.cloud', vendorIds: ['RXSA-2023:1'] }),
    affected('rocky 8', 'kernel-core', 'CVE-2', { fixedVersion: '4.18.0-425.13.1.el8_7', vendorIds: ['RLSA-2023:1'] }),
  ];
  const found = (version: string) =>
    matchWith(t, records, rocky8, [kernel(version)])
      .vulnerabilities.map(({ id }) => id)
      .toSorted();
  assert.deepEqual(found('4.18.0-425.13.1.el8_7'), []);
  assert.deepEqual(found('4.18.0-425.10.1.el8_7'), ['CVE-2']);
  assert.deepEqual(found('4.18.0-425.10.1.el8_7.cloud'), ['CVE-1', 'CVE-2']);
  assert.deepEqual(found('4.18.0-425.13.1.el8_7.cloud'), []);
});
