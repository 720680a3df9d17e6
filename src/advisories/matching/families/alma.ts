import { majorOf, type Family } from '../family.ts';
import { modularName, withoutModuleContext } from '../modular-name.ts';

/**
 * AlmaLinux, by its errata (ALSA).
 *
 * - Filed under binary packages, those of a module stream as `nodejs:18::npm`; one list for all minor releases of a major one.
 * - Fixes only: what AlmaLinux has not rebuilt yet is not in its errata.
 * - Its packages say `AlmaLinux`, and the first ones `CloudLinux`, where it came from; those of others are not looked up.
 * - Severity: the erratum's, else NVD's.
 *
 * @see https://errata.almalinux.org/
 */
export const family: Family = {
  id: 'alma',
  covers: ({ id }) => id === 'almalinux',
  plan(distro) {
    const major = majorOf(distro);
    if (major === undefined) return undefined;
    const bucket = `alma ${major}`;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      release: { distribution: 'almalinux', version: major },
      vendors: ['AlmaLinux', 'CloudLinux'],
      lookUp: (installed) => [{ bucket, packageName: modularName(installed), version: installed.version }],
      toComparable: withoutModuleContext,
    };
  },
};
