import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/debian-oval.ts';
import { readFeed } from '../read-feed.ts';

function definition(tests: readonly string[], references: readonly string[], dsa = ''): string {
  return `<definition id="d"><metadata><affected><platform>Debian GNU/Linux 12</platform></affected>
    ${references.map((id) => `<reference source="CVE" ref_id="${id}"/>`).join('')}
    <description>glibc &lt; 2 &amp; a name</description><debian>${dsa === '' ? '' : `<dsa>${dsa}</dsa>`}</debian></metadata>
    <criteria><criterion test_ref="t1" comment="Debian 12 is installed"/>${tests.map((test) => `<criterion test_ref="${test}"/>`).join('')}</criteria></definition>`;
}

function oval(definitions: string): string {
  return `<?xml version="1.0"?><oval_definitions><definitions>${definitions}</definitions><tests>
    <textfilecontent54_test id="t1"><object object_ref="o1"/><state state_ref="s1"/></textfilecontent54_test>
    <dpkginfo_test id="t2"><object object_ref="o2"/><state state_ref="s2"/></dpkginfo_test>
    <dpkginfo_test id="t3"><object object_ref="o2"/><state state_ref="s3"/></dpkginfo_test></tests>
    <objects><textfilecontent54_object id="o1"><path>/etc</path></textfilecontent54_object><dpkginfo_object id="o2"><name>glibc</name></dpkginfo_object></objects>
    <states><textfilecontent54_state id="s1"><subexpression>12</subexpression></textfilecontent54_state>
    <dpkginfo_state id="s2"><evr operation="less than">0:2.36-9+deb12u1</evr></dpkginfo_state>
    <dpkginfo_state id="s3"><evr operation="less than">0:0</evr></dpkginfo_state></states></oval_definitions>`;
}

function glibc(id: string, advisory: object): object {
  return { kind: 'affected', bucket: 'debian 12', packageName: 'glibc', id, advisory };
}

test('follows a definition to package and version; version 0 is no fix yet', () => {
  const text = oval(definition(['t2'], ['CVE-2023-0001', 'CVE-2023-0002'], 'DSA-1') + definition(['t3'], ['CVE-2023-0003']));
  assert.deepEqual(readFeed(feed, 'oval-definitions-bookworm.xml', text), {
    records: [
      glibc('CVE-2023-0001', { fixedVersion: '2.36-9+deb12u1', vendorIds: ['DSA-1'] }),
      glibc('CVE-2023-0002', { fixedVersion: '2.36-9+deb12u1', vendorIds: ['DSA-1'] }),
      glibc('CVE-2023-0003', { status: 'affected' }),
    ],
    problems: [],
  });
});

test('a definition that leads nowhere is a problem', () => {
  assert.deepEqual(readFeed(feed, 'oval.xml', oval(definition(['t9'], ['CVE-2023-0001']))), {
    records: [],
    problems: ['oval.xml: CVE-2023-0001: the test t9 is not there'],
  });
});

test('a file that is cut off says so, and gives what was whole before', () => {
  const text = oval(definition(['t2'], ['CVE-2023-0001']));
  assert.match(readFeed(feed, 'oval.xml', text.slice(0, -5)).problems[0] ?? '', /a tag does not end/);
  const cut = readFeed(feed, 'oval.xml', text.slice(0, text.indexOf('<states>')));
  assert.deepEqual([cut.records.length, cut.problems.length > 0], [0, true]);
});
