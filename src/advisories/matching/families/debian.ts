import type { Distro } from '../../../foundation/model/image.ts';
import type { InstalledPackage } from '../../../foundation/model/package.ts';
import { releasesOf } from '../../../foundation/model/release-dates.ts';
import type { AdvisoryStore } from '../../store/store.ts';
import { majorOf, type Family, type LookUp, type NotLookedUp } from '../family.ts';
import { debSourceOf } from '../deb-source.ts';
import { isVendorDeb } from '../vendor-debs.ts';

/**
 * Debian, by its security tracker.
 *
 * - The tracker files under source packages and gives versions of sources: a package is looked up by the source it names, and a rebuild without a change of source (`+b1`) is the
 *   version it was rebuilt from. The kernel's packages that are signed elsewhere (`linux-signed-amd64`) are of the source `linux`.
 * - A release is its major number. Testing and unstable give none and the same code name: they are looked up as the release to come, where the database has it, else as `debian sid`.
 * - No fixed version means that the release is affected: `no-dsa` and `postponed` are affected, `ignored` will not be fixed, `end-of-life` says that the package is not cared for any more.
 * - ELTS, which is paid for, is not part of the tracker, and an image does not say whether it has it: entries that name a service `elts` are told as such and count for nobody.
 * - The package database does not say who built a package. Those of well-known repositories of vendors are told by their versions, see vendor-debs.ts, and not looked up.
 * - Severity: the tracker's urgency for the package, else NVD's.
 *
 * @see https://security-team.debian.org/security_tracker.html
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export const family: Family = {
  id: 'debian',
  covers: ({ id }) => id === 'debian',
  plan(distro, store) {
    const bucket = bucketOf(distro, store);
    const version = releaseOf(distro);
    return {
      packageTypes: ['deb'],
      buckets: [bucket],
      ...(version !== undefined && { release: { distribution: 'debian', version } }),
      lookUp: (installed) => lookUp(installed, bucket),
    };
  },
};

/** Releases in the making, which have no dates yet. @see https://www.debian.org/releases/ */
const coming: ReadonlyMap<string, string> = new Map([
  ['forky', '14'],
  ['duke', '15'],
]);

function bucketOf(distro: Distro, store: AdvisoryStore): string {
  const release = releaseOf(distro);
  if (release !== undefined) return `debian ${release}`;
  const testing = `debian ${coming.get(distro.codename ?? '') ?? 'sid'}`;
  return store.buckets(testing).includes(testing) ? testing : 'debian sid';
}

/** Releases before 4 were numbered in two parts. */
function releaseOf(distro: Distro): string | undefined {
  const { releases } = releasesOf('debian');
  const major = majorOf(distro);
  if (major !== undefined) return releases.find(({ version }) => distro.versionId.startsWith(`${version}.`))?.version ?? major;
  return releases.find(({ codename }) => codename === distro.codename)?.version;
}

function lookUp(installed: InstalledPackage, bucket: string): readonly LookUp[] | NotLookedUp {
  if (isVendorDeb(installed)) return { kind: 'foreign' };
  const { name, version } = debSourceOf(installed);
  return [{ bucket, packageName: name, version }];
}
