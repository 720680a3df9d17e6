import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const BUCKET = 'windows 10.0.20348';
const server = (revision?: number) =>
  distroOf('windows', `10.0.20348${revision === undefined ? '' : `.${revision}`}`, { prettyName: 'Windows Server 2022 Datacenter' });
const update = (kb: string) => installed('windows-update', kb, '20348.2031.1.7');

test('Windows itself is matched by its build', (t) => {
  const records = [affected(BUCKET, 'windows', 'CVE-1', { fixedVersion: '10.0.20348.2031', vendorIds: ['KB5031364'], severity: 'critical' })];
  const [found] = matchWith(t, records, server(1970), [update('KB5030216')]).vulnerabilities;
  assert.deepEqual(
    [
      found?.id,
      found?.package.name,
      found?.package.version,
      found?.fixedVersion,
      found?.vendorIds,
      found?.severity,
      found?.severitySource,
      found?.category,
    ],
    ['CVE-1', 'windows', '10.0.20348.1970', '10.0.20348.2031', ['KB5031364'], 'critical', 'msrc', 'os-vulnerability'],
  );
  assert.deepEqual(summaryOf(matchWith(t, records, server(2031), [update('KB5030216')])), []);
  assert.deepEqual(summaryOf(matchWith(t, records, server(9999), [])), []);
});

test('an update that is installed fixes what it fixes, and so does one that supersedes it', (t) => {
  const records = [
    affected(BUCKET, 'windows', 'CVE-1', { fixedVersion: 'KB5030216' }),
    affected(BUCKET, 'KB5031364', 'KB5030216', {}),
    affected(BUCKET, 'KB5032198', 'KB5031364', {}),
  ];
  const found = (...kbs: readonly string[]) => summaryOf(matchWith(t, records, server(), kbs.map(update)));
  assert.deepEqual(found('KB5029250'), ['CVE-1 windows KB5030216']);
  assert.deepEqual(found('KB5030216'), []);
  assert.deepEqual(found('KB5031364'), []);
  assert.deepEqual(found('KB5029250', 'KB5032198'), [], 'over two steps');
});

test('updates that supersede each other in a circle end', (t) => {
  const records = [
    affected(BUCKET, 'windows', 'CVE-1', { fixedVersion: 'KB9' }),
    affected(BUCKET, 'KB1', 'KB2', {}),
    affected(BUCKET, 'KB2', 'KB1', {}),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, server(), [update('KB1')])), ['CVE-1 windows KB9']);
});

test('build and update, where the database has both: either clears, the build is told', (t) => {
  const records = [
    affected(BUCKET, 'windows', 'CVE-1', { fixedVersion: '10.0.20348.2031' }),
    affected(BUCKET, 'windows', 'CVE-1', { fixedVersion: 'KB5031364' }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, server(1970), [update('KB5030216')])), ['CVE-1 windows 10.0.20348.2031']);
  assert.deepEqual(summaryOf(matchWith(t, records, server(1970), [update('KB5031364')])), []);
  assert.deepEqual(summaryOf(matchWith(t, records, server(2031), [update('KB5030216')])), []);
});

test('without a list of updates only the build can be judged, and that is said', (t) => {
  const records = [
    affected(BUCKET, 'windows', 'CVE-1', { fixedVersion: '10.0.20348.2031' }),
    affected(BUCKET, 'windows', 'CVE-2', { fixedVersion: 'KB5031364' }),
  ];
  const result = matchWith(t, records, server(1970), []);
  assert.deepEqual(summaryOf(result), ['CVE-1 windows 10.0.20348.2031']);
  assert.match(result.problems[0]?.message ?? '', /does not list its updates/);
  assert.deepEqual(summaryOf(matchWith(t, records, server(), [])), [], 'no revision: nothing to compare');
});

test('a release has its end', (t) => {
  const records = [affected('windows 10.0.18363', 'windows', 'CVE-1', {})];
  const end = matchWith(t, records, distroOf('windows', '10.0.18363.1556'), [], '2024-01-01').endOfLife;
  assert.deepEqual([end?.name, end?.endedAt], ['Windows Server 10.0.18363', '2021-05-11']);
});
