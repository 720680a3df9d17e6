import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/oracle-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

test('reads release, architecture and module of each package; an advisory without CVEs stands for itself', () => {
  const metadata = `<reference source="elsa" ref_id="ELSA-2023-12342"/><advisory><severity>IMPORTANT</severity></advisory>`;
  const criteria = `<criteria operator="AND"><criterion test_ref="t0" comment="Oracle Linux 8 is installed"/><criteria operator="AND"><criterion test_ref="t1" comment="Oracle Linux arch is aarch64"/>
    <criterion test_ref="t2" comment="Module virt:kvm_utils is enabled"/><criterion test_ref="t3"/></criteria></criteria>`;
  const text = buildOval(definition(metadata, criteria), [
    { id: 't0', name: 'oraclelinux-release', fields: [['version', 'pattern match', '^8']] },
    { id: 't1', name: 'oraclelinux-release', fields: [['arch', 'pattern match', 'aarch64']] },
    { id: 't2', kind: 'textfilecontent54_test' },
    { id: 't3', name: 'hivex', fields: [['evr', 'less than', '0:1.3.18-21.module+el8.7.0+21037+8ee66348']] },
  ]);
  assert.deepEqual(readFeed(feed, 'com.oracle.elsa-all.xml', text), {
    records: [
      {
        kind: 'affected',
        bucket: 'Oracle Linux 8',
        packageName: 'virt:kvm_utils::hivex',
        id: 'ELSA-2023-12342',
        advisory: { fixedVersion: '1.3.18-21.module+el8.7.0+21037+8ee66348', architectures: ['aarch64'], severity: 'high' },
      },
    ],
    problems: [],
  });
});
