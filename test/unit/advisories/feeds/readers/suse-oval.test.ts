import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/suse-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

const metadata = `<title>CVE-2024-0001</title><reference source="CVE" ref_id="Mitre CVE-2024-0001"/><reference source="SUSE-SU" ref_id="SUSE-SU-2024:1-1"/><advisory><severity>Moderate</severity>
  <cve impact="low" cvss3="3.7/CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N">CVE-2024-0001 at SUSE</cve><cve impact="high" cvss3="7.5/CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H">CVE-2024-0001 at NVD</cve></advisory>`;

const tests = [
  { id: 'r1', name: 'sles-release', fields: [['version', 'equals', '15.4']] as const },
  { id: 'r2', name: 'sles-ltss-release', fields: [['version', 'equals', '15.3']] as const },
  { id: 'r3', name: 'suse-manager-release', fields: [['version', 'equals', '4.3']] as const },
  {
    id: 'fixed',
    name: 'vim',
    fields: [
      ['arch', 'pattern match', '(aarch64|x86_64)'],
      ['evr', 'less than', '0:9.1-150000.5.1'],
    ] as const,
  },
  { id: 'open', name: 'vim-data', fields: [['version', 'greater than', '0']] as const },
  { id: 'safe', name: 'vim-small', fields: [['version', 'equals', '0']] as const },
];

const criteria = `<criteria operator="AND"><criteria operator="OR"><criterion test_ref="r1" comment="SUSE Linux Enterprise Server 15 SP4 is installed"/>
  <criterion test_ref="r2" comment="SUSE Linux Enterprise Server 15 SP3-LTSS is installed"/><criterion test_ref="r3" comment="SUSE Manager Server 4.3 is installed"/></criteria>
  <criteria operator="OR"><criterion test_ref="fixed"/><criterion test_ref="open" comment="vim-data is affected"/><criterion test_ref="safe" comment="vim-small is not affected"/></criteria></criteria>`;

test('files packages under the systems that products are, with the service that has a fix', () => {
  const { records, problems } = readFeed(
    feed,
    'suse.linux.enterprise.15-affected.xml',
    buildOval(definition(metadata, criteria, 'vulnerability'), tests),
  );
  const fixed = { fixedVersion: '9.1-150000.5.1', architectures: ['aarch64', 'x86_64'], severity: 'medium' };
  const open = { status: 'affected', severity: 'medium' };
  assert.deepEqual(problems, []);
  assert.deepEqual(records, [
    { kind: 'affected', bucket: 'SUSE Linux Enterprise 15.4', packageName: 'vim', id: 'CVE-2024-0001', advisory: fixed },
    { kind: 'affected', bucket: 'SUSE Linux Enterprise 15.3', packageName: 'vim', id: 'CVE-2024-0001', advisory: { ...fixed, service: 'ltss' } },
    { kind: 'affected', bucket: 'SUSE Linux Enterprise 15.4', packageName: 'vim-data', id: 'CVE-2024-0001', advisory: open },
    { kind: 'affected', bucket: 'SUSE Linux Enterprise 15.3', packageName: 'vim-data', id: 'CVE-2024-0001', advisory: { ...open, service: 'ltss' } },
    {
      kind: 'vulnerability',
      id: 'CVE-2024-0001',
      detail: {
        ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:L/A:N', source: 'suse-cvrf', score: 3.7 }],
        vendorSeverities: { 'suse-cvrf': 'low' },
      },
    },
    {
      kind: 'vulnerability',
      id: 'CVE-2024-0001',
      detail: {
        ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', source: 'nvd', score: 7.5 }],
        vendorSeverities: { nvd: 'high' },
      },
    },
  ]);
});

test('an update of its own names itself', () => {
  const { records } = readFeed(feed, 'suse.linux.enterprise.15-patch.xml', buildOval(definition(metadata, criteria, 'patch'), tests));
  assert.deepEqual(records[0]?.kind === 'affected' && records[0].advisory.vendorIds, ['SUSE-SU-2024:1-1']);
});
