import { majorMinorOf, type Family } from '../family.ts';
import { sourceOf } from '../source-package.ts';

/**
 * Photon OS, by its CVE metadata and OVAL definitions.
 *
 * - The metadata is filed under source packages, the definitions under binary ones, both with the version that all packages of a source share: a package is looked up by either name.
 * - Packages say `VMware, Inc.` or `Broadcom`; those of others are not looked up.
 * - Severity: by the CVSS score that Photon gives, else NVD's.
 *
 * @see https://packages.broadcom.com/photon/photon_cve_metadata/
 */
export const family: Family = {
  id: 'photon',
  covers: ({ id }) => id === 'photon',
  plan(distro) {
    const release = majorMinorOf(distro);
    if (release === undefined) return undefined;
    const bucket = `Photon OS ${release}`;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      release: { distribution: 'photon', version: release },
      vendors: ['VMware', 'Broadcom'],
      lookUp(installed) {
        const names = new Set([sourceOf(installed).name, installed.name]);
        return [...names].map((packageName) => ({ bucket, packageName, version: installed.version }));
      },
    };
  },
};
