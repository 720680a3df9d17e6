import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('four streams that share nothing', (t) => {
  const records = ['1', '2', '2022', '2023'].map((stream) =>
    affected(`amazon linux ${stream}`, 'curl', `CVE-${stream}`, { fixedVersion: '8.3.0-1', vendorIds: [`ALAS-${stream}`] }),
  );
  const found = (versionId: string) =>
    summaryOf(matchWith(t, records, distroOf('amzn', versionId), [installed('rpm', 'curl', '8.2.1-1', { vendor: 'Amazon Linux' })]));
  assert.deepEqual(found('2018.03'), ['CVE-1 curl 8.3.0-1']);
  assert.deepEqual(found('2'), ['CVE-2 curl 8.3.0-1']);
  assert.deepEqual(found('2022'), ['CVE-2022 curl 8.3.0-1']);
  assert.deepEqual(found('2023.4.20240401'), ['CVE-2023 curl 8.3.0-1']);
});

test('the first stream has ended', (t) => {
  const records = [affected('amazon linux 1', 'curl', 'CVE-1', { fixedVersion: '1' })];
  assert.equal(matchWith(t, records, distroOf('amzn', '2018.03'), [], '2026-01-01').endOfLife?.endedAt, '2023-12-31');
});
