import type { Distro } from '../../../foundation/model/image.ts';
import type { ReleaseKey } from '../end-of-life.ts';
import { majorMinorOf, majorOf, type Family } from '../family.ts';

interface ProductLine {
  readonly bucket: string;
  readonly release?: ReleaseKey;
}

/**
 * SUSE Linux Enterprise, SUSE Linux Micro, openSUSE Leap, Leap Micro and Tumbleweed, by SUSE's announcements (SUSE-SU, openSUSE-SU).
 *
 * - Filed under binary packages, by product line and its release. Service packs are releases: 15 SP5 is 15.5, 15 without one is 15; Leap 15.3 and later carry packages of SUSE Linux
 *   Enterprise, whose announcements name Leap too.
 * - Tumbleweed rolls: one bucket, no end.
 * - Packages of either line say `SUSE` or `openSUSE`, or name SUSE's build service for them; those that people build there for themselves (`obs://build.opensuse.org/home:…`) and those of
 *   others are not looked up.
 * - An announcement covers several CVEs and may be all that there is for an id.
 * - Severity: the announcement's threat (important is high, moderate is medium), else NVD's.
 *
 * @see https://www.suse.com/support/update/
 * @see https://ftp.suse.com/pub/projects/security/cvrf/
 */
export const family: Family = {
  id: 'suse',
  covers: ({ id }) =>
    /^(?:sles|sled|sles_sap|sle_hpc|sle-hpc|sle-micro|sl-micro|suse-microos|opensuse|opensuse-leap|opensuse-leap-micro|opensuse-tumbleweed)$/.test(
      id,
    ),
  plan(distro) {
    const line = productLine(distro);
    return (
      line && {
        packageTypes: ['rpm'],
        buckets: [line.bucket],
        ...(line.release !== undefined && { release: line.release }),
        vendors: ['SUSE', 'openSUSE', 'obs://build.suse.de', 'obs://build.opensuse.org/openSUSE'],
        lookUp: ({ name: packageName, version }) => [{ bucket: line.bucket, packageName, version }],
      }
    );
  },
};

function productLine(distro: Distro): ProductLine | undefined {
  const major = majorOf(distro);
  const release = majorMinorOf(distro) ?? major;
  if (distro.id === 'opensuse-tumbleweed') return { bucket: 'openSUSE Tumbleweed' };
  if (major === undefined || release === undefined) return undefined;
  // The table of dates writes 15.0 where the product is called 15.
  const version = release === major ? `${major}.0` : release;
  const named = release === `${major}.0` && Number(major) < 16 ? major : release;
  switch (distro.id) {
    case 'sle-micro':
    case 'sl-micro':
    case 'suse-microos':
      return { bucket: `SUSE Linux Enterprise Micro ${version}`, release: { distribution: 'sle-micro', version } };
    case 'opensuse-leap-micro':
      return { bucket: `openSUSE Leap Micro ${version}` };
    case 'opensuse':
    case 'opensuse-leap':
      return { bucket: `openSUSE Leap ${version}`, release: { distribution: 'opensuse-leap', version } };
    default:
      return { bucket: `SUSE Linux Enterprise ${named}`, release: { distribution: 'sles', version } };
  }
}
