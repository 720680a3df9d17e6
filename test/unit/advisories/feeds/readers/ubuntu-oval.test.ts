import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/ubuntu-oval.ts';
import { buildOval, definition } from '../oval-builder.ts';
import { readFeed } from '../read-feed.ts';

const cve =
  '<cve priority="medium" public="20231218" cvss_score="5.9" cvss_vector="CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N">CVE-2023-48795</cve>';
const detail = {
  kind: 'vulnerability',
  id: 'CVE-2023-48795',
  detail: {
    ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N', source: 'nvd', score: 5.9 }],
    vendorSeverities: { ubuntu: 'medium' },
    publishedAt: '2023-12-18',
  },
};

function affected(packageName: string, id: string, advisory: object): object {
  return { kind: 'affected', bucket: 'ubuntu 22.04', packageName, id, advisory };
}

test('a notice names binary packages by a variable, and who gets the update by a comment', () => {
  const metadata = `<reference source="USN" ref_id="USN-6561-1"/><reference source="CVE" ref_id="CVE-2023-48795"/><advisory>${cve}</advisory>`;
  const document = (comment: string): string =>
    buildOval(
      definition(metadata, `<criteria><criterion test_ref="t1" comment="${comment}"/></criteria>`),
      [{ id: 't1', kind: 'dpkginfo_test', nameVariable: 'v1', fields: [['evr', 'less than', '0:0.9.6-2ubuntu0.22.04.2']] }],
      { v1: ['libssh-4', 'libssh-dev'] },
    );
  const advisory = { fixedVersion: '0.9.6-2ubuntu0.22.04.2', filedUnder: 'binary', vendorIds: ['USN-6561-1'] };
  assert.deepEqual(readFeed(feed, 'com.ubuntu.jammy.usn.oval.xml', document('Long Term Support')), {
    records: [affected('libssh-4', 'CVE-2023-48795', advisory), affected('libssh-dev', 'CVE-2023-48795', advisory), detail],
    problems: [],
  });
  const [record] = readFeed(
    feed,
    'com.ubuntu.jammy.usn.oval.xml',
    document('Available with Ubuntu Pro (Infra-only): https://ubuntu.com/pro'),
  ).records;
  assert.deepEqual(record, affected('libssh-4', 'CVE-2023-48795', { ...advisory, service: 'esm-infra' }));
});

test('definitions for images look for the package in a list', () => {
  const text = `<oval_definitions><definitions>${definition('<reference source="USN" ref_id="USN-1-1"/>', '<criteria><criterion test_ref="t" comment="Long Term Support"/></criteria>')}</definitions>
    <tests><textfilecontent54_test id="t"><object object_ref="o"/><state state_ref="s"/></textfilecontent54_test></tests>
    <objects><textfilecontent54_object id="o"><filename>manifest</filename><pattern operation="pattern match" var_ref="v"/></textfilecontent54_object></objects>
    <states><textfilecontent54_state id="s"><subexpression datatype="debian_evr_string" operation="less than">0.9.6-2</subexpression></textfilecontent54_state></states>
    <variables><constant_variable id="v"><value>^libssh-4(?::\\w+|)\\s+(.*)$</value></constant_variable></variables></oval_definitions>`;
  assert.deepEqual(readFeed(feed, 'oci.com.ubuntu.jammy.usn.oval.xml', text), {
    records: [affected('libssh-4', 'USN-1-1', { fixedVersion: '0.9.6-2', filedUnder: 'binary' })],
    problems: [],
  });
});

test('definitions by CVE and by package give the state of the source package', () => {
  const states = [
    "openssh package in jammy was vulnerable but has been fixed (note: '1:8.9p1-3ubuntu0.5').",
    'dropbear package in jammy is affected and needs fixing.',
    'putty package in jammy is affected, but a decision has been made to defer addressing it.',
    'lxd package in jammy, is related to the CVE in some way and has been ignored.',
    'paramiko package in jammy may be affected and needs triage.',
    'golang package in jammy is not affected.',
    "filezilla package in esm-apps/jammy was vulnerable but has been fixed (note: '3.58.0-1ubuntu0.1~esm1').",
  ];
  const criteria = `<criteria operator="OR">${states.map((comment) => `<criterion test_ref="t1" comment="${comment}"/>`).join('')}</criteria>`;
  const text = buildOval(definition(`<reference source="CVE" ref_id="CVE-2023-48795"/>`, criteria, 'vulnerability'), [
    { id: 't1', kind: 'dpkginfo_test', name: 'x' },
  ]);
  assert.deepEqual(readFeed(feed, 'com.ubuntu.jammy.cve.oval.xml', text), {
    records: [
      affected('openssh', 'CVE-2023-48795', { fixedVersion: '1:8.9p1-3ubuntu0.5' }),
      affected('dropbear', 'CVE-2023-48795', { status: 'affected' }),
      affected('putty', 'CVE-2023-48795', { status: 'affected' }),
      affected('lxd', 'CVE-2023-48795', { status: 'will-not-fix' }),
      affected('paramiko', 'CVE-2023-48795', { status: 'under-investigation' }),
      affected('filezilla', 'CVE-2023-48795', { fixedVersion: '3.58.0-1ubuntu0.1~esm1', service: 'esm-apps' }),
    ],
    problems: [],
  });
  const byPackage = `<criteria><criterion test_ref="t1" comment="(CVE-2023-48795) libssh package in jammy was vulnerable but has been fixed (note: '0.9.6-2ubuntu0.22.04.2')."/></criteria>`;
  const document = buildOval(definition('<title>libssh</title>', byPackage, 'vulnerability'), [{ id: 't1', kind: 'dpkginfo_test', name: 'x' }]);
  assert.deepEqual(readFeed(feed, 'com.ubuntu.jammy.pkg.oval.xml', document).records, [
    affected('libssh', 'CVE-2023-48795', { fixedVersion: '0.9.6-2ubuntu0.22.04.2' }),
  ]);
});
