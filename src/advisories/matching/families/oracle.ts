import { buildVariant } from '../../store/build-variant.ts';
import { majorOf, type Family } from '../family.ts';
import { modularName, withoutModuleContext } from '../modular-name.ts';

/**
 * Oracle Linux, by its OVAL definitions (ELSA).
 *
 * - Filed under binary packages by major release and architecture. The architecture is the system's, and a system of 64 bits has packages of 32 bits, too: they are of the same builds. Definitions do not always name
 *   the module; a package of a stream is looked up by both names.
 * - Oracle builds some packages twice more, each fixed at releases of its own: for Ksplice, which patches them while they run (`2.28-151.0.1.ksplice2.el8`), and validated by FIPS
 *   (`10:3.6.16-4.0.1.el8_fips`). A build is compared with fixes for its own kind only: between kinds their versions say nothing.
 * - Packages say `Oracle America`; those of others are not looked up. Oracle's builds of EPEL say so too and have advisories only where Oracle gives them.
 * - Severity: the definition's, else NVD's.
 *
 * @see https://linux.oracle.com/security/oval/
 */
export const family: Family = {
  id: 'oracle',
  covers: ({ id }) => id === 'ol',
  plan(distro) {
    const major = majorOf(distro);
    if (major === undefined) return undefined;
    const bucket = `Oracle Linux ${major}`;
    return {
      packageTypes: ['rpm'],
      buckets: [bucket],
      release: { distribution: 'oracle', version: major },
      vendors: ['Oracle'],
      lookUp(installed) {
        const names = new Set([modularName(installed), installed.name]);
        return [...names].map((packageName) => ({ bucket, packageName, version: installed.version }));
      },
      architecturesOf: (architecture) => (/^i[3-6]86$/.test(architecture) ? [architecture, 'i386', 'x86_64'] : [architecture]),
      toComparable: withoutModuleContext,
      appliesTo: ({ fixedVersion }, _, version) => fixedVersion === undefined || buildVariant(fixedVersion) === buildVariant(version),
    };
  },
};
