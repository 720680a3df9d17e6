import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/epss.ts';
import { readFeed } from '../read-feed.ts';

test('reads commas and semicolons, leaves comments and header out', () => {
  const text = '#model_version:v2025\ncve,epss,percentile\nCVE-2024-1,0.00123,0.45\r\nCVE-2024-2;0.9;1\nCVE-2024-3,2,1\nCVE-2024-4,,\n';
  const { records, problems } = readFeed(feed, 'epss.csv', text);
  assert.deepEqual(
    records.map((record) => record.kind === 'vulnerability' && [record.id, record.detail.epss]),
    [
      ['CVE-2024-1', { probability: 0.00123, percentile: 0.45 }],
      ['CVE-2024-2', { probability: 0.9, percentile: 1 }],
    ],
  );
  assert.equal(problems.length, 2);
});
