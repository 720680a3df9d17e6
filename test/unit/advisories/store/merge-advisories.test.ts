import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildVariant } from '../../../../src/advisories/store/build-variant.ts';
import { mergeAdvisories } from '../../../../src/advisories/store/merge-advisories.ts';
import type { StoredAdvisory } from '../../../../src/advisories/store/record.ts';
import { formatAdvisory, parseAdvisory } from '../../../../src/advisories/store/schema-advisory.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';

const merge = (bucket: string, ...records: readonly StoredAdvisory[]) => records.reduce((a, b) => mergeAdvisories(bucket, a, b));

test('of two fixes for everybody the higher counts', () => {
  assert.deepEqual(merge('debian 12', { fixedVersion: '2', vendorIds: ['DSA-2'] }, { fixedVersion: '10', vendorIds: ['DSA-1'] }), {
    fixedVersion: '10',
    vendorIds: ['DSA-1', 'DSA-2'],
  });
});

test('architectures that are fixed alike are one entry, others are their own, whatever the order', () => {
  const records: StoredAdvisory[] = [
    { fixedVersion: '2', architectures: ['x86_64'] },
    { fixedVersion: '2', architectures: ['aarch64'] },
    { fixedVersion: '3', architectures: ['s390x'] },
    { fixedVersion: '1', architectures: ['s390x'] },
  ];
  const expected = {
    fixedVersion: '3',
    entries: [
      { architectures: ['aarch64', 'x86_64'], fixedVersion: '2' },
      { architectures: ['s390x'], fixedVersion: '3' },
    ],
  };
  assert.deepEqual(merge('rocky 9', ...records), expected);
  assert.deepEqual(merge('rocky 9', ...records.toReversed()), expected);
});

test('builds and paid services are no rivals of what everybody gets', () => {
  const oracle = merge('Oracle Linux 8', { fixedVersion: '2.28-1.el8' }, { fixedVersion: '2:2.28-9.ksplice1.el8' });
  assert.deepEqual([oracle.fixedVersion, oracle.entries?.length], ['2.28-1.el8', 2]);
  const ubuntu = merge('ubuntu 20.04', { fixedVersion: '1' }, { fixedVersion: '9', service: 'esm-infra' });
  assert.deepEqual([ubuntu.fixedVersion, ubuntu.entries?.length], ['1', 2]);
});

test('ranges that begin at different versions stay apart', () => {
  const merged = merge('debian 12', { fixedVersion: '1.2' }, { affectedVersion: '2.0', fixedVersion: '2.1' });
  assert.deepEqual(merged.entries, [{ affectedVersion: '2.0', fixedVersion: '2.1' }, { fixedVersion: '1.2' }]);
});

test("Red Hat's entries that differ in their products only are one", () => {
  const cves = [{ id: toAdvisoryId('CVE-1') }];
  const merged = merge(
    'Red Hat',
    { entries: [{ fixedVersion: '1', cves, cpes: ['cpe:/b'] }] },
    { entries: [{ fixedVersion: '1', cves, cpes: ['cpe:/a'] }] },
    { entries: [{ fixedVersion: '2', cves, cpes: ['cpe:/a'] }] },
  );
  assert.deepEqual(merged, {
    entries: [
      { fixedVersion: '1', cves, cpes: ['cpe:/a', 'cpe:/b'] },
      { fixedVersion: '2', cves, cpes: ['cpe:/a'] },
    ],
  });
});

test('every field comes back from the JSON that it is stored as', () => {
  const records: StoredAdvisory[] = [
    { fixedVersion: '1', status: 'fixed', architectures: ['x86_64'], vendorIds: ['A'], severity: 'negligible', service: 'esm-apps' },
    { status: 'under-investigation', affectedVersion: '1' },
    { vulnerableVersions: ['<1'], patchedVersions: ['1'], unaffectedVersions: ['=0.5'] },
  ];
  for (const record of records) assert.deepEqual(parseAdvisory(JSON.parse(JSON.stringify(formatAdvisory(record)))), record);
  const redhat: StoredAdvisory = { entries: [{ status: 'will-not-fix', cpes: ['cpe:/a'], cves: [{ id: toAdvisoryId('CVE-1'), severity: 'low' }] }] };
  assert.deepEqual(parseAdvisory(JSON.parse(JSON.stringify(formatAdvisory(redhat, () => 7)))), {
    entries: [{ status: 'will-not-fix', cpeNumbers: [7], cves: [{ id: 'CVE-1', severity: 'low' }] }],
  });
});

test("trivy-db's three shapes are read, and what is no advisory is none", () => {
  assert.deepEqual(parseAdvisory({ FixedVersion: '0.0.0', Entries: [{ FixedVersion: '2', Arches: ['aarch64'], VendorIDs: ['RLSA-1'] }] }), {
    entries: [{ fixedVersion: '2', architectures: ['aarch64'], vendorIds: ['RLSA-1'], status: 'fixed' }],
  });
  assert.deepEqual(parseAdvisory({ Entries: [{ Cves: [{ Severity: 2 }], Affected: [1, 3], Status: 5, Arches: ['x86_64'] }] }), {
    entries: [{ architectures: ['x86_64'], status: 'will-not-fix', cves: [{ id: '', severity: 'medium' }], cpeNumbers: [1, 3] }],
  });
  assert.equal(parseAdvisory({ Entries: [{ Status: 1 }] }), undefined, 'not affected');
  assert.deepEqual(parseAdvisory({ Entries: ['x', null, { Affected: ['1', 2.5], Cves: [1] }] }), { entries: [{ cpeNumbers: [], cves: [] }] });
});

test('tells builds by their versions', () => {
  assert.deepEqual(
    [
      '1:1.1.1k-12.el8_9',
      '2:2.28-151.0.1.ksplice2.el8',
      '10:3.6.16-4.0.1.el8_fips',
      '1.1.1f-1ubuntu2.fips.2.8',
      '5.4.0-1026.30+fips1',
      '1.0-fipsless',
    ].map(buildVariant),
    ['normal', 'ksplice', 'fips', 'fips', 'fips', 'normal'],
  );
});
