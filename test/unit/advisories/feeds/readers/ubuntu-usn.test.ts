import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/ubuntu-usn.ts';
import { readFeed } from '../read-feed.ts';

function notice(cves: readonly string[], releases: object): object {
  return { title: 'x', cves, releases };
}

test('reads notices by source package, with the service that has the update', () => {
  const text = JSON.stringify({
    '6342-1': notice(['CVE-2023-0001', 'https://launchpad.net/bugs/1'], {
      jammy: { sources: { openssl: { version: '3.0.2-0ubuntu1.10' } }, binaries: { libssl3: { version: '3.0.2-0ubuntu1.10', pocket: 'security' } } },
      xenial: {
        sources: { openssl: { version: '1.0.2g-1ubuntu4.20+esm1' } },
        binaries: { 'libssl1.0.0': { version: '1.0.2g-1ubuntu4.20+esm1', pocket: 'esm-infra' } },
      },
      bionic: { sources: { openssl: { version: '1.1.1-1+esm2' } }, binaries: { 'libssl1.1': { version: '1.1.1-1+esm2' } } },
      warty: { sources: { openssl: { version: '1' } } },
    }),
    '7-1': notice([], { jammy: { sources: { tzdata: { version: '2023c-1' } } } }),
    bad: 3,
  });
  const record = (bucket: string, packageName: string, id: string, advisory: object): object => ({
    kind: 'affected',
    bucket,
    packageName,
    id,
    advisory,
  });
  const vendorIds = ['USN-6342-1'];
  assert.deepEqual(readFeed(feed, 'usn-db/database-all.json', text), {
    records: [
      record('ubuntu 22.04', 'openssl', 'CVE-2023-0001', { fixedVersion: '3.0.2-0ubuntu1.10', vendorIds }),
      record('ubuntu 16.04', 'openssl', 'CVE-2023-0001', { fixedVersion: '1.0.2g-1ubuntu4.20+esm1', vendorIds, service: 'esm-infra' }),
      record('ubuntu 18.04', 'openssl', 'CVE-2023-0001', { fixedVersion: '1.1.1-1+esm2', vendorIds, service: 'esm-infra' }),
      record('ubuntu 22.04', 'tzdata', 'USN-7-1', { fixedVersion: '2023c-1' }),
    ],
    problems: ['usn-db/database-all.json: bad is no notice'],
  });
});
