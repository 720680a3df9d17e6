import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/redhat-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

const tests = [
  { id: 'rhel', kind: 'rpmverifyfile_test', check: 'none satisfy' },
  { id: 'rhel8', kind: 'rpmverifyfile_test' },
  { id: 'module', kind: 'textfilecontent54_test' },
  {
    id: 'npm',
    name: 'npm',
    fields: [
      ['arch', 'pattern match', 'aarch64|x86_64'],
      ['evr', 'less than', '1:9.5.0-1.module+el8'],
    ] as const,
  },
  { id: 'vim', name: 'vim' },
  { id: 'emacs', name: 'emacs' },
  { id: 'bash', name: 'bash' },
];

function criteria(...items: readonly string[]): string {
  return `<criteria operator="OR"><criterion test_ref="rhel" comment="Red Hat Enterprise Linux must be installed"/><criteria operator="AND">
    <criterion test_ref="rhel8" comment="Red Hat Enterprise Linux 8 is installed"/>${items.join('')}</criteria></criteria>`;
}

test('an erratum is filed under its own id with its CVEs, their severities and the products', () => {
  const metadata = `<reference source="RHSA" ref_id="RHSA-2023:1582"/><reference source="CVE" ref_id="CVE-2023-23918"/><reference source="CVE" ref_id="CVE-2023-23920"/>
    <advisory><severity>Moderate</severity><cve impact="low" cvss3="4.2/CVSS:3.1/AV:L/AC:L/PR:L/UI:R/S:U/C:L/I:L/A:N" public="20230216">CVE-2023-23920</cve>
    <affected_cpe_list><cpe>cpe:/a:redhat:enterprise_linux:8::appstream</cpe><cpe>cpe:/a:redhat:enterprise_linux:8</cpe></affected_cpe_list></advisory>`;
  const text = buildOval(
    definition(metadata, criteria('<criterion test_ref="module" comment="Module nodejs:18 is enabled"/>', '<criterion test_ref="npm"/>')),
    tests,
  );
  assert.deepEqual(readFeed(feed, 'rhel-8.oval.xml', text), {
    records: [
      {
        kind: 'affected',
        bucket: 'Red Hat',
        packageName: 'nodejs:18::npm',
        id: 'RHSA-2023:1582',
        advisory: {
          fixedVersion: '1:9.5.0-1.module+el8',
          architectures: ['aarch64', 'x86_64'],
          cves: [
            { id: 'CVE-2023-23918', severity: 'medium' },
            { id: 'CVE-2023-23920', severity: 'low' },
          ],
          cpes: ['cpe:/a:redhat:enterprise_linux:8', 'cpe:/a:redhat:enterprise_linux:8::appstream'],
        },
      },
      {
        kind: 'vulnerability',
        id: 'CVE-2023-23920',
        detail: {
          ratings: [{ cvssVector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:R/S:U/C:L/I:L/A:N', source: 'redhat', score: 4.2 }],
          vendorSeverities: { redhat: 'low' },
          publishedAt: '2023-02-16',
        },
      },
    ],
    problems: [],
  });
});

test('what has no fix is filed under the CVE, with what will become of each component', () => {
  const metadata = `<reference source="CVE" ref_id="CVE-2020-0001"/><advisory><severity>Low</severity><affected>
    <resolution state="Will not fix"><component>vim</component></resolution><resolution state="Out of support scope"><component>emacs</component></resolution>
    <resolution state="Not affected"><component>bash</component></resolution></affected></advisory>`;
  const any = '<criteria operator="OR"><criterion test_ref="vim"/><criterion test_ref="emacs"/><criterion test_ref="bash"/></criteria>';
  const text = buildOval(definition(metadata, criteria(any), 'vulnerability', 'oval:com.redhat.cve:def:20200001'), tests);
  const shared = { cves: [{ id: 'CVE-2020-0001', severity: 'low' }], cpes: ['cpe:/o:redhat:enterprise_linux:8'] };
  assert.deepEqual(readFeed(feed, 'rhel-8-including-unpatched.oval.xml', text), {
    records: [
      { kind: 'affected', bucket: 'Red Hat', packageName: 'vim', id: 'CVE-2020-0001', advisory: { status: 'will-not-fix', ...shared } },
      { kind: 'affected', bucket: 'Red Hat', packageName: 'emacs', id: 'CVE-2020-0001', advisory: { status: 'end-of-life', ...shared } },
    ],
    problems: [],
  });
});

test('what is not affected gives nothing', () => {
  const metadata = '<reference source="CVE" ref_id="CVE-2020-0002"/><advisory><severity>Low</severity></advisory>';
  const text = buildOval(
    definition(metadata, criteria('<criterion test_ref="vim"/>'), 'vulnerability', 'oval:com.redhat.unaffected:def:20200002'),
    tests,
  );
  assert.deepEqual(readFeed(feed, 'rhel-8-including-unpatched.oval.xml', text), { records: [], problems: [] });
});

test("leaves Ubuntu's files to Ubuntu's feed", () => {
  assert.equal(feed.wants('com.ubuntu.jammy.usn.oval.xml'), false);
  assert.equal(feed.wants('oci.com.ubuntu.jammy.usn.oval.xml'), false);
});
