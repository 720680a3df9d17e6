import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/cisa-kev.ts';
import { readFeed } from '../read-feed.ts';

test('reads the day each was listed', () => {
  const vulnerabilities = [{ cveID: 'CVE-2021-44228', dateAdded: '2021-12-10' }, { cveID: 'CVE-1' }, { cveID: 'CVE-2', dateAdded: 'soon' }];
  assert.deepEqual(readFeed(feed, 'known_exploited_vulnerabilities.json', JSON.stringify({ vulnerabilities })), {
    records: [{ kind: 'vulnerability', id: 'CVE-2021-44228', detail: { kevAddedAt: '2021-12-10' } }],
    problems: Array.from({ length: 2 }, () => 'known_exploited_vulnerabilities.json: an entry without cveID or dateAdded'),
  });
});
