import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/redhat-security-data.ts';
import { readFeed } from '../read-feed.ts';

test('reads errata and states by product', () => {
  const text = JSON.stringify({
    name: 'CVE-2019-0160',
    threat_severity: 'Moderate',
    public_date: '2019-02-26T00:00:00Z',
    cvss3: { cvss3_scoring_vector: 'CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L' },
    affected_release: [
      { advisory: 'RHSA-2019:2125', package: 'ovmf-20180508-6.el7', cpe: 'cpe:/o:redhat:enterprise_linux:7' },
      { advisory: 'RHSA-2019:3338', package: 'bind-32:9.11.4-26.el8', cpe: 'cpe:/o:redhat:enterprise_linux:8' },
      { advisory: 'RHSA-2019:1', package: null, cpe: 'x' },
    ],
    package_state: [
      { package_name: 'edk2', fix_state: 'Will not fix', cpe: 'cpe:/o:redhat:enterprise_linux:6' },
      { package_name: 'nodejs:18/npm', fix_state: 'New', cpe: 'cpe:/o:redhat:enterprise_linux:9' },
      { package_name: 'safe', fix_state: 'Not affected', cpe: 'cpe:/o:redhat:enterprise_linux:9' },
    ],
  });
  const cves = [{ id: 'CVE-2019-0160', severity: 'medium' }];
  const record = (packageName: string, id: string, advisory: object): object => ({ kind: 'affected', bucket: 'Red Hat', packageName, id, advisory });
  assert.deepEqual(readFeed(feed, 'securitydata/CVE-2019-0160.json', text), {
    records: [
      record('ovmf', 'RHSA-2019:2125', { fixedVersion: '20180508-6.el7', cves, cpes: ['cpe:/o:redhat:enterprise_linux:7'], filedUnder: 'source' }),
      record('bind', 'RHSA-2019:3338', { fixedVersion: '32:9.11.4-26.el8', cves, cpes: ['cpe:/o:redhat:enterprise_linux:8'], filedUnder: 'source' }),
      record('edk2', 'CVE-2019-0160', { status: 'will-not-fix', cves, cpes: ['cpe:/o:redhat:enterprise_linux:6'], filedUnder: 'source' }),
      record('nodejs:18::npm', 'CVE-2019-0160', {
        status: 'under-investigation',
        cves,
        cpes: ['cpe:/o:redhat:enterprise_linux:9'],
        filedUnder: 'source',
      }),
      {
        kind: 'vulnerability',
        id: 'CVE-2019-0160',
        detail: {
          ratings: [{ cvssVector: 'CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L', score: 5.9, source: 'redhat' }],
          vendorSeverities: { redhat: 'medium' },
          publishedAt: '2019-02-26T00:00:00.000Z',
        },
      },
    ],
    problems: [],
  });
});
