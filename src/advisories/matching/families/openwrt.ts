import { majorMinorOf, type Family } from '../family.ts';
import { sourceOf } from '../source-package.ts';

/**
 * OpenWrt, by its security advisories.
 *
 * - Few and far between, and filed under the name of the package, with fixed versions that hold for all releases; a bucket of the release, `openwrt 23.05`, is asked too.
 * - opkg's packages of 24.10 and before, apk's of later ones; versions are ordered as dpkg does.
 * - Severity: NVD's.
 *
 * @see https://openwrt.org/advisory/start
 */
export const family: Family = {
  id: 'openwrt',
  covers: ({ id }) => id === 'openwrt',
  plan(distro) {
    const release = majorMinorOf(distro);
    const buckets = ['openwrt', ...(release === undefined ? [] : [`openwrt ${release}`])];
    return {
      packageTypes: ['opkg', 'apk'],
      buckets,
      ...(release !== undefined && { release: { distribution: 'openwrt', version: release } }),
      lookUp(installed) {
        const { name: packageName, version } = sourceOf(installed);
        return buckets.map((bucket) => ({ bucket, packageName, version }));
      },
    };
  },
};
