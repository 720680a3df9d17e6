import { majorOf, type Family } from '../family.ts';
import { rpmLookUps } from '../source-package.ts';

/**
 * Fedora, by its updates (FEDORA-2024-…).
 *
 * - Filed under binary packages by the repositories and under source packages by Bodhi, by release, those of a module stream as `nodejs:18::npm`; a package is looked up by both. Rawhide carries the number of the release to come and has no updates of its own: `fedora rawhide`
 *   stands in where the database has it.
 * - Fixes only: an update says what it fixes, nobody says what is open.
 * - Packages say `Fedora Project`; those of others (RPM Fusion, Copr) are not looked up.
 * - Severity: the update's, else NVD's.
 *
 * @see https://bodhi.fedoraproject.org/
 */
export const family: Family = {
  id: 'fedora',
  covers: ({ id }) => id === 'fedora',
  plan(distro, store) {
    const release = majorOf(distro);
    if (release === undefined) return undefined;
    const own = `fedora ${release}`;
    const isRawhide = /rawhide/i.test(`${distro.prettyName ?? ''} ${distro.codename ?? ''}`);
    const bucket = isRawhide && !store.buckets(own).includes(own) ? 'fedora rawhide' : own;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      ...(!isRawhide && { release: { distribution: 'fedora', version: release } }),
      vendors: ['Fedora Project'],
      lookUp: (installed) => rpmLookUps(bucket, installed),
    };
  },
};
