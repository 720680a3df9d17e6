import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

import { toAdvisoryId } from '../../../../../src/foundation/model/brand.ts';
import type { AdvisoryRecord, AdvisoryEntry } from '../../../../../src/advisories/store/record.ts';
import type { InstalledPackage } from '../../../../../src/foundation/model/package.ts';

const BASE = 'cpe:/o:redhat:enterprise_linux:9::baseos';
const APPS = 'cpe:/a:redhat:enterprise_linux:9::appstream';
const EUS = 'cpe:/o:redhat:rhel_eus:9.2::baseos';
const OLD = 'cpe:/o:redhat:enterprise_linux:8::baseos';
const repository = (name: string, ...cpes: readonly string[]): AdvisoryRecord => ({ kind: 'redhat-products', of: 'repository', name, cpes });
const repositories = [
  repository('rhel-9-for-x86_64-baseos-rpms', BASE),
  repository('rhel-9-for-x86_64-appstream-rpms', APPS),
  repository('rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_2', EUS),
  repository('rhel-8-for-x86_64-baseos-rpms', OLD),
];
const rhel9 = distroOf('rhel', '9.4');
const entry = (id: string, ...entries: readonly AdvisoryEntry[]) => affected('Red Hat', 'openssl', id, { entries });
const rpm = (version: string, more: Partial<InstalledPackage> = {}) =>
  installed('rpm', 'openssl', version, { architecture: 'x86_64', vendor: 'Red Hat, Inc.', ...more });
const cve = (id: string) => ({ id: toAdvisoryId(id), severity: 'high' as const });

test('an erratum is told by its CVEs, with its severity and its id as the name of the vendor', (t) => {
  const records = [...repositories, entry('RHSA-2024:1', { fixedVersion: '1:3.0.7-27.el9', cpes: [BASE], cves: [cve('CVE-1'), cve('CVE-2')] })];
  const { vulnerabilities, problems } = matchWith(t, records, rhel9, [rpm('1:3.0.7-25.el9')]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    vulnerabilities.map((found) => [found.id, found.severity, found.severitySource, found.vendorIds, found.fixedVersion, found.matchedBy.recordId]),
    [
      ['CVE-1', 'high', 'redhat', ['RHSA-2024:1'], '1:3.0.7-27.el9', 'RHSA-2024:1'],
      ['CVE-2', 'high', 'redhat', ['RHSA-2024:1'], '1:3.0.7-27.el9', 'RHSA-2024:1'],
    ],
  );
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [rpm('1:3.0.7-27.el9')])), []);
});

test("only entries of the image's products count: default ones of the release, or those that its content sets name", (t) => {
  const records = [
    ...repositories,
    entry('CVE-9', { fixedVersion: '9', cpes: [APPS] }),
    entry('CVE-8', { fixedVersion: '9', cpes: [OLD] }),
    entry('CVE-7', { fixedVersion: '9', cpes: [EUS] }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [rpm('1')])), ['CVE-9 openssl 9']);
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('rhel', '8.9'), [rpm('1')])), ['CVE-8 openssl 9']);
  const eus = distroOf('rhel', '9.2', { contentSets: ['rhel-9-for-x86_64-baseos-eus-rpms__9_DOT_2'] });
  assert.deepEqual(summaryOf(matchWith(t, records, eus, [rpm('1')])), ['CVE-7 openssl 9']);
  const suffixed = distroOf('rhel', '9.2', { contentSets: ['rhel-9-for-x86_64-appstream-rpms__9'] });
  assert.deepEqual(summaryOf(matchWith(t, records, suffixed, [rpm('1')])), ['CVE-9 openssl 9'], 'a suffix of the build system');
});

test('a database that maps no repository is read by the names of its products', (t) => {
  const records = [
    entry('CVE-9', { fixedVersion: '9', cpes: [APPS] }),
    entry('CVE-8', { fixedVersion: '9', cpes: [OLD] }),
    entry('CVE-7', { fixedVersion: '9', cpes: [EUS] }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [rpm('1')])), ['CVE-9 openssl 9']);
});

test('a fix goes before a status, and the highest fix counts', (t) => {
  const records = [
    ...repositories,
    entry('CVE-1', { status: 'will-not-fix', cpes: [BASE], cves: [{ id: toAdvisoryId('') }] }),
    entry('RHSA-2024:1', { fixedVersion: '2-1.el9', cpes: [BASE], cves: [cve('CVE-1')] }),
    entry('RHSA-2024:2', { fixedVersion: '3-1.el9', cpes: [BASE], cves: [cve('CVE-1')] }),
  ];
  const found = (version: string) => summaryOf(matchWith(t, records, rhel9, [rpm(version)]));
  assert.deepEqual(found('1-1.el9'), ['CVE-1 openssl 3-1.el9']);
  assert.deepEqual(found('2-1.el9'), ['CVE-1 openssl 3-1.el9']);
  assert.deepEqual(found('3-1.el9'), []);
});

test('what is not released yet is told with its status', (t) => {
  const statuses = ['affected', 'will-not-fix', 'end-of-life', 'under-investigation'] as const;
  const records = [...repositories, ...statuses.map((status, i) => entry(`CVE-${i}`, { status, cpes: [BASE] }))];
  assert.deepEqual(
    summaryOf(matchWith(t, records, rhel9, [rpm('1')])),
    statuses.map((status, i) => `CVE-${i} openssl ${status}`),
  );
});

test('a module stream is looked up by its own name only', (t) => {
  const records = [
    ...repositories,
    affected('Red Hat', 'nodejs:18::npm', 'CVE-1', { entries: [{ fixedVersion: '9', cpes: [APPS] }] }),
    affected('Red Hat', 'npm', 'CVE-2', { entries: [{ fixedVersion: '9', cpes: [APPS] }] }),
  ];
  const npm = (modularityLabel?: string) =>
    installed('rpm', 'npm', '8', { vendor: 'Red Hat, Inc.', ...(modularityLabel !== undefined && { modularityLabel }) });
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [npm('nodejs:18:9020020230523155437:rhel9')])), ['CVE-1 npm 9']);
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [npm()])), ['CVE-2 npm 9']);
});

test('entries hold for the architectures they name, and for packages of none', (t) => {
  const records = [...repositories, entry('CVE-1', { fixedVersion: '9', cpes: [BASE], architectures: ['aarch64'] })];
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [rpm('1')])), []);
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [rpm('1', { architecture: 'aarch64' })])), ['CVE-1 openssl 9']);
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [rpm('1', { architecture: 'noarch' })])), ['CVE-1 openssl 9']);
});

test('packages that others built are counted, not matched', (t) => {
  const records = [...repositories, entry('CVE-1', { status: 'affected', cpes: [BASE] })];
  const result = matchWith(
    t,
    records,
    rhel9,
    ['Fedora Project', "Remi's RPM repository <https://rpms.remirepo.net/>", 'Docker'].map((vendor) => rpm('1', { vendor })),
  );
  assert.deepEqual(summaryOf(result), []);
  assert.deepEqual(result.uncovered, [{ type: 'rpm', packages: 3 }]);
  const unsigned = installed('rpm', 'openssl', '1', { architecture: 'x86_64' });
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [unsigned])), ['CVE-1 openssl affected'], 'nobody said who built it');
});

test('what the older interface says of a source holds for what was built from it, beside what is said of the package itself', (t) => {
  const source = { name: 'openssl', version: '3.0.7-25.el9' };
  const libs = installed('rpm', 'openssl-libs', '1:3.0.7-25.el9', { architecture: 'x86_64', vendor: 'Red Hat, Inc.', sourcePackage: source });
  const records = [
    ...repositories,
    entry('RHSA-2024:1', { fixedVersion: '1:3.0.7-27.el9', cpes: [BASE], cves: [cve('CVE-1')], filedUnder: 'source' }),
    entry('CVE-2', { status: 'will-not-fix', cpes: [BASE], cves: [cve('CVE-2')], filedUnder: 'source' }),
    entry('CVE-3', { status: 'affected', cpes: [BASE], cves: [cve('CVE-3')], filedUnder: 'source' }),
    affected('Red Hat', 'openssl-libs', 'RHSA-2024:2', { entries: [{ fixedVersion: '1:3.0.7-25.el9', cpes: [BASE], cves: [cve('CVE-3')] }] }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, rhel9, [libs])), ['CVE-1 openssl-libs 1:3.0.7-27.el9', 'CVE-2 openssl-libs will-not-fix']);
});
