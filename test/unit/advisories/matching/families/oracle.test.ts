import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const ol8 = distroOf('ol', '8.9');
const records = [
  affected('Oracle Linux 8', 'glibc', 'CVE-1', { fixedVersion: '2.28-251.0.2.el8_10.1', architectures: ['x86_64'] }),
  affected('Oracle Linux 8', 'glibc', 'CVE-1', { fixedVersion: '2:2.28-251.0.2.ksplice2.el8_10.1', architectures: ['x86_64'] }),
  affected('Oracle Linux 8', 'gnutls', 'CVE-2', { fixedVersion: '10:3.6.16-4.0.1.el8_fips' }),
  affected('Oracle Linux 8', 'gnutls', 'CVE-2', { fixedVersion: '3.6.16-8.el8_9' }),
];
const rpm = (name: string, version: string, architecture = 'x86_64') => installed('rpm', name, version, { architecture, vendor: 'Oracle America' });
test('a build is compared with fixes of its own kind', (t) => {
  const found = (name: string, version: string) => summaryOf(matchWith(t, records, ol8, [rpm(name, version)]));
  assert.deepEqual(found('glibc', '2.28-225.0.3.el8'), ['CVE-1 glibc 2.28-251.0.2.el8_10.1']);
  assert.deepEqual(found('glibc', '2.28-251.0.2.el8_10.1'), []);
  assert.deepEqual(found('glibc', '2:2.28-236.0.1.ksplice1.el8'), ['CVE-1 glibc 2:2.28-251.0.2.ksplice2.el8_10.1']);
  assert.deepEqual(found('glibc', '2:2.28-251.0.2.ksplice2.el8_10.1'), []);
  assert.deepEqual(found('gnutls', '10:3.6.16-3.el8_fips'), ['CVE-2 gnutls 10:3.6.16-4.0.1.el8_fips']);
  assert.deepEqual(found('gnutls', '10:3.6.16-4.0.1.el8_fips'), []);
  assert.deepEqual(found('gnutls', '3.6.16-7.el8'), ['CVE-2 gnutls 3.6.16-8.el8_9']);
});

test('definitions are by architecture', (t) => {
  assert.deepEqual(summaryOf(matchWith(t, records, ol8, [rpm('glibc', '2.28-225.0.3.el8', 'aarch64')])), []);
});
