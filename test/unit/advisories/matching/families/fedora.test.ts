import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const curl = installed('rpm', 'curl', '8.6.0-1.fc40', { architecture: 'x86_64', vendor: 'Fedora Project' });

test('by release; rawhide where the coming one has no bucket yet', (t) => {
  const records = [
    affected('fedora 40', 'curl', 'CVE-1', { fixedVersion: '8.6.0-8.fc40', vendorIds: ['FEDORA-2024-1'] }),
    affected('fedora rawhide', 'curl', 'CVE-2', { fixedVersion: '8.8.0-1.fc42' }),
  ];
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('fedora', '40'), [curl])), ['CVE-1 curl 8.6.0-8.fc40']);
  const rawhide = distroOf('fedora', '42', { prettyName: 'Fedora Linux 42 (Rawhide Prerelease)' });
  assert.deepEqual(summaryOf(matchWith(t, records, rawhide, [curl])), ['CVE-2 curl 8.8.0-1.fc42']);
  assert.deepEqual(
    matchWith(t, records, distroOf('fedora', '42'), [curl]).problems.map(({ code }) => code),
    ['no-advisories'],
  );
});

test('a module stream by its own name; other builders are left out', (t) => {
  const records = [affected('fedora 38', 'nodejs:18::npm', 'CVE-1', { fixedVersion: '1:9.0-1' })];
  const npm = installed('rpm', 'npm', '1:8.0-1', { vendor: 'Fedora Project', modularityLabel: 'nodejs:18:3820230101:f27b74a8' });
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('fedora', '38'), [npm])), ['CVE-1 npm 1:9.0-1']);
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('fedora', '38'), [{ ...npm, vendor: 'RPM Fusion' }])), []);
});

test('a release ends a month after the next but one', (t) => {
  const records = [affected('fedora 38', 'x', 'CVE-1', { fixedVersion: '1' })];
  assert.equal(matchWith(t, records, distroOf('fedora', '38'), []).endOfLife?.endedAt, '2024-05-21');
});

test("Bodhi's updates name sources: what was built from them is found", (t) => {
  const records = [affected('fedora 40', 'curl', 'CVE-1', { fixedVersion: '8.6.0-8.fc40', filedUnder: 'source', vendorIds: ['FEDORA-2024-1'] })];
  const libcurl = installed('rpm', 'libcurl', '8.6.0-1.fc40', { vendor: 'Fedora Project', sourcePackage: { name: 'curl', version: '8.6.0-1.fc40' } });
  assert.deepEqual(summaryOf(matchWith(t, records, distroOf('fedora', '40'), [curl, libcurl])), [
    'CVE-1 curl 8.6.0-8.fc40',
    'CVE-1 libcurl 8.6.0-8.fc40',
  ]);
});
