import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const rocky9 = distroOf('rocky', '9.3');
const rpm = (version: string, architecture = 'x86_64') =>
  installed('rpm', 'openssl-libs', version, { architecture, vendor: 'Rocky Enterprise Software Foundation' });

test('fixed versions may differ by architecture, and those of one that is not named say nothing', (t) => {
  const records = [
    affected('rocky 9', 'openssl-libs', 'CVE-1', { fixedVersion: '1:3.0.7-25.el9', architectures: ['x86_64'], vendorIds: ['RLSA-2024:1'] }),
    affected('rocky 9', 'openssl-libs', 'CVE-1', { fixedVersion: '1:3.0.7-27.el9', architectures: ['aarch64'], vendorIds: ['RLSA-2024:2'] }),
  ];
  const found = (architecture: string) => summaryOf(matchWith(t, records, rocky9, [rpm('1:3.0.7-24.el9', architecture)]));
  assert.deepEqual(found('x86_64'), ['CVE-1 openssl-libs 1:3.0.7-25.el9']);
  assert.deepEqual(found('aarch64'), ['CVE-1 openssl-libs 1:3.0.7-27.el9']);
  assert.deepEqual(found('s390x'), []);
  assert.deepEqual(matchWith(t, records, rocky9, [rpm('1:3.0.7-24.el9')]).vulnerabilities[0]?.vendorIds, ['RLSA-2024:1']);
});

test('one list for all minor releases, with streams by their names', (t) => {
  const records = [affected('rocky 8', 'nodejs:18::nodejs', 'CVE-1', { fixedVersion: '1:18.20.2-1.module+el8' })];
  const nodejs = installed('rpm', 'nodejs', '1:18.19.0-1.module+el8', { modularityLabel: 'nodejs:18:8090020240101:489197e6' });
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('rocky', '8.9'), [nodejs])), ['CVE-1 nodejs 1:18.20.2-1.module+el8']);
  assert.deepEqual(
    summaryOf(matchWith(t, records, distroOf('rocky', '8.9'), [{ ...nodejs, modularityLabel: 'nodejs:16:8090020240101:489197e6' }])),
    [],
  );
});
