import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/ghsa.ts';
import { readFeed } from '../read-feed.ts';

const name = 'advisories/github-reviewed/2023/06/GHSA-2jx2-qcm4-rf9h/GHSA-2jx2-qcm4-rf9h.json';
const record = {
  id: 'GHSA-2jx2-qcm4-rf9h',
  aliases: ['CVE-2021-36153'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
  database_specific: { severity: 'HIGH', cwe_ids: ['CWE-400'], github_reviewed: true },
  affected: [
    {
      package: { ecosystem: 'SwiftURL', name: 'https://github.com/grpc/grpc-swift.git' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
      database_specific: { last_known_affected_version_range: '< 1.2.0' },
    },
  ],
};
const detail = {
  kind: 'vulnerability',
  id: 'CVE-2021-36153',
  detail: {
    ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', score: 7.5, source: 'ghsa' }],
    vendorSeverities: { ghsa: 'high' },
    cweIds: ['CWE-400'],
  },
};

test("goes into GitHub's bucket with its word, weakness and the end of an open range", () => {
  assert.ok(feed.wants(name));
  assert.deepEqual(readFeed(feed, name, JSON.stringify(record)), {
    records: [
      {
        kind: 'affected',
        bucket: 'swift::GitHub Security Advisory Swift',
        packageName: 'github.com/grpc/grpc-swift',
        id: 'CVE-2021-36153',
        advisory: { vulnerableVersions: ['>=0, <1.2.0'], vendorIds: ['GHSA-2jx2-qcm4-rf9h'] },
      },
      detail,
    ],
    problems: [],
  });
});

test('one that nobody reviewed names no package and rates its CVE all the same', () => {
  assert.deepEqual(readFeed(feed, name, JSON.stringify({ ...record, affected: [] })), { records: [detail], problems: [] });
});
