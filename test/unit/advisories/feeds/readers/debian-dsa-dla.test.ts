import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/debian-dsa-dla.ts';
import { readFeed } from '../read-feed.ts';

const list = `[23 Apr 2024] DSA-5673-1 glibc - security update
\t{CVE-2024-2961 CVE-2024-2962}
\t[bullseye] - glibc 2.31-13+deb11u9
\t[bookworm] - glibc 2.36-9+deb12u6
\tNOTE: a note
[22 Apr 2024] DSA-5672-2 openjdk-17 - regression update
\t[bookworm] - openjdk-17 17.0.11+9-1~deb12u1
[01 Jan 2009] DSA-1-1 old - security update
\t{CVE-2009-1}
\t[etch] - old 1.0
\t[bookworm] - odd <not-affected> (no such code)
`;

test('gives each CVE of an advisory its fix in each release', () => {
  const { records, problems } = readFeed(feed, 'data/DSA/list', list);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    records.map((record) => record.kind === 'affected' && [record.bucket, record.packageName, record.id, record.advisory]),
    [
      ['debian 11', 'glibc', 'CVE-2024-2961', { fixedVersion: '2.31-13+deb11u9', vendorIds: ['DSA-5673'] }],
      ['debian 11', 'glibc', 'CVE-2024-2962', { fixedVersion: '2.31-13+deb11u9', vendorIds: ['DSA-5673'] }],
      ['debian 12', 'glibc', 'CVE-2024-2961', { fixedVersion: '2.36-9+deb12u6', vendorIds: ['DSA-5673'] }],
      ['debian 12', 'glibc', 'CVE-2024-2962', { fixedVersion: '2.36-9+deb12u6', vendorIds: ['DSA-5673'] }],
    ],
  );
});

test('an entry without an id is a problem, and its lines belong to nobody', () => {
  const { records, problems } = readFeed(feed, 'data/DSA/list', '[x] nothing\n\t{CVE-1}\n\t[bookworm] - a 1\n');
  assert.deepEqual([records.length, problems.length], [0, 1]);
});
