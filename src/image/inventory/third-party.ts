/**
 * Who built a package of a distribution's package manager: the distribution, whose advisories speak for it and for the libraries in it, or somebody else, of whom no distribution says anything. Where nothing tells, it
 * was the distribution.
 */
import { compareText } from '../../foundation/base/order.ts';
import { DISTRIBUTION_RPM_VENDORS, FOREIGN_DEB_MAINTAINERS } from './third-party.data.ts';

/** Fields that fpm, nfpm and their kin write, and that Debian's own tools do not know. */
const FOREIGN_FIELDS: readonly string[] = ['vendor', 'license'];
/** What such tools write when nobody named a section; those of Debian are named in its policy. */
const NO_SECTIONS: ReadonlySet<string> = new Set(['', 'default', 'unknown']);
/** Of the distributions that use dpkg, in the few packages of theirs that say it. */
const DEB_ORIGIN = /debian|ubuntu|kali|raspbian|devuan|mint|deepin|elementary|pardus|astra/i;
/** The field names that `isThirdPartyDeb` looks at, in lower case. */
export const DEB_ORIGIN_FIELDS: readonly string[] = [...FOREIGN_FIELDS, 'origin', 'section', 'maintainer'];

/** Folders that Debian's policy and Alpine's packaging forbid to their own packages. @see Debian Policy 9.1.1, 9.1.2 */
const FOREIGN_FOLDER = /^\/?(?:opt|srv|usr\/local)\/./;

/** Returns whether a package whose control fields are `fields` says that it was not built by the distribution. */
export function isThirdPartyDeb(fields: ReadonlyMap<string, string>): boolean {
  if (FOREIGN_FIELDS.some((name) => fields.has(name))) return true;
  const origin = fields.get('origin');
  if (origin !== undefined && !DEB_ORIGIN.test(origin)) return true;
  const maintainer = fields.get('maintainer');
  // A control file without either field says nothing of its maker: those of distroless images are cut down.
  if (maintainer === undefined) return false;
  if (NO_SECTIONS.has((fields.get('section') ?? '').toLowerCase())) return true;
  const address = maintainer
    .slice(maintainer.lastIndexOf('<') + 1)
    .replace(/>\s*$/, '')
    .toLowerCase();
  return FOREIGN_DEB_MAINTAINERS.some((known) => address === known || address.endsWith(`@${known}`) || address.endsWith(`.${known}`));
}

/** True for a path where packages that the distribution built put no files. */
export function isForeignPath(path: string): boolean {
  return FOREIGN_FOLDER.test(path);
}

/** What an rpm package says of who built it. */
interface RpmOrigin {
  readonly vendor?: string;
  readonly version: string;
}

/**
 * Returns a test for packages of one rpm database that were not built by the distribution. That of which most packages are is the distribution's vendor, whatever it is called: the makers of some distributions also sell
 * other software, and packages that somebody built for himself name no vendor.
 */
export function thirdPartyRpmTest(packages: readonly RpmOrigin[]): (record: RpmOrigin) => boolean {
  const counts = new Map<string, number>();
  for (const { vendor = '' } of packages) counts.set(vendor, (counts.get(vendor) ?? 0) + 1);
  const [most] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || compareText(a, b));
  const main = most?.[0] ?? '';
  return ({ vendor = '', version }) => {
    if (vendor === main) return false;
    // Some of Amazon's own packages name no vendor, and their releases do.
    if (vendor === '') return !/\.amzn\d/.test(version);
    return !DISTRIBUTION_RPM_VENDORS.some((name) => vendor.startsWith(name));
  };
}
