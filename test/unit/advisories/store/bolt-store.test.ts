import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openAdvisoryStore } from '../../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../../src/advisories/store/build-store.ts';
import { mergeDetails } from '../../../../src/advisories/store/merge-details.ts';
import { mergeAdvisories } from '../../../../src/advisories/store/merge-advisories.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import { AdvisoryStoreError } from '../../../../src/advisories/store/store.ts';
import { writeBolt } from '../../../../src/foundation/formats/bolt-writer.ts';
import type { BoltTree } from '../../../../src/foundation/formats/bolt-writer.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const id = toAdvisoryId;

const records: readonly AdvisoryRecord[] = [
  {
    kind: 'affected',
    bucket: 'debian 12',
    packageName: 'glibc',
    id: id('CVE-2024-2961'),
    advisory: { fixedVersion: '2.36-9+deb12u6', vendorIds: ['DSA-5673'], severity: 'high' },
  },
  {
    kind: 'affected',
    bucket: 'debian 12',
    packageName: 'glibc',
    id: id('CVE-2010-4756'),
    advisory: { status: 'will-not-fix', severity: 'negligible' },
  },
  {
    kind: 'affected',
    bucket: 'npm::GitHub Security Advisory npm',
    packageName: 'lodash',
    id: id('CVE-2021-23337'),
    advisory: { vulnerableVersions: ['<4.17.21'], patchedVersions: ['4.17.21'], unaffectedVersions: ['>=5'], vendorIds: ['GHSA-35jh-r3h4-6jhm'] },
  },
  {
    kind: 'vulnerability',
    id: id('CVE-2024-2961'),
    detail: {
      severity: 'high',
      vendorSeverities: { nvd: 'high', ubuntu: 'negligible' },
      ratings: [
        { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', score: 9.8, source: 'nvd' },
        { cvssVector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', source: 'nvd' },
      ],
      title: 'a title',
      description: 'a description',
      references: ['https://example.org/'],
      aliases: [id('GHSA-xxxx')],
      publishedAt: '2024-04-17T00:00:00Z',
      kevAddedAt: '2024-05-01',
      epss: { probability: 0.9, percentile: 0.99 },
      withdrawn: true,
    },
  },
  { kind: 'vulnerability', id: id('CVE-1999-0001'), detail: { kevAddedAt: '2024-05-01' } },
];

const used = { source: 'a test', builtAt: '2026-01-02T00:00:00.000Z', full: false };

function writeStore(t: TestContext, bytes: Uint8Array, name = 'advisories.db'): string {
  const file = path.join(temporaryDirectory(t), name);
  writeFileSync(file, bytes);
  return file;
}

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function codeOf(open: () => unknown): string | undefined {
  try {
    open();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof AdvisoryStoreError, String(error));
    return error.code;
  }
}

test('gives back every field that was written', (t) => {
  const store = openAdvisoryStore(writeStore(t, writeAdvisoryStore(records, used)));
  t.after(() => {
    store.close();
  });
  assert.deepEqual(store.used, used);
  assert.deepEqual(store.buckets('debian'), ['debian 12']);
  assert.deepEqual(store.buckets('npm::'), ['npm::GitHub Security Advisory npm']);
  assert.deepEqual(store.advisories('debian 12', 'glibc'), [
    { id: 'CVE-2010-4756', advisory: { status: 'will-not-fix', severity: 'negligible' } },
    { id: 'CVE-2024-2961', advisory: { fixedVersion: '2.36-9+deb12u6', vendorIds: ['DSA-5673'], severity: 'high', status: 'fixed' } },
  ]);
  const [lodash] = records.flatMap((record) => (record.kind === 'affected' && record.packageName === 'lodash' ? [record.advisory] : []));
  assert.deepEqual(store.advisories('npm::GitHub Security Advisory npm', 'lodash')[0]?.advisory, lodash);
  const [detail] = records.flatMap((record) => (record.kind === 'vulnerability' ? [record.detail] : []));
  assert.deepEqual(store.detail(id('CVE-2024-2961')), detail);
  assert.deepEqual(store.advisories('debian 12', 'nothing'), []);
  assert.deepEqual(store.advisories('debian 99', 'glibc'), []);
  assert.equal(store.detail(id('CVE-1999-0001')), undefined, 'what affects nobody is left out');
});

test('the same records give the same bytes, in any order', () => {
  assert.deepEqual(writeAdvisoryStore(records, used), writeAdvisoryStore([...records].reverse(), used));
});

/** As trivy-db writes it: numbers for severities and statuses, metadata beside the file. */
const trivyTree: BoltTree = new Map<string, BoltTree>([
  [
    'debian 12',
    new Map([
      [
        'openssl',
        new Map([
          ['CVE-1', json({ FixedVersion: '3.0.11-1~deb12u2', VendorIDs: ['DSA-5532-1'] })],
          ['CVE-2', json({ Status: 2, Severity: 1 })],
          ['CVE-3', json({ Status: 1 })],
          ['CVE-4', json({ Status: 6 })],
          ['CVE-5', json({ Status: 7 })],
          ['CVE-6', json({})],
          ['CVE-7', json('nonsense')],
          ['CVE-8', json({ FixedVersion: 7, Severity: 'HIGH', VendorIDs: [1], Status: 99 })],
        ]),
      ],
    ]),
  ],
  ['data-source', new Map([['debian 12', json({ ID: 'debian', Name: 'Debian Security Tracker' })]])],
  [
    'vulnerability',
    new Map([
      [
        'CVE-1',
        json({
          Title: 'title',
          Severity: 'MEDIUM',
          VendorSeverity: { nvd: 3, debian: 1 },
          CVSS: {
            nvd: { V3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', V3Score: 7.5, V2Vector: 'AV:N/AC:L/Au:N/C:N/I:N/A:P', V2Score: 5 },
          },
          References: ['https://example.org/a'],
          PublishedDate: '2023-10-24T00:00:00Z',
        }),
      ],
    ]),
  ],
]);

test('reads trivy.db with its metadata beside it', (t) => {
  const file = writeStore(t, writeBolt(trivyTree), 'trivy.db');
  writeFileSync(
    path.join(path.dirname(file), 'metadata.json'),
    JSON.stringify({ Version: 2, UpdatedAt: '2026-02-03T04:05:06Z', NextUpdate: '2026-02-04T04:05:06Z' }),
  );
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  assert.deepEqual(store.used, { source: file, builtAt: '2026-02-03T04:05:06Z', full: true });
  assert.deepEqual(store.advisories('debian 12', 'openssl'), [
    { id: 'CVE-1', advisory: { fixedVersion: '3.0.11-1~deb12u2', vendorIds: ['DSA-5532-1'], status: 'fixed' } },
    { id: 'CVE-2', advisory: { severity: 'low', status: 'affected' } },
    // CVE-3 is not_affected, CVE-7 no advisory.
    { id: 'CVE-4', advisory: { status: 'affected' } },
    { id: 'CVE-5', advisory: { status: 'end-of-life' } },
    { id: 'CVE-6', advisory: {} },
    { id: 'CVE-8', advisory: {} },
  ]);
  assert.deepEqual(store.detail(id('CVE-1')), {
    severity: 'medium',
    vendorSeverities: { nvd: 'high', debian: 'low' },
    ratings: [
      { cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', score: 7.5, source: 'nvd' },
      { cvssVector: 'AV:N/AC:L/Au:N/C:N/I:N/A:P', score: 5, source: 'nvd' },
    ],
    title: 'title',
    references: ['https://example.org/a'],
    publishedAt: '2023-10-24T00:00:00Z',
  });
});

test('a trivy.db alone is used, its date unknown', (t) => {
  const store = openAdvisoryStore(writeStore(t, writeBolt(trivyTree)));
  t.after(() => {
    store.close();
  });
  assert.equal(store.used.builtAt, '');
  assert.equal(store.used.full, true);
});

test('says why a file cannot be used', (t) => {
  const directory = temporaryDirectory(t);
  assert.equal(
    codeOf(() => openAdvisoryStore(path.join(directory, 'none.db'))),
    'not-found',
  );
  mkdirSync(path.join(directory, 'folder.db'));
  assert.equal(
    codeOf(() => openAdvisoryStore(path.join(directory, 'folder.db'))),
    'io',
  );
  assert.equal(
    codeOf(() => openAdvisoryStore(writeStore(t, json({ hello: 1 })))),
    'not-a-database',
  );
  assert.equal(
    codeOf(() => openAdvisoryStore(writeStore(t, new Uint8Array()))),
    'not-a-database',
  );
  assert.equal(
    codeOf(() => openAdvisoryStore(writeStore(t, writeBolt(new Map([['other', new Map()]]))))),
    'not-a-database',
  );
  const newer = new Map([...trivyTree, ['plimsoll', new Map([['metadata', json({ Version: 3 })]])]]);
  assert.equal(
    codeOf(() => openAdvisoryStore(writeStore(t, writeBolt(newer)))),
    'wrong-version',
  );
  const beside = writeStore(t, writeBolt(trivyTree));
  writeFileSync(path.join(path.dirname(beside), 'metadata.json'), '{"Version":1}');
  assert.equal(
    codeOf(() => openAdvisoryStore(beside)),
    'wrong-version',
  );
});

test('a cut-off file is an error, not an empty answer', (t) => {
  const bytes = writeAdvisoryStore(records, used);
  for (let length = 0; length < bytes.length; length += 1024) {
    const file = writeStore(t, bytes);
    truncateSync(file, length);
    const code = codeOf(() => {
      const store = openAdvisoryStore(file);
      t.after(() => {
        store.close();
      });
      assert.equal(store.advisories('debian 12', 'glibc').length, 2);
      assert.ok(store.detail(id('CVE-2024-2961')));
    });
    assert.equal(code, length === 0 ? 'not-a-database' : 'truncated', `cut at ${length}`);
  }
});

test('an entry that is no JSON is an error', (t) => {
  const store = openAdvisoryStore(writeStore(t, writeBolt(new Map([['vulnerability', new Map([['CVE-1', new TextEncoder().encode('{')]])]]))));
  t.after(() => {
    store.close();
  });
  assert.equal(
    codeOf(() => store.detail(id('CVE-1'))),
    'malformed',
  );
});

test('merges what two feeds say', () => {
  assert.deepEqual(mergeAdvisories('alpine 3.20', { fixedVersion: '1.2.10-r0' }, { fixedVersion: '1.2.9-r0' }), { fixedVersion: '1.2.10-r0' });
  assert.deepEqual(mergeAdvisories('debian 12', { status: 'affected' }, { fixedVersion: '1', vendorIds: ['DSA-1'] }), {
    status: 'affected',
    fixedVersion: '1',
    vendorIds: ['DSA-1'],
  });
  assert.deepEqual(mergeAdvisories('npm::x', { vulnerableVersions: ['<2'] }, { vulnerableVersions: ['<1', '<2'] }), {
    vulnerableVersions: ['<1', '<2'],
  });
  const nvd = { cvssVector: 'CVSS:3.1/a', source: 'nvd' };
  assert.deepEqual(mergeDetails({ ratings: [nvd], kevAddedAt: '2024-01-01' }, { ratings: [nvd], vendorSeverities: { ubuntu: 'low' } }), {
    ratings: [nvd],
    kevAddedAt: '2024-01-01',
    vendorSeverities: { ubuntu: 'low' },
  });
});
