import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/rustsec.ts';
import { readFeed } from '../read-feed.ts';

const name = 'crates/smallvec/RUSTSEC-2019-0012.md';
const advisory = `\`\`\`toml
[advisory]
id = "RUSTSEC-2019-0012"
package = "SmallVec"
date = 2019-07-19
aliases = ["CVE-2019-15554", "GHSA-69gw-hgj3-45m7"]
cvss = "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
informational = "unsound"

[versions]
patched = [">= 0.6.10"]
unaffected = ["< 0.6.3"]

[affected]
os = ["windows"]
functions = { "smallvec::SmallVec::grow" = [">= 0.6.3, < 0.6.10"] }
\`\`\`
# Headline
`;

test('reads requirements, functions and systems, under the CVE', () => {
  assert.ok(feed.wants(name));
  assert.ok(!feed.wants('rust/std/CVE-2018-25008.md'));
  assert.deepEqual(readFeed(feed, name, advisory), {
    records: [
      {
        kind: 'affected',
        bucket: 'cargo::RustSec Advisory Database',
        packageName: 'smallvec',
        id: 'CVE-2019-15554',
        advisory: {
          patchedVersions: ['>= 0.6.10'],
          unaffectedVersions: ['< 0.6.3'],
          operatingSystems: ['windows'],
          symbols: ['smallvec::SmallVec::grow'],
          vendorIds: ['GHSA-69gw-hgj3-45m7', 'RUSTSEC-2019-0012'],
        },
      },
      {
        kind: 'vulnerability',
        id: 'CVE-2019-15554',
        detail: {
          ratings: [{ cvssVector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'rustsec' }],
          publishedAt: '2019-07-19T00:00:00.000Z',
        },
      },
    ],
    problems: [],
  });
});

test('unmaintained is not vulnerable, withdrawn is withdrawn, without a patch all are affected', () => {
  for (const kind of ['unmaintained', 'notice'])
    assert.deepEqual(readFeed(feed, name, advisory.replace('unsound', kind)), { records: [], problems: [] });
  assert.deepEqual(readFeed(feed, name, advisory.replace('date =', 'withdrawn = 2020-01-01\ndate =')).records, [
    { kind: 'vulnerability', id: 'RUSTSEC-2019-0012', detail: { withdrawn: true } },
  ]);
  const [found] = readFeed(feed, name, '```toml\n[advisory]\nid = "RUSTSEC-2019-0012"\npackage = "a"\n[versions]\npatched = []\n```').records;
  assert.deepEqual(found?.kind === 'affected' && found.advisory, { vulnerableVersions: ['>=0'] });
});

test('what is no block of TOML, or nested without end, is the problem of its file', () => {
  for (const text of ['# only a headline', '```toml\n[advisory\n```', '```toml\n[advisory]\n```', `\`\`\`toml\na = ${'['.repeat(50_000)}\n\`\`\``]) {
    const { records, problems } = readFeed(feed, name, text);
    assert.deepEqual([records.length, problems.length, problems[0]?.startsWith(name)], [0, 1, true]);
  }
});
