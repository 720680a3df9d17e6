import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseOsRelease } from '../../../../src/foundation/formats/os-release.ts';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import type { Distro } from '../../../../src/foundation/model/image.ts';
import { analyzers } from '../../../../src/image/inventory/analyzers.generated.ts';
import { pickDistro, type DistroClue } from '../../../../src/image/inventory/pick-distro.ts';
import { needs } from '../../../setup/needs.ts';
import { needsSharedData, sharedData } from '../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

function clue(file: string, distro: Partial<Distro>): DistroClue {
  return { path: file as ImagePath, distro };
}

test("os-release comes before all else, a distribution's own file before redhat-release", () => {
  const redHat = clue('etc/redhat-release', { id: 'rhel', versionId: '8.9', idLike: [] });
  const oracle = clue('etc/oracle-release', { id: 'ol', versionId: '8.9', idLike: [] });
  const busybox = clue('bin/busybox', { id: 'busybox', versionId: '1.36.1', idLike: [] });
  const unknown = clue('etc/other-release', { id: 'other', versionId: '1', idLike: [] });
  const osRelease = clue('usr/lib/os-release', { id: 'centos', versionId: '7', idLike: ['rhel'] });
  assert.equal(pickDistro([unknown, redHat, busybox, oracle])?.id, 'ol');
  assert.equal(pickDistro([redHat, busybox])?.id, 'rhel');
  assert.equal(pickDistro([unknown, busybox])?.id, 'busybox');
  assert.deepEqual(pickDistro([oracle, osRelease, redHat]), { id: 'centos', versionId: '7', idLike: ['rhel'] });
  assert.equal(pickDistro([]), undefined);
});

test('a version that os-release does not give comes from another file of the same distribution', () => {
  const osRelease = clue('etc/os-release', { id: 'debian', versionId: '', idLike: [] });
  assert.equal(pickDistro([osRelease, clue('etc/debian_version', { id: 'debian', versionId: '10' })])?.versionId, '10');
  assert.equal(pickDistro([osRelease, clue('etc/redhat-release', { id: 'rhel', versionId: '9' })])?.versionId, '');
});

test('what other files add: repositories and extended support', () => {
  const added = [clue('b.json', { contentSets: ['z', 'a'] }), clue('a.json', { contentSets: ['a'], extendedSupport: ['esm-infra'] })];
  assert.deepEqual(pickDistro([...added, clue('etc/os-release', { id: 'x', versionId: '1', idLike: [] })]), {
    id: 'x',
    versionId: '1',
    idLike: [],
    contentSets: ['a', 'z'],
    extendedSupport: ['esm-infra'],
  });
  assert.equal(pickDistro(added), undefined);
});

/** Folders of the samples that hold a file system's release files, with the id and version that the files in them say. */
const SAMPLES: readonly (readonly [string, string, string])[] = [
  ...[
    '3.3.3',
    '3.4.6',
    '3.5.3',
    '3.6.5',
    '3.7.3',
    '3.8.5',
    '3.9.6',
    '3.10.9',
    '3.11.13',
    '3.12.9',
    '3.13.7',
    '3.14.3',
    '3.15.0',
    '3.16.0',
    '3.17.5',
    '3.18.4',
  ].map((version) => [`alpine/testdata/${version.split('.').slice(0, 2).join('.')}`, 'alpine', version] as const),
  ['alpine/testdata/edge', 'alpine', '3.19_alpha20230901'],
  ...['7', '8', '9', '10', '11', '12'].map((version) => [`debian/testdata/dist/${version}`, 'debian', version] as const),
  ...['9', '10', '11'].map((version) => [`debian/testdata/distroless_dist/${version}`, 'debian', version] as const),
  ['ubuntu/testdata/dist/11', 'debian', '11'],
  ...['10.04', '12.04', '12.10', '13.04', '13.10', '14.04', '14.10', '15.04', '15.10', '16.04', '16.10', '17.04', '17.10'].map(
    (version) => [`ubuntu/testdata/dist/${version}`, 'ubuntu', version] as const,
  ),
  ...['18.04', '18.10', '19.04', '19.10', '20.04', '20.10', '21.04', '21.10', '22.04', '22.10', '23.04', '23.10'].map(
    (version) => [`ubuntu/testdata/dist/${version}`, 'ubuntu', version] as const,
  ),
  ['rhel/testdata/releasefiles/7', 'rhel', '7.7'],
  ['rhel/testdata/releasefiles/8', 'rhel', '8.1'],
  ['rhel/testdata/releasefiles/9', 'rhel', '9.0'],
  ['rhel/testdata/releasefiles/atomichost-7', 'rhel', '7.9'],
  ['rhel/testdata/releasefiles/hummingbird', 'hummingbird', '20251124'],
  ['rhel/testdata/releasefiles/oracle-6', 'ol', '6.10'],
  ['rhel/testdata/releasefiles/oracle-7', 'ol', '7.9'],
  ['rhel/testdata/releasefiles/oracle-8', 'ol', '8.9'],
  ['rhel/testdata/releasefiles/oracle-9', 'ol', '9.3'],
  ['syft/linux/testdata/os/almalinux/from-os-release', 'almalinux', '8.4'],
  ['syft/linux/testdata/os/almalinux/from-redhat-release', 'almalinux', '8.10'],
  ['syft/linux/testdata/os/alpine', 'alpine', '3.11.6'],
  ['syft/linux/testdata/os/amazon', 'amzn', '2'],
  ['syft/linux/testdata/os/arch', 'arch', ''],
  ['syft/linux/testdata/os/busybox', 'busybox', '1.31.1'],
  ['syft/linux/testdata/os/centos', 'centos', '8'],
  ['syft/linux/testdata/os/centos5', 'centos', '5.7'],
  ['syft/linux/testdata/os/centos6', 'centos', '6'],
  ['syft/linux/testdata/os/custom', 'scientific', '8'],
  ['syft/linux/testdata/os/debian/from-debian_version', 'debian', '10'],
  ['syft/linux/testdata/os/debian/from-os-release', 'debian', '8'],
  ['syft/linux/testdata/os/debian/with-point-release', 'debian', '13'],
  ['syft/linux/testdata/os/fedora', 'fedora', '36'],
  ['syft/linux/testdata/os/mariner', 'mariner', '1.0'],
  ['syft/linux/testdata/os/opensuse-leap', 'opensuse-leap', '15.2'],
  ['syft/linux/testdata/os/oraclelinux', 'ol', '8.3'],
  ['syft/linux/testdata/os/photon', 'photon', '2.0'],
  ['syft/linux/testdata/os/redhat/from-os-release', 'rhel', '7.3'],
  ['syft/linux/testdata/os/redhat/from-redhat-release', 'rhel', '8.10'],
  ['syft/linux/testdata/os/rockylinux/from-os-release', 'rocky', '8.4'],
  ['syft/linux/testdata/os/rockylinux/from-redhat-release', 'rocky', '8.10'],
  ['syft/linux/testdata/os/scientific/from-os-release', 'scientific', '7.5'],
  ['syft/linux/testdata/os/scientific/from-redhat-release', 'scientific', '7.9'],
  ['syft/linux/testdata/os/sles', 'sles', '15.2'],
  ['syft/linux/testdata/os/ubuntu', 'ubuntu', '20.04'],
  ['syft/linux/testdata/os/wolfi', 'wolfi', '20220914'],
  ['syft/linux/testdata/partial-fields/unknown-id', 'my-awesome-distro', '8'],
];

const ARCHIVES = ['claircore-osrelease-and-rpm-manifests.tar.zst', 'syft-os-release.tar.zst'];

/** Returns the distribution that the files below `folder` name. */
function readDistro(folder: string): Distro | undefined {
  const files = execFileSync('find', ['.', '-type', 'f'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
  const clues = files.flatMap((file) => {
    const name = file.slice(2) as ImagePath;
    return analyzers
      .filter((analyzer) => analyzer.wants(name))
      .map((analyzer) => ({ path: name, ...analyzer.analyze({ path: name, bytes: readFileSync(path.join(folder, name)) }).value }));
  });
  return pickDistro(clues);
}

test('samples of distributions', { ...needs('archivers'), ...needsSharedData('vectors/os-release') }, async (t) => {
  const directory = temporaryDirectory(t);
  for (const archive of ARCHIVES) execFileSync('tar', ['-x', '-I', 'zstd', '-f', sharedData(`vectors/os-release/${archive}`) ?? '', '-C', directory]);
  for (const [sample, id, versionId] of SAMPLES) {
    await t.test(sample, () => {
      const distro = readDistro(path.join(directory, sample));
      assert.deepEqual([distro?.id, distro?.versionId], [id, versionId]);
    });
  }
  for (const sample of ['os/empty', 'partial-fields/missing-id', 'partial-fields/missing-version']) {
    await t.test(`${sample} names none`, () => {
      assert.equal(readDistro(path.join(directory, 'syft/linux/testdata', sample)), undefined);
    });
  }
  const texts = execFileSync('find', ['osrelease/testdata', '-name', '*.txtar'], { cwd: directory, encoding: 'utf8' }).trim().split('\n').sort();
  for (const sample of texts) {
    await t.test(sample, () => {
      // Sections, each after a line `-- name --`: the file, and its values as JSON.
      const [, text = '', expected = ''] = readFileSync(path.join(directory, sample), 'utf8').split(/^-- .+ --\n/m);
      assert.deepEqual(Object.fromEntries(parseOsRelease(text).value), JSON.parse(expected));
    });
  }
});
