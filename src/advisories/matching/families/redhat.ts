import { majorOf, type Family } from '../family.ts';
import { withoutModuleContext } from '../modular-name.ts';
import { holdsForImage } from '../redhat-products.ts';
import { rpmLookUps } from '../source-package.ts';

/**
 * Red Hat Enterprise Linux, by Red Hat's security data (CSAF and VEX, OVAL before).
 *
 * - Filed under binary packages, and under source packages by the older interface, those of a module stream as `nodejs:18::npm`, by erratum (RHSA) with the CVEs that it puts right, or by CVE where nothing is released yet.
 * - One bucket for all releases: each entry names the products it holds for, and the image's content sets say which products it has, see redhat-products.ts. Minor releases with
 *   extended updates (EUS, AUS, E4S) are products of their own.
 * - Of all entries that hold, a fix goes before a status and the highest fixed version counts: an erratum says what is fixed, and the statuses of VEX may lag behind it.
 * - Statuses as Red Hat gives them: affected, fix deferred (affected), will not fix, out of support scope (end of life), under investigation.
 * - Packages that another vendor than Red Hat built (EPEL's say `Fedora Project`, Docker's `Docker`, Remi's `Remi's RPM repository`) are not looked up: rpm records the vendor, and Red
 *   Hat does not speak of theirs.
 * - Severity: Red Hat's impact for that product, else for the CVE, else NVD's.
 *
 * @see https://redhatproductsecurity.github.io/security-data-guidelines/csaf-vex/
 * @see https://www.redhat.com/en/blog/red-hat-vulnerability-scanning
 */
export const family: Family = {
  id: 'redhat',
  covers: ({ id }) => id === 'rhel' || id === 'redhat',
  plan(distro, store) {
    const major = majorOf(distro);
    if (major === undefined) return undefined;
    return {
      packageTypes: ['rpm'],
      buckets: ['Red Hat'],
      release: { distribution: 'rhel', version: major },
      vendors: ['Red Hat'],
      lookUp: (installed) => rpmLookUps('Red Hat', installed),
      appliesTo: holdsForImage(distro, major, store),
      toComparable: withoutModuleContext,
    };
  },
};
