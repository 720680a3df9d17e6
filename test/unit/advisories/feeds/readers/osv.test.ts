import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/osv.ts';
import { readFeed } from '../read-feed.ts';

const affected = {
  package: { ecosystem: 'PyPI', name: 'Ruamel.YAML' },
  ranges: [
    { type: 'GIT', events: [{ introduced: '0' }, { fixed: 'abc' }] },
    { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.2' }, { introduced: '2.0' }, { last_affected: '2.3' }, { introduced: '3.0' }] },
  ],
  versions: ['1.0', '2.3', '2.4'],
};

function read(record: object, name = 'PYSEC-2021-66.json'): ReturnType<typeof readFeed> {
  return readFeed(feed, name, JSON.stringify(record));
}

test('makes ranges of events, and keeps versions that lie outside them', () => {
  const { records, problems } = read({
    id: 'PYSEC-2021-66',
    aliases: ['GHSA-g3rq-g295-4j3m', 'CVE-2020-28493'],
    affected: [affected],
    published: '2021-02-01T20:15:00Z',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(records, [
    {
      kind: 'affected',
      bucket: 'pip::PyPA Advisory Database',
      packageName: 'ruamel-yaml',
      id: 'CVE-2020-28493',
      advisory: {
        vulnerableVersions: ['<1.2', '>=2.0, <=2.3', '>=3.0', '=2.4'],
        patchedVersions: ['1.2'],
        vendorIds: ['GHSA-g3rq-g295-4j3m', 'PYSEC-2021-66'],
      },
    },
    { kind: 'vulnerability', id: 'CVE-2020-28493', detail: { publishedAt: '2021-02-01T20:15:00Z' } },
  ]);
});

test("GitHub's records go into GitHub's bucket, with severity", () => {
  const record = {
    id: 'GHSA-aaaa-bbbb-cccc',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' }],
    database_specific: { severity: 'MODERATE' },
    affected: [
      { package: { ecosystem: 'npm', name: 'JSONStream' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }] },
    ],
  };
  const { records } = read(record);
  assert.deepEqual(
    records.map((found) => (found.kind === 'affected' ? [found.bucket, found.packageName, found.id] : found.kind === 'vulnerability' && found.detail)),
    [
      ['npm::GitHub Security Advisory npm', 'jsonstream', 'GHSA-aaaa-bbbb-cccc'],
      { ratings: [{ cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', source: 'ghsa', score: 7.5 }], vendorSeverities: { ghsa: 'medium' } },
    ],
  );
});

test('withdrawn records and other ecosystems give nothing', () => {
  assert.deepEqual(read({ id: 'PYSEC-1', affected: [affected], withdrawn: '2022-01-01T00:00:00Z' }), { records: [], problems: [] });
  assert.deepEqual(read({ id: 'GHSA-1', affected: [{ ...affected, package: { ecosystem: 'Maven', name: 'a:b' } }] }), { records: [], problems: [] });
});

test('what is no record is a problem', () => {
  assert.equal(read([]).problems.length, 1);
  assert.equal(read({ affected: [] }).problems.length, 1);
  assert.equal(readFeed(feed, 'PYSEC-1.yaml', 'a: [').problems.length, 1);
});
