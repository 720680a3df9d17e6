import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { feeds } from '../../../../src/advisories/feeds/feeds.generated.ts';
import { readFeed } from './read-feed.ts';

/** A name that each feed wants, and the beginning of a file that is nearly right. */
const samples: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'alpine-secdb': [
    'alpine/v3.20/main.json',
    '{"distroversion":"v3.20","packages":[{"pkg":{"name":"a","secfixes":{"1-r0":["CVE-2024-1"]}}},{"pkg":7},3]}',
  ],
  'cisa-kev': ['known_exploited_vulnerabilities.json', '{"vulnerabilities":[{"cveID":"CVE-2024-1","dateAdded":"2024-01-01"},{}]}'],
  'debian-dsa-dla': [
    'data/DSA/list',
    '[03 Sep 2024] DSA-5764-1 openssl - security update\n\t{CVE-2024-6119}\n\t[bookworm] - openssl 3.0.14-1~deb12u2\n',
  ],
  'debian-oval': [
    'oval-definitions-bookworm.xml',
    '<oval_definitions><definition id="1"><platform>Debian GNU/Linux 12</platform></definition></oval_definitions>',
  ],
  epss: ['epss_scores.csv', '#model\ncve,epss,percentile\nCVE-2024-1,0.5,0.9\nx,y\n'],
  gemnasium: ['npm/lodash/CVE-2021-1.yml', '---\nidentifier: "CVE-2021-1"\npackage_slug: "npm/lodash"\naffected_range: "<1"\n'],
  osv: [
    'PYSEC-2021-1.yaml',
    'id: PYSEC-2021-1\naffected:\n- package: {ecosystem: PyPI, name: a}\n  ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}, {fixed: "1"}]}]\n',
  ],
  'ubuntu-cve-tracker': ['active/CVE-2024-1', 'Candidate: CVE-2024-1\nPriority: low\njammy_a: released (1)\n'],
};

test('every feed is registered under its file name, with its source and licence', () => {
  const files = readdirSync(path.join(import.meta.dirname, '../../../../src/advisories/feeds/readers')).sort();
  assert.deepEqual(
    feeds.map((feed) => `${feed.id}.ts`),
    files,
  );
  for (const { source } of feeds) assert.ok(source.name !== '' && source.licence !== '' && URL.canParse(source.url));
});

test('every feed wants its own files and no other', () => {
  for (const [id, [name]] of Object.entries(samples)) {
    assert.deepEqual(
      feeds.filter((feed) => feed.wants(name)).map((feed) => feed.id),
      [id],
    );
  }
});

for (const feed of feeds) {
  const [name, text] = samples[feed.id] ?? ['', ''];

  test(`${feed.id}: reads its sample, and survives truncation and any bytes`, () => {
    assert.ok(readFeed(feed, name, text).records.length > 0 || feed.id === 'debian-oval');
    for (let length = 0; length < text.length; length += 1) readFeed(feed, name, text.slice(0, length));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readFeed(feed, name, bytes);
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        readFeed(feed, name, json);
      }),
    );
  });
}
