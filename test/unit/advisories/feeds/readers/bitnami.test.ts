import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/bitnami.ts';
import { readFeed } from '../read-feed.ts';

const record = {
  id: 'BIT-minio-2023-27589',
  affected: [{ package: { ecosystem: 'Bitnami', name: 'stdlib' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }] }],
};

test('reads its own records into its own bucket', () => {
  assert.ok(feed.wants('data/BIT-minio-2023-27589.json'));
  assert.deepEqual(readFeed(feed, 'data/BIT-minio-2023-27589.json', JSON.stringify(record)), {
    records: [
      {
        kind: 'affected',
        bucket: 'bitnami::Bitnami Vulnerability Database',
        packageName: 'stdlib',
        id: 'BIT-minio-2023-27589',
        advisory: { vulnerableVersions: ['<1.2.0'], patchedVersions: ['1.2.0'] },
      },
      { kind: 'vulnerability', id: 'BIT-minio-2023-27589', detail: {} },
    ],
    problems: [],
  });
});

test('what is no record is the problem of its file', () => {
  assert.deepEqual(readFeed(feed, 'data/BIT-minio-2023-27589.json', '{"id":7}'), {
    records: [],
    problems: ['data/BIT-minio-2023-27589.json: no OSV record'],
  });
});
