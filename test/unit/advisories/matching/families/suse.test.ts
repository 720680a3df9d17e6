import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const lines: readonly (readonly [id: string, versionId: string, bucket: string])[] = [
  ['sles', '15.5', 'SUSE Linux Enterprise 15.5'],
  ['sles', '15', 'SUSE Linux Enterprise 15'],
  ['sles', '16.0', 'SUSE Linux Enterprise 16.0'],
  ['sled', '12.5', 'SUSE Linux Enterprise 12.5'],
  ['sle-micro', '5.5', 'SUSE Linux Enterprise Micro 5.5'],
  ['sl-micro', '6.0', 'SUSE Linux Enterprise Micro 6.0'],
  ['opensuse-leap', '15.5', 'openSUSE Leap 15.5'],
  ['opensuse', '42.3', 'openSUSE Leap 42.3'],
  ['opensuse-leap-micro', '5.5', 'openSUSE Leap Micro 5.5'],
  ['opensuse-tumbleweed', '20240601', 'openSUSE Tumbleweed'],
];

test('each product line and release has its own bucket', (t) => {
  const records = [...new Set(lines.map(([, , bucket]) => bucket))].map((bucket) => affected(bucket, 'curl', bucket, { fixedVersion: '8.0-1' }));
  for (const [id, versionId, bucket] of lines) {
    const { vulnerabilities } = matchWith(t, records, distroOf(id, versionId), [
      installed('rpm', 'curl', '7.0-1', { vendor: 'SUSE LLC <https://www.suse.com/>' }),
    ]);
    assert.deepEqual(
      vulnerabilities.map((found) => found.id),
      [bucket],
      `${id} ${versionId}`,
    );
  }
});

test('packages that people build for themselves are counted, not matched', (t) => {
  const vendors = ['obs://build.opensuse.org/home:someone', 'openSUSE', 'SUSE LLC <https://www.suse.com/>'];
  const records = [affected('openSUSE Leap 15.5', 'curl', 'CVE-1', { fixedVersion: '8.0-1' })];
  const result = matchWith(
    t,
    records,
    distroOf('opensuse-leap', '15.5'),
    vendors.map((vendor) => installed('rpm', 'curl', '7.0-1', { vendor })),
  );
  assert.equal(result.vulnerabilities.length, 2);
  assert.deepEqual(result.uncovered, [{ type: 'rpm', packages: 1 }]);
});

test('a service pack ends, Tumbleweed does not', (t) => {
  const records = [affected('SUSE Linux Enterprise 15.3', 'x', 'CVE-1', {}), affected('openSUSE Tumbleweed', 'x', 'CVE-1', {})];
  assert.deepEqual(matchWith(t, records, distroOf('sles', '15.3'), []).endOfLife?.paidUntil, '2025-12-31');
  assert.equal(matchWith(t, records, distroOf('opensuse-tumbleweed', '20200101'), []).endOfLife, undefined);
});
