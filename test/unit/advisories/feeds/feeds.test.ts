import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { feeds } from '../../../../src/advisories/feeds/feeds.generated.ts';
import { distributionSamples } from './distribution-samples.ts';
import { readFeed } from './read-feed.ts';

/** A name that each feed wants, and the beginning of a file that is nearly right. */
const samples: Readonly<Record<string, readonly [name: string, text: string]>> = {
  ...distributionSamples,
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
  'ubuntu-cve-tracker': ['active/CVE-2024-1', 'Candidate: CVE-2024-1\nPriority: low\njammy_a: released (1)\n'],
  arch: ['arch/all.json', '[{"name":"AVG-1","packages":["a"],"status":"Fixed","affected":"1-1","fixed":"1-2","issues":["CVE-2024-1"]},{},7]'],
  bitnami: ['data/a/BIT-a-2024-1.json', osvSample('BIT-a-2024-1', 'Bitnami')],
  company: ['company/list.json', '{"deniedPackages":[{"package":"pkg:npm/a","reason":"b"},{},7]}'],
  'datadog-iocs': ['axios/iocs.csv', 'type,indicator\nnpm package,axios@1.14.1\nnpm package,\n"'],
  friendsofphp: ['a/b/CVE-2024-1.yaml', 'cve: CVE-2024-1\nbranches: {1.x: {time: 2024-01-01, versions: [">=1", "<2"]}}\nreference: composer://a/b\n'],
  ghsa: ['GHSA-2jx2-qcm4-rf9h.json', osvSample('GHSA-2jx2-qcm4-rf9h', 'npm')],
  'golang-vulndb': ['data/osv/GO-2024-0001.json', osvSample('GO-2024-0001', 'Go')],
  msrc: [
    '2023-Oct.json',
    '{"ProductTree":{"FullProductName":[{"ProductID":"1","Value":"Windows Server 2022 (Server Core installation)"}]},"Vulnerability":[{"CVE":"CVE-2024-1","Remediations":[{"Type":2,"ProductID":["1"],"Description":{"Value":"5031364"}}]}]}',
  ],
  pypa: [
    'vulns/a/PYSEC-2021-1.yaml',
    'id: PYSEC-2021-1\naffected:\n- package: {ecosystem: PyPI, name: a}\n  ranges: [{type: ECOSYSTEM, events: [{introduced: "0"}, {fixed: "1"}]}]\n',
  ],
  retirejs: ['jsrepository-v6.json', '{"jquery":{"vulnerabilities":[{"below":"1.0.0","identifiers":{"CVE":["CVE-2024-0001"]}},{},7]},"a":7}'],
  rubysec: ['gems/a/CVE-2024-1.yml', '---\ngem: a\ncve: 2024-1\npatched_versions: [">= 1"]\n'],
  rustsec: ['crates/a/RUSTSEC-2024-0001.md', '```toml\n[advisory]\nid = "RUSTSEC-2024-0001"\npackage = "a"\n[versions]\npatched = [">= 1"]\n```\n'],
  vulnrichment: ['vulnrichment.tsv', 'CVE-2024-1\t2024-01-01\tPUBLISHED\t9.8\t\tadp\tCWE-1\tnone/no/total\t\nx\n'],
  'wesng-msrc': [
    'CVEs_20260628.csv',
    'DatePosted,CVE,BulletinKB,AffectedProduct,Severity,Supersedes\n20240101,CVE-2024-1,5031364,Windows Server 2022 (Server Core installation),Low,"5030216"\nx\n',
  ],
  osv: ['MAL-2024-1.json', osvSample('MAL-2024-1', 'npm')],
};

function osvSample(id: string, ecosystem: string): string {
  const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }] }];
  return JSON.stringify({ id, affected: [{ package: { ecosystem, name: 'a' }, ranges, versions: ['0.1'] }, 7, {}] });
}

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
