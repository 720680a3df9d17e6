import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/rocky-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

const name = 'org.rockylinux.rlsa-9.xml';

function erratum(title: string): string {
  return `<title>${title}</title><affected family="unix"/><reference source="RLSA" ref_id="RLSA-2022:4582"/><description>* gzip: a flaw (CVE-2022-1271)</description>
    <advisory from="cpe:/o:rocky:rocky:9:GA"><severity>Important</severity></advisory>`;
}

const criteria =
  '<criteria operator="OR"><criterion test_ref="t0"/><criteria operator="AND"><criterion test_ref="t1"/><criterion test_ref="t1"/></criteria></criteria>';
const notRocky = { id: 't0', kind: 'rpmverifyfile_test', check: 'none satisfy', name: '/etc' } as const;

test('takes the CVEs from the description and the release from the packages', () => {
  const text = buildOval(definition(erratum('RLSA-2022:4582: gzip security update (Important)'), criteria), [
    notRocky,
    {
      id: 't1',
      name: 'gzip',
      fields: [
        ['arch', 'pattern match', 'src|aarch64|x86_64'],
        ['evr', 'less than', '0:1.10-9.el9_0'],
      ],
    },
  ]);
  assert.deepEqual(readFeed(feed, name, text), {
    records: [
      {
        kind: 'affected',
        bucket: 'rocky 9',
        packageName: 'gzip',
        id: 'CVE-2022-1271',
        advisory: { fixedVersion: '1.10-9.el9_0', architectures: ['aarch64', 'x86_64'], severity: 'high', vendorIds: ['RLSA-2022:4582'] },
      },
    ],
    problems: [],
  });
});

test('a modular package is filed under the stream that the title names, and left out when it names none', () => {
  const tests = [notRocky, { id: 't1', name: 'npm', fields: [['evr', 'less than', '1:9.5.0-1.module+el9.2.0+14843+acebbfea']] as const }];
  const named = readFeed(feed, name, buildOval(definition(erratum('RLSA-2022:4582: nodejs:18 security update (Important)'), criteria), tests));
  assert.deepEqual(
    named.records.map((record) => record.kind === 'affected' && record.packageName),
    ['nodejs:18::npm'],
  );
  const unnamed = readFeed(feed, name, buildOval(definition(erratum('RLSA-2022:4582: nodejs security update (Important)'), criteria), tests));
  assert.deepEqual(unnamed, { records: [], problems: [`${name}: RLSA-2022:4582: no package or version`] });
});
