import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feeds } from '../../../../../src/advisories/feeds/feeds.generated.ts';
import { feed } from '../../../../../src/advisories/feeds/readers/company.ts';
import { readFeed } from '../read-feed.ts';

test('wants what lies in a folder called company, and files that say what they are', () => {
  const names = [
    'company/a.json',
    'company/2024/ACME-1.yaml',
    'x/company/all.jsonl',
    'acme.osv.json',
    'acme.osv.yml',
    'x_ACME-2024-1.json',
    'denied-packages.yaml',
  ];
  for (const name of names) assert.ok(feed.wants(name), name);
  for (const name of ['company/MAL-2024-1.json', 'company/a/b/CVE-2024-1.yaml', 'company/gems/a/b.yml', 'company/arch/all.json']) {
    assert.deepEqual(
      feeds.filter((other) => other.wants(name)).map((other) => other.id),
      ['company'],
      name,
    );
  }
  for (const name of ['company.json', 'company/README.md', 'mycompany/a.json', 'a.json', 'osv.json']) assert.ok(!feed.wants(name), name);
});

test('a private advisory keeps its texts, and goes before all others', () => {
  const record = {
    id: 'x_ACME-2024-1',
    summary: 'Do not use',
    details: 'It phones home.',
    database_specific: { severity: 'critical' },
    affected: [
      { package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
      { package: { ecosystem: 'Debian:12', name: 'telnet' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] },
    ],
  };
  assert.deepEqual(readFeed(feed, 'company/a.json', JSON.stringify(record)), {
    records: [
      {
        kind: 'affected',
        bucket: 'npm::Company Advisories',
        packageName: 'left-pad',
        id: 'x_ACME-2024-1',
        advisory: { vulnerableVersions: ['>=0'] },
      },
      { kind: 'affected', bucket: 'debian 12', packageName: 'telnet', id: 'x_ACME-2024-1', advisory: { status: 'affected' } },
      {
        kind: 'vulnerability',
        id: 'x_ACME-2024-1',
        detail: { vendorSeverities: { company: 'critical' }, title: 'Do not use', description: 'It phones home.' },
      },
    ],
    problems: [],
  });
});

test('a list of packages that are not allowed, with reasons', () => {
  const list = `deniedPackages:
  - package: pkg:npm/%40Acme/Thing
    versions: "<2.0.0"
    reason: Use the new one.
  - package: pkg:maven/org.Example/lib
    versions: [1.10, 1.2]
    reason: Licence.
    severity: low
    id: ACME-7
  - package: pkg:pypi/Some_Thing
    reason: No.
`;
  const { records, problems } = readFeed(feed, 'denied-packages.yaml', list);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    records.map((record) =>
      record.kind === 'affected' ? [record.bucket, record.packageName, record.id, record.advisory] : record.kind === 'vulnerability' && record.detail,
    ),
    [
      ['npm::Company Advisories', '@acme/thing', 'DENIED-npm-@acme/thing', { vulnerableVersions: ['<2.0.0'], severity: 'high' }],
      { title: 'Use the new one.', vendorSeverities: { company: 'high' } },
      ['maven::Company Advisories', 'org.example:lib', 'ACME-7', { vulnerableVersions: ['=1.10', '=1.2'], severity: 'low' }],
      { title: 'Licence.', vendorSeverities: { company: 'low' } },
      ['pip::Company Advisories', 'some-thing', 'DENIED-pip-some-thing', { vulnerableVersions: ['*'], severity: 'high' }],
      { title: 'No.', vendorSeverities: { company: 'high' } },
    ],
  );
});

test('an entry that says too little is told with what to write, and the next one is read', () => {
  const deniedPackages = [
    7,
    {},
    { package: 'pkg:npm/a' },
    { package: 'left-pad', reason: 'x' },
    { package: 'pkg:deb/debian/telnet', reason: 'x' },
    { package: 'pkg:npm/a', reason: 'x', versions: [] },
    { package: 'pkg:npm/a', reason: 'x' },
  ];
  const { records, problems } = readFeed(feed, 'company/list.json', JSON.stringify({ deniedPackages }));
  assert.equal(records.length, 2);
  assert.deepEqual(problems, [
    'company/list.json: deniedPackages[0]: it is no entry',
    'company/list.json: deniedPackages[1]: package is missing: write a package URL such as pkg:npm/left-pad',
    'company/list.json: deniedPackages[2]: pkg:npm/a: reason is missing: say why the package is not allowed',
    "company/list.json: deniedPackages[3]: left-pad: no package URL of a language's package; write an OSV record for a distribution's",
    "company/list.json: deniedPackages[4]: pkg:deb/debian/telnet: no package URL of a language's package; write an OSV record for a distribution's",
    'company/list.json: deniedPackages[5]: pkg:npm/a: versions is neither a range nor a list of versions',
  ]);
});

test('records on lines, and files that are cut short', () => {
  assert.equal(readFeed(feed, 'company/a.jsonl', '{"id":"x_A-1","affected":[]}\n{"id"').problems.length, 1);
  assert.equal(readFeed(feed, 'company/a.yaml', 'deniedPackages: [').problems.length, 1);
  assert.equal(readFeed(feed, 'company/a.json', '').problems.length, 1);
});
