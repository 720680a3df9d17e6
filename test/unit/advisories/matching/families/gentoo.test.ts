import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('ranges of versions; what is unaffected goes before', (t) => {
  const records = [
    affected('gentoo', 'dev-libs/openssl', 'CVE-1', { vulnerableVersions: ['<3.0.12'], unaffectedVersions: ['>=3.0.12', '=1.1.1w-r1'] }),
  ];
  const found = (version: string) =>
    summaryOf(matchWith(t, records, distroOf('gentoo', '2.14'), [installed('portage', 'dev-libs/openssl', version)]));
  assert.deepEqual(found('3.0.11-r2'), ['CVE-1 dev-libs/openssl affected']);
  assert.deepEqual(found('3.0.12'), []);
  assert.deepEqual(found('1.1.1w-r1'), []);
  assert.deepEqual(found('1.1.1w'), ['CVE-1 dev-libs/openssl affected']);
});
