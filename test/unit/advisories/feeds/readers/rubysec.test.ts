import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/rubysec.ts';
import { readFeed } from '../read-feed.ts';

const name = 'gems/rack/CVE-2020-8161.yml';
const advisory = `---
gem: Rack
cve: 2020-8161
ghsa: 5f9h-9pjv-v6j7
osvdb: 12
date: 2020-05-12
cvss_v3: 8.6
unaffected_versions:
  - "< 1.0"
patched_versions:
  - "~> 2.1.3"
  - ">= 2.2.0"
`;

test('reads requirements that clear a version, under the CVE', () => {
  assert.ok(feed.wants(name));
  assert.ok(!feed.wants('rubies/ruby/CVE-2020-1.yml'));
  assert.deepEqual(readFeed(feed, name, advisory), {
    records: [
      {
        kind: 'affected',
        bucket: 'rubygems::Ruby Advisory Database',
        packageName: 'rack',
        id: 'CVE-2020-8161',
        advisory: { patchedVersions: ['~> 2.1.3', '>= 2.2.0'], unaffectedVersions: ['< 1.0'], vendorIds: ['GHSA-5f9h-9pjv-v6j7', 'OSVDB-12'] },
      },
      {
        kind: 'vulnerability',
        id: 'CVE-2020-8161',
        detail: { ratings: [{ score: 8.6, source: 'ruby-advisory-db' }], publishedAt: '2020-05-12T00:00:00.000Z' },
      },
    ],
    problems: [],
  });
});

test('without any requirement every version is affected; without an id there is no advisory', () => {
  const [found] = readFeed(feed, name, 'gem: rack\nosvdb: 7\n').records;
  assert.deepEqual(found?.kind === 'affected' && [found.id, found.advisory], ['OSVDB-7', { vulnerableVersions: ['>=0'] }]);
  assert.equal(readFeed(feed, name, 'gem: rack\n').problems.length, 1);
  assert.equal(readFeed(feed, name, 'cve: 2020-1\n').problems.length, 1);
});

test('an advisory on several flaws is kept under the CVE of each', () => {
  const idsOf = (yaml: string): readonly (readonly [id: string, vendorIds: readonly string[] | undefined])[] =>
    readFeed(feed, name, `gem: nokogiri\npatched_versions: [">= 1.2"]\n${yaml}`).records.flatMap((record) =>
      record.kind === 'affected' ? [[record.id, record.advisory.vendorIds] as const] : [],
    );
  const ghsa = ['GHSA-2qc6-mcvw-92cw'];
  // Those of the software that it carries with it.
  assert.deepEqual(idsOf('ghsa: 2qc6-mcvw-92cw\nrelated:\n  cve: [2022-2309, 2022-40304]\n'), [
    ['CVE-2022-2309', ghsa],
    ['CVE-2022-40304', ghsa],
  ]);
  // A list with its own in it, and sections.
  assert.deepEqual(idsOf('cve: 2021-30560\nghsa: 2qc6-mcvw-92cw\nrelated:\n  cve: [2021-30560, 2022-23308]\n'), [
    ['CVE-2021-30560', ghsa],
    ['CVE-2022-23308', undefined],
  ]);
  assert.deepEqual(idsOf('cve: 2016-4658\ndescription: |\n  CVE-2016-4658\n\n  One.\n\n  CVE-2016-5131\nrelated:\n  cve: [2016-5131, 2016-9999]\n'), [
    ['CVE-2016-4658', undefined],
    ['CVE-2016-5131', undefined],
  ]);
  // One that is like another, or the rest of its fix.
  assert.deepEqual(idsOf('cve: 2021-27023\ndescription: CVE-2021-27023 is similar to CVE-2018-1000007\nrelated:\n  cve: [2018-1000007]\n'), [
    ['CVE-2021-27023', undefined],
  ]);
});
