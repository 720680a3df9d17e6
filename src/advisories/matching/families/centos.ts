import type { Distro } from '../../../foundation/model/image.ts';
import { majorOf, type Family } from '../family.ts';
import { holdsForImage } from '../redhat-products.ts';
import { rpmLookUps } from '../source-package.ts';

/**
 * CentOS, which has no security data of its own, by Red Hat's.
 *
 * - CentOS Linux was rebuilt from the sources of Red Hat Enterprise Linux: same names, same versions, but for the mark of the release, where Red Hat writes the minor release
 *   (`97.el7_9.5`) and CentOS its name (`97.el7.centos.5`), and for the numbers of builds of modules. Neither is compared. The products are those of Red Hat's base repositories.
 * - It ended with its last release; what Red Hat has fixed since for those who pay (ELS) is of another product, and not told. That the release has ended is.
 * - CentOS Stream comes before the release of Red Hat Enterprise Linux that it becomes, and is fixed at versions that nobody publishes advisories for. It is compared with Red Hat's,
 *   which is the best there is, and said to be so.
 * - Vendor and severity as for Red Hat; packages of CentOS say `CentOS`.
 *
 * @see https://www.redhat.com/en/topics/linux/centos-linux-eol
 * @see https://www.centos.org/cl-vs-cs/
 */
export const family: Family = {
  id: 'centos',
  covers: ({ id }) => id === 'centos' || id === 'centos-stream',
  plan(distro, store) {
    const major = majorOf(distro);
    if (major === undefined) return undefined;
    const stream = isStream(distro);
    return {
      packageTypes: ['rpm'],
      buckets: ['Red Hat'],
      release: { distribution: stream ? 'centos-stream' : 'centos', version: major },
      vendors: ['CentOS', 'Red Hat'],
      lookUp: (installed) => rpmLookUps('Red Hat', installed),
      appliesTo: holdsForImage({ ...distro, contentSets: [] }, major, store),
      toComparable: withoutReleaseMark,
      ...(stream && {
        caveat: `CentOS Stream ${major} has no advisories of its own: its packages were compared with those of Red Hat Enterprise Linux ${major}, which are fixed at other versions`,
      }),
    };
  },
};

/** 9 and later are Stream only; 8 was both. */
function isStream(distro: Distro): boolean {
  return distro.id === 'centos-stream' || /\bstream\b/i.test(distro.prettyName ?? '') || Number(majorOf(distro)) >= 9;
}

/** CentOS counted its builds of modules by itself: `module_el8.5.0+1010+6a6eb5e8` is Red Hat's `module+el8.5.0+13644+8d46dafd`. */
function withoutReleaseMark(version: string): string {
  return version.replace(/\.module[+_]el.*$/, '').replace(/\.el(\d+)(?:_\d+)?(?:\.centos)?(?=$|[.+])/, '.el$1');
}
