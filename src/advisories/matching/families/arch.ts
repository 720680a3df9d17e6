import type { Family } from '../family.ts';

/**
 * Arch Linux, by its security tracker (AVG, ASA).
 *
 * - Filed under binary packages. Each group of issues gives the version it was found in and, when there is one, the version that fixes it; older versions than the one it was found in are
 *   not called affected.
 * - It rolls: one bucket, no end. Versions are ordered as pacman's vercmp does, which is not quite rpm's.
 * - pacman records a packager's address, not who stands behind the repository: nobody's packages are left out.
 * - Severity: the group's, else NVD's.
 *
 * @see https://security.archlinux.org/
 */
export const family: Family = {
  id: 'arch',
  covers: ({ id }) => id === 'arch' || id === 'archarm',
  plan: () => ({
    packageTypes: ['alpm'],
    buckets: ['archlinux'],
    lookUp: ({ name: packageName, version }) => [{ bucket: 'archlinux', packageName, version }],
  }),
};
