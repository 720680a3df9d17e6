import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/updateinfo.ts';
import { readFeed } from '../read-feed.ts';

interface UpdateSpec {
  readonly id: string;
  readonly type?: string;
  readonly title?: string;
  readonly release?: string;
  readonly references?: string;
  readonly collection: string;
}

function update({ id, type = 'security', title = '', release = '', references = '', collection }: UpdateSpec): string {
  return `<update type="${type}" status="stable"><id>${id}</id><title>${title}</title><release>${release}</release><severity>Important</severity>
    <references>${references}</references><pkglist>${collection}</pkglist></update>`;
}

function read(specs: readonly UpdateSpec[], name = 'repodata/updateinfo.xml'): ReturnType<typeof readFeed> {
  return readFeed(feed, name, `<?xml version="1.0"?><updates>${specs.map(update).join('')}</updates>`);
}

const cve = '<reference type="cve" id="CVE-2022-1271" title="CVE-2022-1271"/>';
const xz = '<package name="xz" epoch="0" version="5.2.5" release="8.el9_0" arch="x86_64"/>';

test('gives each package once, with its architectures, and no sources', () => {
  const collection = `<collection short="rocky-linux-9-x86-64-baseos-rpms"><name>rocky</name>${xz}${xz.replace('x86_64', 'i686')}${xz.replace('x86_64', 'src')}
    <package name="openssl" epoch="1" version="3.0.1" release="2.el9" arch="noarch"/></collection>`;
  assert.deepEqual(read([{ id: 'RLSA-2022:7513', release: 'Rocky Linux 9', references: cve, collection }]), {
    records: [
      {
        kind: 'affected',
        bucket: 'rocky 9',
        packageName: 'xz',
        id: 'CVE-2022-1271',
        advisory: { fixedVersion: '5.2.5-8.el9_0', architectures: ['i686', 'x86_64'], vendorIds: ['RLSA-2022:7513'], severity: 'high' },
      },
      {
        kind: 'affected',
        bucket: 'rocky 9',
        packageName: 'openssl',
        id: 'CVE-2022-1271',
        advisory: { fixedVersion: '1:3.0.1-2.el9', architectures: ['noarch'], vendorIds: ['RLSA-2022:7513'], severity: 'high' },
      },
    ],
    problems: [],
  });
});

test('tells each publisher and release by the id, the words, the packages or the path', () => {
  const bucketOf = (id: string, place: Partial<UpdateSpec> & { readonly path?: string } = {}): unknown => {
    const collection = place.collection ?? '<collection short=""><package name="a" version="1" release="1" arch="x86_64"/></collection>';
    const [record] = read([{ id, references: cve, ...place, collection }], place.path ?? 'updateinfo.xml').records;
    return record?.kind === 'affected' ? [record.bucket, record.advisory.service].filter((part) => part !== undefined).join(' + ') : undefined;
  };
  const of = (release: string): string => `<collection short="x"><package name="a" version="1" release="${release}" arch="x86_64"/></collection>`;
  assert.equal(bucketOf('FEDORA-2025-1', { release: 'Fedora 43' }), 'fedora 43');
  assert.equal(bucketOf('FEDORA-2025-1', { collection: of('1.fc41') }), 'fedora 41');
  assert.equal(bucketOf('FEDORA-2025-1', { path: 'fedora/linux/updates/42/Everything/x86_64/repodata/updateinfo.xml' }), 'fedora 42');
  assert.equal(bucketOf('FEDORA-EPEL-2025-1', { release: 'Fedora EPEL 9' }), undefined);
  assert.equal(bucketOf('ALSA-2023:7549', { path: 'almalinux/9/AppStream/x86_64/os/repodata/updateinfo.xml' }), 'alma 9');
  assert.equal(bucketOf('ELSA-2023-1', { collection: of('1.0.1.el8') }), 'Oracle Linux 8');
  assert.equal(bucketOf('ALAS-2018-1093'), 'amazon linux 1');
  assert.equal(bucketOf('ALAS2-2018-939'), 'amazon linux 2');
  assert.equal(bucketOf('ALAS2023LIVEPATCH-2023-001'), 'amazon linux 2023');
  assert.equal(bucketOf('BRSA-1bwujdrkn6nc'), 'bottlerocket');
  assert.equal(bucketOf('SUSE-SLE-Module-Basesystem-15-SP4-2022-1234'), 'SUSE Linux Enterprise 15.4');
  assert.equal(bucketOf('SUSE-SLE-Product-SLES-15-SP3-LTSS-2024-12'), 'SUSE Linux Enterprise 15.3 + ltss');
  assert.equal(bucketOf('SUSE-SLE-Micro-5.3-2023-1'), 'SUSE Linux Enterprise Micro 5.3');
  assert.equal(bucketOf('openSUSE-SLE-15.3-2021-4104'), 'openSUSE Leap 15.3');
  assert.equal(bucketOf('openSUSE-2020-12', { path: 'update/leap/15.1/oss/repodata/updateinfo.xml' }), 'openSUSE Leap 15.1');
  assert.deepEqual(read([{ id: 'X-1', references: cve, collection: of('1') }]).problems, [
    'repodata/updateinfo.xml: X-1: which distribution it is for is not known',
  ]);
});

test('a modular package stands under its stream, which a collection or the title names; else it is left out', () => {
  const npm = '<package name="npm" epoch="1" version="9.5.0" release="1.module+el9.2.0+1+2" arch="x86_64"/>';
  const module = '<module name="nodejs" stream="18" version="1" context="2" arch="x86_64"/>';
  const names = (spec: Partial<UpdateSpec>): unknown => {
    const { records, problems } = read([{ id: 'RLSA-2023:1', release: 'Rocky Linux 9', references: cve, collection: '', ...spec }]);
    return [...records.map((record) => record.kind === 'affected' && record.packageName), ...problems];
  };
  assert.deepEqual(names({ collection: `<collection short="x">${module}${npm}</collection>` }), ['nodejs:18::npm']);
  assert.deepEqual(names({ title: 'Important: nodejs:20 security update', collection: `<collection short="x">${npm}</collection>` }), [
    'nodejs:20::npm',
  ]);
  assert.deepEqual(names({ collection: `<collection short="x">${npm}</collection>` }), [
    'repodata/updateinfo.xml: RLSA-2023:1: npm: of a module stream that it does not name',
  ]);
});

test("a line of Amazon Linux 2's extras begins at its own version", () => {
  const kernel =
    '<package name="kernel" epoch="0" version="5.15.43" release="20.123.amzn2" arch="x86_64"/><package name="bpftool" epoch="0" version="7.0" release="1.amzn2" arch="x86_64"/>';
  const { records } = read([{ id: 'ALAS2KERNEL-5.15-2022-001', references: cve, collection: `<collection short="x">${kernel}</collection>` }]);
  assert.deepEqual(
    records.map((record) => record.kind === 'affected' && record.advisory.affectedVersion),
    ['5.15', undefined],
  );
});

test('Fedora names CVEs in the titles of bugs; other updates than of security count only when they refer to one', () => {
  const collection = `<collection short="F43"><name>Fedora 43</name>${xz}</collection>`;
  const bug = '<reference type="bugzilla" id="1" title="TRIAGE CVE-2024-24989 nginx: a flaw [fedora-all]"/>';
  const ids = (spec: Partial<UpdateSpec>): unknown =>
    read([{ id: 'FEDORA-2024-1', collection, ...spec }]).records.map(({ kind, ...record }) => kind === 'affected' && 'id' in record && record.id);
  assert.deepEqual(ids({ references: bug }), ['CVE-2024-24989']);
  assert.deepEqual(ids({ references: bug, type: 'bugfix' }), []);
  assert.deepEqual(ids({ references: cve, type: 'enhancement' }), ['CVE-2022-1271']);
  assert.deepEqual(ids({}), ['FEDORA-2024-1']);
});
