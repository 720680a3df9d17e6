import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/azure-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

function about(cve: string, patchable: string): string {
  return `<reference source="CVE" ref_id="${cve}"/><patchable>${patchable}</patchable><severity>High</severity>`;
}

const text = buildOval(
  definition(about('CVE-2024-0001', 'true'), '<criteria operator="AND"><criterion test_ref="t1"/></criteria>', 'vulnerability') +
    definition(about('CVE-2024-0002', 'false'), '<criteria operator="AND"><criterion test_ref="t2"/></criteria>', 'vulnerability') +
    definition(about('CVE-2024-0003', 'Not Applicable'), '<criteria operator="AND"><criterion test_ref="t2"/></criteria>', 'vulnerability'),
  [
    { id: 't1', name: 'thrift', fields: [['evr', 'less than', '0:0.15.0-5.azl3']] },
    { id: 't2', name: 'syslinux', fields: [['evr', 'less than or equal', '0:6.04-9.cm1']] },
  ],
);

test('reads the release from the name, fixes and what has none, and passes over what does not apply', () => {
  assert.deepEqual(readFeed(feed, 'x/azurelinux-3.0-oval.xml', text), {
    records: [
      {
        kind: 'affected',
        bucket: 'Azure Linux 3.0',
        packageName: 'thrift',
        id: 'CVE-2024-0001',
        advisory: { fixedVersion: '0.15.0-5.azl3', severity: 'high' },
      },
      {
        kind: 'affected',
        bucket: 'Azure Linux 3.0',
        packageName: 'syslinux',
        id: 'CVE-2024-0002',
        advisory: { status: 'affected', vulnerableVersions: ['<=6.04-9.cm1'], severity: 'high' },
      },
    ],
    problems: [],
  });
  assert.deepEqual(
    readFeed(feed, 'cbl-mariner-2.0-oval.xml', text).records.map((record) => record.kind === 'affected' && record.bucket),
    ['CBL-Mariner 2.0', 'CBL-Mariner 2.0'],
  );
});
