import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('by the name of the source or of the package, at the version of the package', (t) => {
  const records = [
    affected('Photon OS 5.0', 'curl', 'CVE-1', { fixedVersion: '8.1.2-5.ph5' }),
    affected('Photon OS 5.0', 'curl-libs', 'CVE-2', { fixedVersion: '8.1.2-6.ph5' }),
  ];
  const libs = (version: string) => installed('rpm', 'curl-libs', version, { vendor: 'VMware, Inc.', sourcePackage: { name: 'curl', version } });
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('photon', '5.0'), [libs('8.1.2-4.ph5')])), [
    'CVE-1 curl-libs 8.1.2-5.ph5',
    'CVE-2 curl-libs 8.1.2-6.ph5',
  ]);
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('photon', '5.0'), [libs('8.1.2-5.ph5')])), ['CVE-2 curl-libs 8.1.2-6.ph5']);
});
