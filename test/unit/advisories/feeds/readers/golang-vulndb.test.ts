import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/golang-vulndb.ts';
import { readFeed } from '../read-feed.ts';

const record = {
  id: 'GO-2022-0533',
  affected: [{ package: { ecosystem: 'Go', name: 'stdlib' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }] }],
};

test('reads its own records into its own bucket', () => {
  assert.ok(feed.wants('data/GO-2022-0533.json'));
  assert.deepEqual(readFeed(feed, 'data/GO-2022-0533.json', JSON.stringify(record)), {
    records: [
      {
        kind: 'affected',
        bucket: 'go::The Go Vulnerability Database',
        packageName: 'stdlib',
        id: 'GO-2022-0533',
        advisory: { vulnerableVersions: ['<1.2.0'], patchedVersions: ['1.2.0'] },
      },
      { kind: 'vulnerability', id: 'GO-2022-0533', detail: {} },
    ],
    problems: [],
  });
});

test('what is no record is the problem of its file', () => {
  assert.deepEqual(readFeed(feed, 'data/GO-2022-0533.json', '{"id":7}'), { records: [], problems: ['data/GO-2022-0533.json: no OSV record'] });
});
