import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/wesng-msrc.ts';
import { readFeed } from '../read-feed.ts';

const header = '"DatePosted","CVE","BulletinKB","Title","AffectedProduct","AffectedComponent","Severity","Impact","Supersedes","Exploits"';
const core = 'Windows Server 2022 (Server Core installation)';

function row(cve: string, kb: string, product: string, supersedes = '', severity = 'Important'): string {
  return `"20231010","${cve}","${kb}","A ""title"", cut","${product}","","${severity}","x","${supersedes}",`;
}

function read(...rows: readonly string[]): ReturnType<typeof readFeed> {
  return readFeed(feed, 'CVEs_20260628.csv', [header, ...rows].join('\r\n'));
}

test('a flaw of a release is fixed by its updates, and by those that supersede them', () => {
  const { records, problems } = read(
    row('CVE-2023-1', '5031364', core, '5030216'),
    row('CVE-2023-1', '5031999', core, '5031999;5031364;5030216', 'Critical'),
    row('CVE-2023-1', '5031361', 'Windows Server 2019  (Server Core installation)'),
  );
  assert.deepEqual(problems, []);
  const affected = records
    .filter((record) => record.kind === 'affected')
    .map(({ bucket, packageName, id, advisory }) => [bucket, packageName, id, advisory]);
  assert.deepEqual(affected, [
    ['windows 10.0.20348', 'windows', 'CVE-2023-1', { fixedVersion: 'KB5031364', vendorIds: ['KB5031364', 'KB5031999'] }],
    ['windows 10.0.17763', 'windows', 'CVE-2023-1', { fixedVersion: 'KB5031361', vendorIds: ['KB5031361'] }],
    ['windows 10.0.20348', 'KB5031364', 'KB5030216', {}],
    ['windows 10.0.20348', 'KB5031999', 'KB5030216', {}],
    ['windows 10.0.20348', 'KB5031999', 'KB5031364', {}],
  ]);
  assert.deepEqual(
    records.find((record) => record.kind === 'vulnerability'),
    { kind: 'vulnerability', id: 'CVE-2023-1', detail: { vendorSeverities: { msrc: 'critical' }, publishedAt: '2023-10-10' } },
  );
});

test('rows without an update leave the flaw open; other products give nothing', () => {
  const [found] = read(row('CVE-2023-1', 'Release Notes', core)).records;
  assert.deepEqual(found?.kind === 'affected' && found.advisory, { status: 'affected' });
  assert.deepEqual(read(row('CVE-2023-1', '5031364', 'Windows Server 2022'), row('CVE-2023-1', '1', 'Microsoft Office 2016')).records, []);
});

test('a table of another kind, and a row that is cut off, are problems', () => {
  assert.equal(readFeed(feed, 'CVEs_20260628.csv', 'a,b\n1,2\n').problems.length, 1);
  assert.deepEqual(read('"20231010","CVE-2023-1"').problems, ['CVEs_20260628.csv: a row has too few columns']);
});
