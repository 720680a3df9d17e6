import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/alpine-secdb.ts';
import { readFeed } from '../read-feed.ts';

test('reads fixes, never-affected and lines with several names', () => {
  const secfixes = {
    '1.2.3-r1': ['CVE-2024-1', 'CVE-2024-2 GHSA-aaaa-bbbb-cccc', 'CVE_2024-3 (+ regression fix)', 'XSA-248', 'nonsense'],
    '0': ['CVE-2024-4'],
  };
  const { records, problems } = readFeed(
    feed,
    'v3.20/main.json',
    JSON.stringify({ distroversion: 'v3.20', packages: [{ pkg: { name: 'musl', secfixes } }] }),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    records.map((record) => record.kind === 'affected' && [record.bucket, record.packageName, record.id, record.advisory.fixedVersion]),
    [
      ['alpine 3.20', 'musl', 'CVE-2024-4', '0'],
      ['alpine 3.20', 'musl', 'CVE-2024-1', '1.2.3-r1'],
      ['alpine 3.20', 'musl', 'CVE-2024-2', '1.2.3-r1'],
      ['alpine 3.20', 'musl', 'CVE-2024-3', '1.2.3-r1'],
      ['alpine 3.20', 'musl', 'XSA-248', '1.2.3-r1'],
    ],
  );
});

test('a file without a release, or a package without a name, is a problem', () => {
  assert.equal(readFeed(feed, 'main.json', '{}').problems.length, 1);
  assert.equal(readFeed(feed, 'main.json', '{').problems.length, 1);
  assert.equal(readFeed(feed, 'main.json', '{"distroversion":"edge","packages":[{"pkg":{}}]}').problems.length, 1);
});
