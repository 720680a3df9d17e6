import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const libssl = (version: string) => installed('apk', 'libssl3', version, { sourcePackage: { name: 'openssl', version } });

test('looks packages up by origin, in the branch or in edge', (t) => {
  const records = [
    affected('alpine 3.20', 'openssl', 'CVE-1', { fixedVersion: '3.3.2-r1' }),
    affected('alpine edge', 'openssl', 'CVE-2', { fixedVersion: '3.3.2-r1' }),
  ];
  const found = (versionId: string, version = '3.3.2-r0') => summaryOf(matchWith(t, records, distroOf('alpine', versionId), [libssl(version)]));
  assert.deepEqual(found('3.20.3'), ['CVE-1 libssl3 3.3.2-r1']);
  assert.deepEqual(found('3.20.3', '3.3.2-r1'), []);
  assert.deepEqual(found('3.21.0_alpha20240807'), ['CVE-2 libssl3 3.3.2-r1']);
});

test('a fixed version of 0 says that Alpine never was affected', (t) => {
  const records = [affected('alpine 3.20', 'openssl', 'CVE-1', { fixedVersion: '0' })];
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('alpine', '3.20.3'), [libssl('0_pre1-r0')])), []);
});

test('a branch ends, edge does not', (t) => {
  const records = [affected('alpine 3.10', 'x', 'CVE-1', { fixedVersion: '1' }), affected('alpine edge', 'x', 'CVE-1', { fixedVersion: '1' })];
  const end = (versionId: string) => matchWith(t, records, distroOf('alpine', versionId), []).endOfLife?.endedAt;
  assert.equal(end('3.10.3'), '2021-05-01');
  assert.equal(end('3.25.0_alpha20260101'), undefined);
});

test('a branch newer than the database is said to be unknown, with what to do', (t) => {
  const records = [affected('alpine 3.20', 'openssl', 'CVE-1', { fixedVersion: '3.3.2-r1' })];
  const { problems } = matchWith(t, records, distroOf('alpine', '3.99.0', { prettyName: 'Alpine Linux v3.99' }), [libssl('1-r0')]);
  assert.deepEqual(problems, [
    {
      code: 'no-advisories',
      message:
        '1 package was not checked for vulnerabilities: the advisory database (a test) holds nothing on Alpine Linux v3.99; if it is a new release, update the database with `plimsoll db update`',
    },
  ]);
});
