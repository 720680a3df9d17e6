import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/arch.ts';
import { readFeed } from '../read-feed.ts';

const group = {
  name: 'AVG-20',
  packages: ['curl', 'lib32-curl'],
  status: 'Fixed',
  severity: 'Low',
  affected: '7.50.2-1',
  fixed: '7.50.3-1',
  issues: ['CVE-2016-7167'],
  advisories: ['ASA-201609-19'],
};

function read(...groups: readonly object[]): ReturnType<typeof readFeed> {
  return readFeed(feed, 'arch/all.json', JSON.stringify(groups));
}

test('each issue affects each package from the version it was found in to the one it is fixed in', () => {
  for (const name of ['arch/all.json', 'AVG-20.json', 'archlinux.json']) assert.ok(feed.wants(name), name);
  const advisory = { affectedVersion: '7.50.2-1', fixedVersion: '7.50.3-1', vendorIds: ['ASA-201609-19', 'AVG-20'] };
  const expected = {
    records: [
      { kind: 'affected', bucket: 'archlinux', packageName: 'curl', id: 'CVE-2016-7167', advisory },
      { kind: 'affected', bucket: 'archlinux', packageName: 'lib32-curl', id: 'CVE-2016-7167', advisory },
      { kind: 'vulnerability', id: 'CVE-2016-7167', detail: { vendorSeverities: { 'arch-linux': 'low' } } },
    ],
    problems: [],
  };
  assert.deepEqual(read(group), expected);
  assert.deepEqual(readFeed(feed, 'AVG-20.json', JSON.stringify(group)), expected);
});

test('statuses', () => {
  const advisoryOf = (status: string): unknown => {
    const [found] = read({ ...group, status, fixed: null, affected: null, advisories: [] }).records;
    return found?.kind === 'affected' ? found.advisory : undefined;
  };
  assert.deepEqual(advisoryOf('Vulnerable'), { status: 'affected', vendorIds: ['AVG-20'] });
  assert.deepEqual(advisoryOf('Unknown'), { status: 'under-investigation', vendorIds: ['AVG-20'] });
  assert.equal(advisoryOf('Not affected'), undefined);
});

test('a group without name or package is a problem, the next one is read', () => {
  const { records, problems } = read({ name: 'AVG-1' }, {}, group);
  assert.deepEqual([records.length, problems.length], [3, 2]);
});
