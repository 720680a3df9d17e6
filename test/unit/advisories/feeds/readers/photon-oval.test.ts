import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/photon-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

test('files an advisory under its CVEs, with the id that its page has', () => {
  const metadata = `<affected><platform>Photon 3</platform></affected><reference source="PHSA" ref_id="PHSA:00001:3.0:0036"/>
    <reference source="CVE" ref_id="CVE:00001:CVE-2019-16168"/><advisory><severity>Important</severity><issued date="2019-10-23"/><cve>CVE-2019-16168</cve></advisory>`;
  const criteria =
    '<criteria operator="AND"><criterion test_ref="t0" comment="Photon OS 3 is installed"/><criteria operator="AND"><criterion test_ref="t1"/><criterion test_ref="t2"/></criteria></criteria>';
  const text = buildOval(definition(metadata, criteria), [
    { id: 't0', name: 'photon-release', fields: [['version', 'pattern match', '^3']] },
    { id: 't1', name: 'sqlite', fields: [['evr', 'less than', '0:3.27.2-5.ph3']] },
    { id: 't2', name: 'sqlite', fields: [['signature_keyid', 'equals', 'c0b5e0ab66fd4949']] },
  ]);
  assert.deepEqual(readFeed(feed, 'com.vmware.phsa-photon3.xml', text), {
    records: [
      {
        kind: 'affected',
        bucket: 'Photon OS 3.0',
        packageName: 'sqlite',
        id: 'CVE-2019-16168',
        advisory: { fixedVersion: '3.27.2-5.ph3', severity: 'high', vendorIds: ['PHSA-2019-3.0-0036'] },
      },
    ],
    problems: [],
  });
});
