import type { Fact } from './reading.ts';

/** A release of SUSE's systems: 'SLES 15.4', 'Micro 5.5', 'Leap 15.5', 'Leap Micro 5.5', 'Tumbleweed'. */
export type SuseSystem = `SLES ${string}` | `Micro ${string}` | `Leap ${string}` | `Leap Micro ${string}` | 'Tumbleweed';

/** Returns whether a product is that system, one of its modules or extensions, or the service for it after its time. */
export function isOfSystem(product: string, system: SuseSystem): boolean {
  const [, line = '', version = ''] = /^(.*?)(?: (\S+))?$/.exec(system) ?? [];
  if (line === 'Tumbleweed') return product.startsWith('openSUSE Tumbleweed');
  const number = version.replace('.', '\\.');
  if (line === 'Micro') return new RegExp(`^SUSE Linux (?:Enterprise )?Micro (?:for \\S+ )?${number}(?!\\d)`).test(product);
  if (line.startsWith('Leap')) return new RegExp(`^openSUSE ${line} ${number}(?!\\d)`).test(product);
  const [major = '', pack = '0'] = version.split('.');
  const release = Number(major) >= 16 ? number : pack === '0' ? `${major}(?!\\.| SP|-SP)` : `${major}[ -]SP${pack}`;
  const isSystem = /^SUSE (?:Linux Enterprise|Package Hub)\b/.test(product) && !/^SUSE Linux Enterprise (?:Micro|Storage)\b/.test(product);
  return isSystem && new RegExp(` ${release}(?![\\d.])`).test(product);
}

interface CsafDocument {
  readonly vulnerabilities?: readonly { readonly cve: string; readonly product_status?: Readonly<Record<string, readonly string[]>> }[];
}

/** Returns what SUSE's documents in CSAF say of a system: ids of products are `product:name-version-release.architecture` where there is a fix, and `product:name` where there is none yet. */
export function readSuseCsaf(json: string, system: SuseSystem): readonly Fact[] {
  const { vulnerabilities = [] } = JSON.parse(json) as CsafDocument;
  return vulnerabilities.flatMap(({ cve, product_status: status = {} }) => {
    const own = (name: string): readonly string[] =>
      (status[name] ?? []).flatMap((id) => {
        const colon = id.indexOf(':');
        return isOfSystem(id.slice(0, colon), system) ? [id.slice(colon + 1)] : [];
      });
    const fixed = [...own('recommended'), ...own('fixed'), ...own('first_fixed')].flatMap((text): readonly Fact[] => {
      const [, packageName = '', version = '', architecture] =
        /^(.+)-([^-]+-[^-]+?)(?:\.(i[3-6]86|x86_64|ia64|aarch64|ppc|ppc64|ppc64le|s390|s390x|armv7l|noarch|src))?$/.exec(text) ?? [];
      return architecture === 'src'
        ? []
        : [{ packageName, id: cve, fixed: version, ...(architecture !== undefined && { architectures: [architecture] }) }];
    });
    const open = [...own('known_affected'), ...own('under_investigation')].map((packageName): Fact => ({ packageName, id: cve }));
    return [...fixed, ...open];
  });
}
