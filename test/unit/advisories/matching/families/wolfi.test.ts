import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('each of the three has its own bucket, by origin, without releases', (t) => {
  const records = ['wolfi', 'chainguard', 'minimos'].map((bucket) => affected(bucket, 'openssl', `CVE-${bucket}`, { fixedVersion: '3.3.2-r1' }));
  const libssl = installed('apk', 'libssl3', '3.3.2-r0', { sourcePackage: { name: 'openssl', version: '3.3.2-r0' } });
  for (const id of ['wolfi', 'chainguard', 'minimos']) {
    assert.deepEqual(summaryOf(matchWith(t, records, distroOf(id, '20230201'), [libssl])), [`CVE-${id} libssl3 3.3.2-r1`]);
  }
});

test('0 is no flaw, and the origin has no end', (t) => {
  const result = matchWith(
    t,
    [affected('wolfi', 'p', 'CVE-1', { fixedVersion: '0' })],
    distroOf('wolfi', '20230201'),
    [installed('apk', 'p', '1-r0')],
    '2040-01-01',
  );
  assert.deepEqual(summaryOf(result), []);
  assert.equal(result.endOfLife, undefined);
});
