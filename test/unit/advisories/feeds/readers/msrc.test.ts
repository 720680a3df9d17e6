import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/msrc.ts';
import { readFeed } from '../read-feed.ts';

const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RL:O/RC:C';
const products = [
  { ProductID: '11924', Value: 'Windows Server 2022 (Server Core installation)' },
  { ProductID: '11571', Value: 'Windows Server 2019 (Server Core installation)' },
  { ProductID: '10049', Value: 'Windows 10 for x64-based Systems' },
];

function fix(kb: string, products: readonly string[], build?: string, supersedes = ''): object {
  return { Description: { Value: kb }, Supercedence: supersedes, ProductID: products, Type: 2, ...(build !== undefined && { FixedBuild: build }) };
}

const flaw = {
  CVE: 'CVE-2023-36434',
  ProductStatuses: [{ ProductID: ['11924', '11571', '10049'], Type: 3 }],
  Threats: [
    { Description: { Value: 'Important' }, ProductID: ['11924'], Type: 3 },
    { Description: { Value: 'Critical' }, ProductID: ['10049'], Type: 3 },
    { Description: { Value: 'Elevation of Privilege' }, ProductID: ['11924'], Type: 0 },
  ],
  CVSSScoreSets: [{ BaseScore: 9.8, Vector: vector, ProductID: ['11924'] }],
  Remediations: [
    fix('5031364', ['11924'], '10.0.20348.2031', '5030216'),
    fix('5031899', ['11924'], '4.8.4667.2'),
    fix('Release Notes', ['11924']),
    fix('5031356', ['10049'], '10.0.19045.3570'),
  ],
  RevisionHistory: [{ Date: '2023-10-12T07:00:00' }, { Date: '2023-10-10T07:00:00Z' }],
};

function readMonth(...flaws: readonly object[]): ReturnType<typeof readFeed> {
  return readFeed(feed, '2023-Oct.json', JSON.stringify({ ProductTree: { FullProductName: products }, Vulnerability: flaws }));
}

test("a month's document: a build where it is of the release, else the update; what has neither is open", () => {
  for (const name of ['2023-Oct.json', 'cvrf-2023-Oct.json', 'msrc_cve-2025-29795.json', 'msrc_CVE-2025-29795.json'])
    assert.ok(feed.wants(name), name);
  const { records, problems } = readMonth(flaw);
  assert.deepEqual(problems, []);
  assert.deepEqual(records, [
    {
      kind: 'affected',
      bucket: 'windows 10.0.20348',
      packageName: 'windows',
      id: 'CVE-2023-36434',
      advisory: { fixedVersion: '10.0.20348.2031', vendorIds: ['KB5031364'] },
    },
    {
      kind: 'affected',
      bucket: 'windows 10.0.20348',
      packageName: 'windows',
      id: 'CVE-2023-36434',
      advisory: { fixedVersion: 'KB5031899', vendorIds: ['KB5031899'] },
    },
    { kind: 'affected', bucket: 'windows 10.0.17763', packageName: 'windows', id: 'CVE-2023-36434', advisory: { status: 'affected' } },
    { kind: 'affected', bucket: 'windows 10.0.20348', packageName: 'KB5031364', id: 'KB5030216', advisory: {} },
    {
      kind: 'vulnerability',
      id: 'CVE-2023-36434',
      detail: {
        vendorSeverities: { msrc: 'high' },
        ratings: [{ cvssVector: vector, score: 9.8, source: 'msrc' }],
        publishedAt: '2023-10-10T07:00:00.000Z',
      },
    },
  ]);
});

test('advisories without a CVE are passed over, anything else without one is told', () => {
  assert.deepEqual(readMonth({ CVE: 'ADV990001' }), { records: [], problems: [] });
  assert.deepEqual(readMonth({ CVE: 7 }, { ...flaw, Remediations: 'x', ProductStatuses: null }).problems, [
    '2023-Oct.json: a vulnerability without a CVE',
  ]);
  assert.equal(readFeed(feed, '2023-Oct.json', '{}').problems.length, 1);
  assert.equal(readFeed(feed, '2023-Oct.json', '{"ProductTree":').problems.length, 1);
});

const csaf = {
  document: { aggregate_severity: { text: 'Important' }, tracking: { initial_release_date: '2025-02-11T08:00:00.000Z' } },
  product_tree: {
    branches: [
      {
        category: 'product_name',
        name: 'Windows Server 2022 (Server Core installation)',
        branches: [
          { category: 'product_version_range', name: '<10.0.20348.3207', product: { product_id: '1' } },
          { category: 'product_version', name: '10.0.20348.3207', product: { product_id: '11924' } },
        ],
      },
      {
        category: 'product_name',
        name: 'Microsoft Edge',
        branches: [{ category: 'product_version_range', name: '<1.3', product: { product_id: '2' } }],
      },
    ],
  },
  vulnerabilities: [
    {
      cve: 'CVE-2025-21418',
      product_status: { known_affected: ['1', '2'], fixed: ['11924'] },
      remediations: [{ category: 'vendor_fix', url: 'https://catalog.example/v7/site/Search.aspx?q=KB5051979', product_ids: ['1'] }],
      scores: [{ cvss_v3: { vectorString: vector }, products: ['1'] }],
    },
  ],
};

test("a flaw's document: the build that ends the affected range, with the update", () => {
  assert.deepEqual(readFeed(feed, 'msrc_cve-2025-21418.json', JSON.stringify(csaf)), {
    records: [
      {
        kind: 'affected',
        bucket: 'windows 10.0.20348',
        packageName: 'windows',
        id: 'CVE-2025-21418',
        advisory: { fixedVersion: '10.0.20348.3207', vendorIds: ['KB5051979'] },
      },
      {
        kind: 'vulnerability',
        id: 'CVE-2025-21418',
        detail: {
          vendorSeverities: { msrc: 'high' },
          ratings: [{ cvssVector: vector, score: 9.8, source: 'msrc' }],
          publishedAt: '2025-02-11T08:00:00.000Z',
        },
      },
    ],
    problems: [],
  });
});

test('products nested without end are followed no further', () => {
  const tree = `${'{"branches":['.repeat(5000)}{}${']}'.repeat(5000)}`;
  const text = JSON.stringify({ ...csaf, product_tree: 0 }).replace('"product_tree":0', `"product_tree":${tree}`);
  assert.deepEqual(readFeed(feed, 'msrc_cve-2025-1.json', text), { records: [], problems: [] });
});

const relation = (id: string, component: string, product: string): object => ({
  full_product_name: { product_id: id },
  product_reference: component,
  relates_to_product_reference: product,
});
const productVersion = (id: string, name: string): object => ({ category: 'product_version', name, product: { name, product_id: id } });

test('a package of Azure Linux: affected below the version of the remedy, else of its own name; without either, whatever its version', () => {
  const vex = {
    document: { category: 'csaf_vex', tracking: { initial_release_date: '2025-02-02T00:00:00.000Z' } },
    product_tree: {
      branches: [
        {
          branches: [
            productVersion('17084', 'Azure Linux 3.0'),
            productVersion('17086', 'CBL Mariner 2.0'),
            productVersion('1', '<azl3 libexample 9.8-4'),
            productVersion('2', '<azl3 libexample 9.8-3'),
            productVersion('3', '<cbl2 libexample 8.9-7'),
            productVersion('4', 'azl3 example-tools 1.0-1'),
            productVersion('5', 'azl3 example-docs 1.0-1'),
          ],
        },
      ],
      relationships: [
        ...['1', '2', '4', '5'].map((id) => relation(`17084-${id}`, id, '17084')),
        relation('17086-3', '3', '17086'),
        relation('nothing', '9', '17084'),
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2025-12345',
        product_status: { known_affected: ['17084-1', '17084-2', '17086-3', '17084-4', 'nothing'], known_not_affected: ['17084-5'] },
        remediations: [
          { category: 'vendor_fix', details: '9.8-3:Security Update:https://example.org/', product_ids: ['17084-1', '17084-2'] },
          { category: 'no_fix_planned', product_ids: ['17084-4'] },
        ],
        scores: [{ cvss_v3: { vectorString: vector }, products: ['17084-1'] }],
      },
    ],
  };
  const record = (bucket: string, packageName: string, advisory: object): object => ({
    kind: 'affected',
    bucket,
    packageName,
    id: 'CVE-2025-12345',
    advisory,
  });
  assert.deepEqual(readFeed(feed, 'msrc_cve-2025-12345.json', JSON.stringify(vex)), {
    records: [
      record('Azure Linux 3.0', 'libexample', { fixedVersion: '9.8-3' }),
      record('CBL-Mariner 2.0', 'libexample', { fixedVersion: '8.9-7' }),
      record('Azure Linux 3.0', 'example-tools', { status: 'will-not-fix' }),
      {
        kind: 'vulnerability',
        id: 'CVE-2025-12345',
        detail: { ratings: [{ cvssVector: vector, score: 9.8, source: 'azure' }], publishedAt: '2025-02-02T00:00:00.000Z' },
      },
    ],
    problems: [],
  });
});
