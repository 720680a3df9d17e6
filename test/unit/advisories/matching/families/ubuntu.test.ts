import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const focal = (extendedSupport?: readonly string[]) => distroOf('ubuntu', '20.04', extendedSupport === undefined ? {} : { extendedSupport });
const deb = (version: string) => installed('deb', 'libssl1.1', version, { sourcePackage: { name: 'openssl', version } });

test('what only Ubuntu Pro fixes is affected without it, and the fix is told', (t) => {
  const records = [affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '1.1.1f-1ubuntu2.24+esm1', service: 'esm-infra' })];
  const [found] = matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.24')]).vulnerabilities;
  assert.deepEqual(
    [found?.status, found?.fixedVersion, found?.paidFix],
    ['affected', undefined, { service: 'esm-infra', version: '1.1.1f-1ubuntu2.24+esm1' }],
  );
  assert.deepEqual(
    summaryOf(matchWith(t, records, focal(['esm-apps']), [deb('1.1.1f-1ubuntu2.24')])),
    ['CVE-1 libssl1.1 affected'],
    'another service',
  );
  const [attached] = matchWith(t, records, focal(['esm-apps', 'esm-infra']), [deb('1.1.1f-1ubuntu2.24')]).vulnerabilities;
  assert.deepEqual([attached?.status, attached?.fixedVersion, attached?.paidFix], ['fixed', '1.1.1f-1ubuntu2.24+esm1', undefined]);
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.24+esm1')])), [], 'fixed, whatever the image says of its services');
});

test("trivy-db's bucket of ESM does not say which service: either counts", (t) => {
  const records = [affected('ubuntu 20.04', 'other', 'CVE-0', {}), affected('ubuntu 20.04-ESM', 'openssl', 'CVE-1', { fixedVersion: '2' })];
  assert.deepEqual(matchWith(t, records, focal(), [deb('1')]).vulnerabilities[0]?.paidFix, { service: 'esm', version: '2' });
  assert.deepEqual(summaryOf(matchWith(t, records, focal(['esm-apps']), [deb('1')])), ['CVE-1 libssl1.1 2']);
});

test('a fix for everybody goes before one that has to be paid for', (t) => {
  const records = [
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '3' }),
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '2', service: 'esm-infra' }),
    affected('ubuntu 20.04', 'openssl', 'CVE-2', { status: 'will-not-fix' }),
    affected('ubuntu 20.04-ESM', 'openssl', 'CVE-2', { fixedVersion: '2' }),
  ];
  const { vulnerabilities } = matchWith(t, records, focal(), [deb('1')]);
  assert.deepEqual(
    vulnerabilities.map((found) => [found.id, found.status, found.fixedVersion, found.paidFix?.version]),
    [
      ['CVE-1', 'fixed', '3', undefined],
      ['CVE-2', 'will-not-fix', undefined, '2'],
    ],
  );
});

test('FIPS builds are compared with fixes of their kind only', (t) => {
  const records = [
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '1.1.1f-1ubuntu2.16' }),
    affected('ubuntu 20.04', 'openssl', 'CVE-1', { fixedVersion: '1.1.1f-1ubuntu2.fips.16', service: 'fips-updates' }),
    affected('ubuntu 20.04', 'gnutls28', 'CVE-2', { fixedVersion: '3.6.13-2ubuntu1.8' }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.fips.13')])), ['CVE-1 libssl1.1 1.1.1f-1ubuntu2.fips.16']);
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.fips.16')])), []);
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [deb('1.1.1f-1ubuntu2.13')])), ['CVE-1 libssl1.1 1.1.1f-1ubuntu2.16']);
  const unknown = matchWith(t, records, focal(), [installed('deb', 'gnutls28', '3.6.13-2ubuntu1.fips.1')]);
  assert.deepEqual(summaryOf(unknown), []);
  assert.match(unknown.problems[0]?.message ?? '', /^1 package was not checked .*FIPS builds/);
});

test('a signed kernel is one of the source without the word', (t) => {
  const records = [affected('ubuntu 20.04', 'linux-hwe-5.15', 'CVE-1', { fixedVersion: '5.15.0-91.101~20.04.1' })];
  const kernel = installed('deb', 'linux-image-5.15.0-88-generic', '5.15.0-88.98~20.04.1', {
    sourcePackage: { name: 'linux-signed-hwe-5.15', version: '5.15.0-88.98~20.04.1' },
  });
  assert.deepEqual(summaryOf(matchWith(t, records, focal(), [kernel])), ['CVE-1 linux-image-5.15.0-88-generic 5.15.0-91.101~20.04.1']);
});

test('past its five years a release has ended, and goes on for those who pay', (t) => {
  const records = [affected('ubuntu 20.04', 'openssl', 'CVE-1', {})];
  assert.deepEqual(matchWith(t, records, focal(), [], '2026-01-01').endOfLife, {
    name: 'Ubuntu 20.04',
    endedAt: '2025-05-31',
    paidUntil: '2030-04-02',
    source: 'https://ubuntu.com/about/release-cycle',
  });
  assert.equal(matchWith(t, records, focal(), [], '2031-01-01').endOfLife?.paidUntil, undefined);
});
