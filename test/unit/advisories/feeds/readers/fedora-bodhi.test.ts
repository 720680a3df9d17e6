import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/fedora-bodhi.ts';
import { readFeed } from '../read-feed.ts';

const update = {
  updateid: 'FEDORA-2023-1',
  type: 'security',
  status: 'stable',
  severity: 'medium',
  release: { id_prefix: 'FEDORA', version: '41' },
  builds: [
    { nvr: 'rubygem-rails-html-sanitizer-1.6.0-1.fc41', epoch: 0, type: 'rpm' },
    { nvr: 'bind-9.18-1.fc41', epoch: 32, type: 'rpm' },
  ],
  bugs: [{ title: 'CVE-2022-23518 rubygem: a flaw [fedora-all]' }],
};

test('reads pushed security updates, as a list and in an answer', () => {
  const record = (packageName: string, fixedVersion: string): object => ({
    kind: 'affected',
    bucket: 'fedora 41',
    packageName,
    id: 'CVE-2022-23518',
    advisory: { fixedVersion, filedUnder: 'source', vendorIds: ['FEDORA-2023-1'], severity: 'medium' },
  });
  const records = [record('rubygem-rails-html-sanitizer', '1.6.0-1.fc41'), record('bind', '32:9.18-1.fc41')];
  const others = [
    { ...update, status: 'testing' },
    { ...update, type: 'bugfix' },
    { ...update, release: { id_prefix: 'FEDORA-EPEL', version: '9' } },
  ];
  assert.deepEqual(readFeed(feed, 'bodhi-f41.json', JSON.stringify([update, ...others])), { records, problems: [] });
  assert.deepEqual(readFeed(feed, 'bodhi/F41.json', JSON.stringify({ page: 1, updates: [update, ...others] })), { records, problems: [] });
});
