import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/almalinux-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

test("reads an advisory with the module's stream, and keeps Red Hat's rating of the CVE as Red Hat's", () => {
  const metadata = `<reference source="ALSA" ref_id="ALSA-2023:5363"/><reference source="CVE" ref_id="CVE-2023-32559"/><advisory><severity>Important</severity>
    <cve public="20230809" impact="Moderate" cvss3="CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H">CVE-2023-32559</cve></advisory>`;
  const criteria = `<criteria operator="OR"><criterion test_ref="t0" comment="AlmaLinux must be installed"/><criteria operator="AND"><criterion test_ref="t1" comment="AlmaLinux 9 is installed"/>
    <criterion test_ref="t2" comment="Module nodejs:18 is enabled"/><criterion test_ref="t3"/></criteria></criteria>`;
  const text = buildOval(definition(metadata, criteria), [
    { id: 't0', kind: 'rpmverifyfile_test', check: 'none satisfy' },
    { id: 't1', kind: 'rpmverifyfile_test' },
    { id: 't2', kind: 'textfilecontent54_test' },
    { id: 't3', name: 'npm', fields: [['evr', 'less than', '1:9.8.1-1.18.18.2.1.module_el9.2.0+68+d2bcbea4']] },
  ]);
  assert.deepEqual(readFeed(feed, 'org.almalinux.alsa-9.xml', text), {
    records: [
      {
        kind: 'affected',
        bucket: 'alma 9',
        packageName: 'nodejs:18::npm',
        id: 'CVE-2023-32559',
        advisory: { fixedVersion: '1:9.8.1-1.18.18.2.1.module_el9.2.0+68+d2bcbea4', severity: 'high', vendorIds: ['ALSA-2023:5363'] },
      },
      {
        kind: 'vulnerability',
        id: 'CVE-2023-32559',
        detail: {
          ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H', source: 'redhat' }],
          vendorSeverities: { redhat: 'medium' },
          publishedAt: '2023-08-09',
        },
      },
    ],
    problems: [],
  });
});
