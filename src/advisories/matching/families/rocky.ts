import { majorOf, type Family } from '../family.ts';
import { withoutModuleContext } from '../modular-name.ts';
import { rpmLookUps } from '../source-package.ts';

const CLOUD = /\.cloud(?:\.|$)/;

/**
 * Rocky Linux, by its errata (RLSA).
 *
 * - Filed under binary packages by the errata themselves and under source packages by what OSV has of them, those of a module stream as `nodejs:18::npm`; a package is looked up by both; one list for all minor releases of a major one. Fixed versions may differ by architecture.
 * - Fixes only: what Rocky has not rebuilt yet is not in its errata.
 * - Kernels of the cloud group (`4.18.0-425.13.1.el8_7.cloud`) have errata of their own (RXSA) in the same list: those speak of such builds only, since the plain kernel of the same release counts as older.
 * - Packages that say they were built by others (EPEL's `Fedora Project`, `Docker`) are not looked up.
 * - Severity: the erratum's, else NVD's.
 *
 * @see https://errata.rockylinux.org/
 */
export const family: Family = {
  id: 'rocky',
  covers: ({ id }) => id === 'rocky',
  plan(distro) {
    const major = majorOf(distro);
    if (major === undefined) return undefined;
    const bucket = `rocky ${major}`;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      release: { distribution: 'rocky', version: major },
      vendors: ['Rocky'],
      lookUp: (installed) => rpmLookUps(bucket, installed),
      toComparable: withoutModuleContext,
      appliesTo: ({ fixedVersion = '' }, _, version) => !CLOUD.test(fixedVersion) || CLOUD.test(version),
    };
  },
};
