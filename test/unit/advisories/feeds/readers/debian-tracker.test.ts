import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/debian-tracker.ts';
import { readFeed } from '../read-feed.ts';

test('reads what the tracker says of each release', () => {
  const releases = {
    bookworm: { status: 'resolved', fixed_version: '2.36-9+deb12u4', urgency: 'not yet assigned' },
    bullseye: { status: 'open', urgency: 'low**', nodsa: 'Minor issue', nodsa_reason: '' },
    buster: { status: 'open', urgency: 'end-of-life' },
    trixie: { status: 'undetermined', urgency: 'unimportant' },
    sid: { status: 'resolved', fixed_version: '0', urgency: 'high' },
  };
  const ignored = { bookworm: { status: 'open', urgency: 'medium', nodsa_reason: 'ignored' }, nosuch: { status: 'open' }, bullseye: 7 };
  const text = JSON.stringify({
    glibc: { 'CVE-2024-0001': { description: 'x', releases }, 'CVE-2024-0002': { releases: ignored }, nonsense: {} },
    broken: 1,
  });
  const record = (bucket: string, id: string, advisory: object): object => ({ kind: 'affected', bucket, packageName: 'glibc', id, advisory });
  assert.deepEqual(readFeed(feed, 'debian-tracker.json', text), {
    records: [
      record('debian 12', 'CVE-2024-0001', { fixedVersion: '2.36-9+deb12u4' }),
      record('debian 11', 'CVE-2024-0001', { status: 'affected', severity: 'low' }),
      record('debian 10', 'CVE-2024-0001', { status: 'end-of-life' }),
      record('debian 13', 'CVE-2024-0001', { status: 'under-investigation', severity: 'negligible' }),
      record('debian 12', 'CVE-2024-0002', { status: 'will-not-fix', severity: 'medium' }),
      record('debian nosuch', 'CVE-2024-0002', { status: 'affected' }),
    ],
    problems: ['debian-tracker.json: broken is no list of vulnerabilities'],
  });
});
