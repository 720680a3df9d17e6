import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const rpm = (version: string) => installed('rpm', 'httpd', version, { architecture: 'x86_64', vendor: 'CentOS' });
const records = [
  affected('Red Hat', 'httpd', 'CVE-1', { entries: [{ fixedVersion: '2.4.6-97.el7_9.5', cpes: ['cpe:/o:redhat:enterprise_linux:7::server'] }] }),
];

test("is compared with Red Hat's, without the mark of the release", (t) => {
  const found = (version: string) => summaryOf(matchWith(t, records, distroOf('centos', '7'), [rpm(version)]));
  assert.deepEqual(found('2.4.6-97.el7.centos.4'), ['CVE-1 httpd 2.4.6-97.el7_9.5']);
  assert.deepEqual(found('2.4.6-97.el7.centos.5'), []);
  assert.deepEqual(found('2.4.6-97.el7.centos.6'), []);
  assert.deepEqual(found('2.4.6-95.el7.centos'), ['CVE-1 httpd 2.4.6-97.el7_9.5']);
});

test('has ended, for good', (t) => {
  assert.deepEqual(matchWith(t, records, distroOf('centos', '7'), [], '2026-01-01').endOfLife, {
    name: 'CentOS Linux 7',
    endedAt: '2024-06-30',
    source: 'https://www.redhat.com/en/topics/linux/centos-linux-eol',
  });
});

test('Stream is compared all the same, and said to have no advisories of its own', (t) => {
  const stream = [
    affected('Red Hat', 'httpd', 'CVE-1', { entries: [{ fixedVersion: '2.4.57-8.el9', cpes: ['cpe:/a:redhat:enterprise_linux:9::appstream'] }] }),
  ];
  const result = matchWith(t, stream, distroOf('centos', '9', { prettyName: 'CentOS Stream 9' }), [rpm('2.4.57-5.el9')]);
  assert.deepEqual(summaryOf(result), ['CVE-1 httpd 2.4.57-8.el9']);
  assert.match(result.problems[0]?.message ?? '', /CentOS Stream 9 has no advisories of its own/);
  assert.equal(matchWith(t, stream, distroOf('centos', '9'), [], '2030-01-01').endOfLife?.name, 'CentOS Stream 9');
});
