import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/osv.ts';
import { readFeed } from '../read-feed.ts';

const affected = [
  { package: { ecosystem: 'npm', name: 'JSONStream' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }] },
];
const expected = [
  {
    kind: 'affected',
    bucket: 'npm::OpenSSF Malicious Packages',
    packageName: 'jsonstream',
    id: 'MAL-1',
    advisory: { vulnerableVersions: ['<2.0.0'], patchedVersions: ['2.0.0'] },
  },
  { kind: 'vulnerability', id: 'MAL-1', detail: { vendorSeverities: { 'ossf-malicious': 'critical' } } },
];
const record = { id: 'MAL-1', affected };

test('wants the files of every database that OSV knows, and none with a feed of its own', () => {
  const own = [
    'npm/MAL-2024-1.json',
    'ALSA-2019:3421.json',
    'openSUSE-SU-2016%3A1623-1.json',
    'UBUNTU-CVE-2024-1.json',
    'USN-5614-1.json',
    'CGA-224q-ccj5-2p53.json',
    'RUSTSEC-2019-0012.json',
  ];
  for (const name of [...own, 'osv/CVE-2024-1013.json', 'osv-records.jsonl', 'RHSA-2024%3A8709.json']) assert.ok(feed.wants(name), name);
  for (const name of ['GHSA-2jx2-qcm4-rf9h.json', 'osv/GO-2024-1.json', 'PYSEC-2021-1.yaml', 'BIT-x-2020-1.json', 'CVE-2024-1.json', 'package.json'])
    assert.ok(!feed.wants(name), name);
});

test('reads one record, a list, an answer of the service, and one on each line', () => {
  assert.deepEqual(readFeed(feed, 'MAL-1.json', JSON.stringify(record)), { records: expected, problems: [] });
  assert.deepEqual(readFeed(feed, 'MAL-1.json', JSON.stringify([record, record])).records, [...expected, ...expected]);
  assert.deepEqual(readFeed(feed, 'MAL-1.json', JSON.stringify({ vulns: [record] })).records, expected);
  const lines = readFeed(feed, 'osv.jsonl', `${JSON.stringify(record)}\n\n{"id":\n${JSON.stringify(record)}`);
  assert.deepEqual(lines.records, [...expected, ...expected]);
  assert.equal(lines.problems.length, 1);
  assert.match(lines.problems[0] ?? '', /^osv\.jsonl:3: /);
});

test('reads YAML, in which versions are what is written', () => {
  const yaml = 'id: OSV-1\naffected:\n- package: {ecosystem: PyPI, name: Ruamel.YAML}\n  versions: [1.10, 0x1f, "2.0", no]\n';
  const [found] = readFeed(feed, 'OSV-1.yaml', yaml).records;
  assert.deepEqual(found, {
    kind: 'affected',
    bucket: 'pip::Open Source Vulnerability',
    packageName: 'ruamel-yaml',
    id: 'OSV-1',
    advisory: { vulnerableVersions: ['=1.10', '=0x1f', '=2.0', '=no'] },
  });
});

test('what is cut short or no record is a problem that names the file', () => {
  for (const [name, text] of [
    ['MAL-1.json', '{"id":"MAL-1"'],
    ['MAL-1.json', '7'],
    ['OSV-1.yaml', 'id: OSV-1\naffected: ['],
    ['OSV-1.yaml', 'a: &a [*a, *b]'],
  ] as const) {
    const { records, problems } = readFeed(feed, name, text);
    assert.deepEqual([records.length, problems.length, problems[0]?.startsWith(name)], [0, 1, true], text);
  }
});

test('a bomb of aliases, keys in keys and a file beyond all measure are refused', () => {
  const bomb = `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`).join('\n')}\n`;
  for (const text of [bomb, '? '.repeat(50_000), '- '.repeat(50_000), ' '.repeat(600_000)]) {
    const { records, problems } = readFeed(feed, 'OSV-1.yaml', text);
    assert.deepEqual([records.length, problems.length], [0, 1]);
  }
});
