import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import { analyzers } from '../../../../src/image/inventory/analyzers.generated.ts';
import { needs } from '../../../setup/needs.ts';
import { needsSharedData, sharedData } from '../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** Package databases of other scanners' tests, good and bad ones: where each lies in an image, and what it lists by the reading of a human. */

const STATUS = 'var/lib/dpkg/status';
const STATUS_D = 'var/lib/dpkg/status.d/x';
const OPKG = 'usr/lib/opkg/status';
const APK = 'lib/apk/db/installed';
const PACMAN = 'var/lib/pacman/local/x-1/desc';
const ACL = 'acl 2.3.1-3';
const UBUS = 'ubus 2024.10.20~252a9b0c-r1';

interface Vector {
  readonly file: string;
  readonly path: string;
  /** Names and versions, or how many there are. */
  readonly packages: readonly string[] | number;
  readonly problems?: number;
}

const SCALIBR = './extractor/filesystem/os';
const SYFT = './syft/pkg/cataloger';

const VECTORS: Readonly<Record<string, readonly Vector[]>> = {
  'artefacts/osv-scalibr-extractor-testdata.tar.zst': [
    { file: `${SCALIBR}/dpkg/testdata/dpkg/valid`, path: STATUS, packages: 7 },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/single`, path: STATUS, packages: [ACL] },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/trailingnewlines`, path: STATUS, packages: [ACL] },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/empty`, path: STATUS, packages: [] },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/nopackage`, path: STATUS, packages: ['foo 1.0', 'bar 2.0'], problems: 1 },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/noversion`, path: STATUS, packages: ['foo 1.0', 'bar 2.0'], problems: 1 },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/invalid`, path: STATUS, packages: [], problems: 4 },
    { file: `${SCALIBR}/dpkg/testdata/dpkg/transitional_dummy`, path: STATUS, packages: ['git-core 1:2.14.2-1'] },
    { file: `${SCALIBR}/dpkg/testdata/opkg/valid`, path: OPKG, packages: [UBUS, 'libuci20130104 2023.08.10~5781664d-r1', 'busybox 1.36.1-r2'] },
    { file: `${SCALIBR}/dpkg/testdata/opkg/nopackage`, path: OPKG, packages: [UBUS, 'busybox 1.36.1-r2'], problems: 1 },
    { file: `${SCALIBR}/dpkg/testdata/opkg/noversion`, path: OPKG, packages: [UBUS, 'busybox 1.36.1-r2'], problems: 1 },
    { file: `${SCALIBR}/dpkg/testdata/opkg/trailingnewlines`, path: OPKG, packages: [UBUS] },
    { file: `${SCALIBR}/dpkg/testdata/opkg/invalid`, path: OPKG, packages: [], problems: 2 },
    {
      file: `${SCALIBR}/dpkg/testdata/opkg/statusfield`,
      path: OPKG,
      packages: ['wantinstall_installed 1.0', 'wantinstall_unpacked 1.0', 'wantpurge_installed 1.0'],
    },
    { file: `${SCALIBR}/apk/testdata/installed`, path: APK, packages: 15 },
    { file: `${SCALIBR}/apk/testdata/no-origin`, path: APK, packages: ['pkgname 1.2.3'] },
    { file: `${SCALIBR}/apk/testdata/empty`, path: APK, packages: [] },
    { file: `${SCALIBR}/apk/testdata/invalid`, path: APK, packages: [], problems: 2 },
    { file: `${SCALIBR}/pacman/testdata/valid`, path: PACMAN, packages: ['gawk 5.3.1-1'] },
    { file: `${SCALIBR}/pacman/testdata/valid_no_dep`, path: PACMAN, packages: ['libxml2 2.13.5-1'] },
    { file: `${SCALIBR}/pacman/testdata/valid_one_dep`, path: PACMAN, packages: ['filesystem 2024.11.21-1'] },
    { file: `${SCALIBR}/pacman/testdata/eof_after_dependencies`, path: PACMAN, packages: ['gawk 5.3.1-1'] },
    { file: `${SCALIBR}/pacman/testdata/invalid_value_eof`, path: PACMAN, packages: [], problems: 1 },
    { file: `${SCALIBR}/portage/testdata/valid`, path: 'var/db/pkg/dev-perl/Getopt-Long-2.580.0/PF', packages: ['dev-perl/Getopt-Long 2.580.0'] },
    { file: `${SCALIBR}/rpm/testdata/Packages_epoch`, path: 'var/lib/rpm/Packages', packages: ['hello 1:0.0.1-rls'] },
    { file: `${SCALIBR}/rpm/testdata/empty.sqlite`, path: 'var/lib/rpm/rpmdb.sqlite', packages: [], problems: 1 },
  ],
  'artefacts/syft-testdata.tar.zst': [
    {
      file: `${SYFT}/debian/testdata/var/lib/opkg/status`,
      path: 'var/lib/opkg/status',
      packages: ['dropbear 2024.85-r0', 'busybox 1.36.1-r3', 'kernel-modules 6.6.0-r0'],
    },
    { file: `${SYFT}/debian/testdata/var/lib/dpkg/status.d/single`, path: STATUS_D, packages: ['apt 1.8.2'] },
    {
      file: `${SYFT}/debian/testdata/var/lib/dpkg/status.d/multiple`,
      path: STATUS_D,
      packages: ['tzdata 2020a-0+deb10u1', 'util-linux 2.33.1-0.1'],
      problems: 2,
    },
    { file: `${SYFT}/debian/testdata/var/lib/dpkg/status.d/coreutils-relationships`, path: STATUS_D, packages: 9 },
    { file: `${SYFT}/debian/testdata/var/lib/dpkg/status.d/corrupt`, path: STATUS_D, packages: [], problems: 2 },
    { file: `${SYFT}/alpine/testdata/multiple-2/lib/apk/db/installed`, path: APK, packages: 14 },
    { file: `${SYFT}/arch/testdata/installed/var/lib/pacman/local/emacs-29.3-3/desc`, path: PACMAN, packages: ['emacs 29.3-3'] },
    { file: `${SYFT}/arch/testdata/installed/var/lib/pacman/local/corrupt-0.2.1-3/desc`, path: PACMAN, packages: [], problems: 1 },
    { file: `${SYFT}/redhat/testdata/Packages`, path: 'usr/lib/sysimage/rpm/Packages', packages: ['dive 0.9.2-1'] },
    { file: `${SYFT}/redhat/testdata/container-manifest-2`, path: 'var/lib/rpmmanifest/container-manifest-2', packages: 5 },
    {
      file: `${SYFT}/gentoo/testdata/layout/var/db/pkg/app-containers/skopeo-1.5.1/LICENSE`,
      path: 'var/db/pkg/app-containers/skopeo-1.5.1/LICENSE',
      packages: ['app-containers/skopeo 1.5.1'],
    },
  ],
  'os-release/claircore-osrelease-and-rpm-manifests.tar.zst': [
    { file: 'dpkg/testdata/texlive.status', path: STATUS, packages: 357 },
    { file: 'dpkg/testdata/postgresql.status', path: STATUS, packages: 3 },
    { file: 'dpkg/testdata/debian-only.status', path: STATUS, packages: ['debian-archive-keyring 2019.1'] },
  ],
};

for (const [archive, vectors] of Object.entries(VECTORS)) {
  test(archive, { ...needs('archivers'), ...needsSharedData(`vectors/${archive}`) }, async (t) => {
    const directory = temporaryDirectory(t);
    const members = vectors.map(({ file }) => file);
    execFileSync('tar', ['-x', '-I', 'zstd', '-f', sharedData(`vectors/${archive}`) ?? '', '-C', directory, ...members]);
    for (const { file, path: place, packages, problems = 0 } of vectors) {
      await t.test(file, () => {
        const analyzer = analyzers.find((candidate) => candidate.wants(place as ImagePath));
        const result = analyzer?.analyze({ path: place as ImagePath, bytes: readFileSync(path.join(directory, file)) });
        const found = (result?.value.packages ?? []).map(({ name, version }) => `${name} ${version}`);
        assert.deepEqual(typeof packages === 'number' ? found.length : found, packages);
        assert.equal(result?.problems.length, problems);
      });
    }
  });
}
