import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('advisories for all releases, and those of one', (t) => {
  const records = [
    affected('openwrt', 'libuci', 'CVE-1', { fixedVersion: '2020-10-06-52bbc99f-5' }),
    affected('openwrt 23.05', 'libuci', 'CVE-2', { fixedVersion: '2023-01-01-1' }),
  ];
  const found = (versionId: string) =>
    summaryOf(matchWith(t, records, distroOf('openwrt', versionId), [installed('opkg', 'libuci', '2019-09-01-415f9e48-4')]));
  assert.deepEqual(found('19.07.4'), ['CVE-1 libuci 2020-10-06-52bbc99f-5']);
  assert.deepEqual(found('23.05.0'), ['CVE-1 libuci 2020-10-06-52bbc99f-5', 'CVE-2 libuci 2023-01-01-1']);
});
