import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

const bookworm = distroOf('debian', '12', { codename: 'bookworm' });

test('looks packages up by source, at the version that a rebuild was made from', (t) => {
  const records = [affected('debian 12', 'util-linux', 'CVE-1', { fixedVersion: '2.38.1-5+b2' }), affected('debian 12', 'bsdutils', 'CVE-2', {})];
  const bsdutils = (version: string) => installed('deb', 'bsdutils', `1:${version}`, { sourcePackage: { name: 'util-linux', version } });
  assert.deepEqual(summaryOf(matchWith(t, records, bookworm, [bsdutils('2.38.1-4')])), ['CVE-1 bsdutils 2.38.1-5+b2']);
  // A source is never called +b1: were one rebuilt so, the version compared would still be that of the source.
  assert.equal(matchWith(t, records, bookworm, [bsdutils('2.38.1-5+b3')]).vulnerabilities[0]?.matchedBy.installedVersion, '2.38.1-5');
});

test('a signed kernel is one of the source linux', (t) => {
  const records = [affected('debian 12', 'linux', 'CVE-1', { fixedVersion: '6.1.64-1' })];
  const image = (version: string) =>
    installed('deb', 'linux-image-6.1.0-13-amd64', '6.1.55-1', { sourcePackage: { name: 'linux-signed-amd64', version } });
  assert.deepEqual(summaryOf(matchWith(t, records, bookworm, [image('6.1.55+1')])), ['CVE-1 linux-image-6.1.0-13-amd64 6.1.64-1']);
  assert.deepEqual(summaryOf(matchWith(t, records, bookworm, [image('6.1.64+1')])), []);
});

test('says each status in the words of the tracker', (t) => {
  const records = (['affected', 'will-not-fix', 'end-of-life', 'under-investigation'] as const).map((status, i) =>
    affected('debian 12', 'p', `CVE-${i}`, { status }),
  );
  const found = summaryOf(matchWith(t, records, bookworm, [installed('deb', 'p', '1')]));
  assert.deepEqual(found, ['CVE-0 p affected', 'CVE-1 p will-not-fix', 'CVE-2 p end-of-life', 'CVE-3 p under-investigation']);
});

test('testing and unstable are told by their code name, else looked up in sid', (t) => {
  const records = [affected('debian sid', 'p', 'CVE-1', {}), affected('debian 13', 'p', 'CVE-2', {}), affected('debian 14', 'p', 'CVE-3', {})];
  const found = (codename?: string) =>
    summaryOf(matchWith(t, records, distroOf('debian', '', codename === undefined ? {} : { codename }), [installed('deb', 'p', '1')]));
  assert.deepEqual(found(), ['CVE-1 p affected']);
  assert.deepEqual(found('trixie'), ['CVE-2 p affected']);
  assert.deepEqual(found('forky'), ['CVE-3 p affected']);
  assert.deepEqual(found('duke'), ['CVE-1 p affected']);
});

test('builds of vendors under names of Debian are counted, not matched', (t) => {
  const records = [
    affected('debian 12', 'nginx', 'CVE-1', {}),
    affected('debian 12', 'nodejs', 'CVE-2', {}),
    affected('debian 12', 'php8.2', 'CVE-3', {}),
  ];
  const debs = [
    installed('deb', 'nginx', '1.25.3-1~bookworm'),
    installed('deb', 'nodejs', '20.10.0-1nodesource1'),
    installed('deb', 'php8.2-cli', '8.2.14-1+0~20231221.56+debian12~1.gbp1dc8c7', {
      sourcePackage: { name: 'php8.2', version: '8.2.14-1+0~20231221.56+debian12~1.gbp1dc8c7' },
    }),
  ];
  const result = matchWith(t, records, bookworm, debs);
  assert.deepEqual(summaryOf(result), []);
  assert.deepEqual(result.uncovered, [{ type: 'deb', packages: 3 }]);
  assert.deepEqual(result.problems, []);
  assert.deepEqual(
    summaryOf(matchWith(t, records, bookworm, [installed('deb', 'nginx', '1.22.1-9~deb12u1')])),
    ['CVE-1 nginx affected'],
    "Debian's own",
  );
});

test('a release past its long-term support has ended, on the day after its last', (t) => {
  const records = [affected('debian 10', 'p', 'CVE-1', {})];
  const end = (day: string) => matchWith(t, records, distroOf('debian', '10'), [installed('deb', 'p', '1')], day).endOfLife;
  assert.equal(end('2024-06-30'), undefined);
  assert.deepEqual(end('2024-07-01'), { name: 'Debian 10', endedAt: '2024-06-30', source: 'https://wiki.debian.org/LTS' });
});

test('ELTS is told, and counts for nobody', (t) => {
  const records = [affected('debian 10', 'p', 'CVE-1', { fixedVersion: '2', service: 'elts' })];
  const [found] = matchWith(t, records, distroOf('debian', '10'), [installed('deb', 'p', '1')]).vulnerabilities;
  assert.deepEqual([found?.status, found?.fixedVersion, found?.paidFix], ['affected', undefined, { service: 'elts', version: '2' }]);
});

test('the DSA is a name of the finding and a vendor id', (t) => {
  const records = [affected('debian 12', 'p', 'CVE-1', { fixedVersion: '2', vendorIds: ['DSA-5000-1'] })];
  const [found] = matchWith(t, records, bookworm, [installed('deb', 'p', '1')]).vulnerabilities;
  assert.deepEqual([found?.aliases, found?.vendorIds], [['DSA-5000-1'], ['DSA-5000-1']]);
});
