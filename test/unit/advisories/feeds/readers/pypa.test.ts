import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/pypa.ts';
import { readFeed } from '../read-feed.ts';

const record = {
  id: 'PYSEC-2021-66',
  affected: [{ package: { ecosystem: 'PyPI', name: 'stdlib' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }] }],
};

test('reads its own records into its own bucket', () => {
  assert.ok(feed.wants('data/PYSEC-2021-66.yaml'));
  assert.deepEqual(readFeed(feed, 'data/PYSEC-2021-66.yaml', JSON.stringify(record)), {
    records: [
      {
        kind: 'affected',
        bucket: 'pip::PyPA Advisory Database',
        packageName: 'stdlib',
        id: 'PYSEC-2021-66',
        advisory: { vulnerableVersions: ['<1.2.0'], patchedVersions: ['1.2.0'] },
      },
      { kind: 'vulnerability', id: 'PYSEC-2021-66', detail: {} },
    ],
    problems: [],
  });
});

test('what is no record is the problem of its file', () => {
  assert.deepEqual(readFeed(feed, 'data/PYSEC-2021-66.yaml', '{"id":7}'), { records: [], problems: ['data/PYSEC-2021-66.yaml: no OSV record'] });
});
