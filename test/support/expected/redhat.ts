import { compareRpm } from './rpm-order.ts';
import type { Fact, Order } from './reading.ts';

/**
 * The order of Red Hat's builds: of one build of a module there is a package for each context that it was built in (what else it was built with), which the version ends in: `module+el8.10.0+23147+20b7d289`. Contexts are
 * not older or newer than each other.
 * @see https://docs.fedoraproject.org/en-US/modularity/policies/packaging-guidelines/
 */
export const compareRedHat: Order = (a, b) => compareRpm(withoutContext(a), withoutContext(b));

function withoutContext(version: string): string {
  return version.replace(/(\.module[+_][^+]+\+\d+)\+[0-9a-f]{8}(?=$|\.)/, '$1');
}

/** The order of CentOS's builds beside Red Hat's, of which they are copies: what either wrote behind the release to mark them as its own (`.el7_9`, `.el7.centos`, the numbers of a module's builds) is left out. */
export const compareCentOs: Order = (a, b) => compareRpm(withoutMarks(a), withoutMarks(b));

function withoutMarks(version: string): string {
  const [plain = ''] = version.split(/\.module[+_]/);
  return plain.replace(/\.el(\d+)(?:_\d+|\.centos)?/, '.el$1');
}

interface Branch {
  readonly product?: { readonly product_id: string; readonly product_identification_helper?: { readonly cpe?: string; readonly purl?: string } };
  readonly branches?: readonly Branch[];
}

interface Vex {
  readonly product_tree?: {
    readonly branches?: readonly Branch[];
    readonly relationships?: readonly {
      readonly product_reference: string;
      readonly relates_to_product_reference: string;
      readonly full_product_name: { readonly product_id: string };
    }[];
  };
  readonly vulnerabilities?: readonly { readonly cve: string; readonly product_status?: Readonly<Record<string, readonly string[]>> }[];
}

/** Returns what a VEX document of Red Hat says of the rpms of products, by their CPE: where they are fixed, and which are affected or looked into. */
export function readRedHatVex(json: string, hasProduct: (cpe: string) => boolean): readonly Fact[] {
  const { product_tree: tree = {}, vulnerabilities = [] } = JSON.parse(json) as Vex;
  const products = new Map(
    flatten(tree.branches ?? []).flatMap(({ product }) =>
      product === undefined ? [] : [[product.product_id, product.product_identification_helper ?? {}]],
    ),
  );
  const parts = new Map((tree.relationships ?? []).map((relation) => [relation.full_product_name.product_id, relation]));
  return vulnerabilities.flatMap(({ cve, product_status: status = {} }) =>
    Object.entries(status).flatMap(([state, ids]) => {
      const isFixed = state === 'fixed' || state === 'first_fixed';
      if (!isFixed && state !== 'known_affected' && state !== 'under_investigation') return [];
      return ids.flatMap((id): readonly Fact[] => {
        const part = parts.get(id);
        const rpm = toRpm(products.get(part?.product_reference ?? '')?.purl ?? '');
        const cpe = products.get(part?.relates_to_product_reference ?? '')?.cpe ?? '';
        if (rpm === undefined || rpm.architecture === 'src' || !hasProduct(cpe) || (isFixed && rpm.version === undefined)) return [];
        const { name, version, architecture, stream } = rpm;
        return [
          {
            packageName: name,
            id: cve,
            ...(isFixed && version !== undefined && { fixed: version }),
            ...(architecture !== undefined && { architectures: [architecture] }),
            ...(stream !== undefined && { stream }),
          },
        ];
      });
    }),
  );
}

function flatten(branches: readonly Branch[]): readonly Branch[] {
  return branches.flatMap((branch) => [branch, ...flatten(branch.branches ?? [])]);
}

function toRpm(purl: string): { name: string; version?: string; architecture?: string; stream?: string } | undefined {
  if (!purl.startsWith('pkg:rpm/redhat/')) return undefined;
  const { pathname, searchParams } = new URL(purl);
  const [name = '', version] = pathname.replace('rpm/redhat/', '').split('@').map(decodeURIComponent);
  const [epoch, architecture, module] = ['epoch', 'arch', 'rpmmod'].map((key) => searchParams.get(key) ?? undefined);
  const stream = module?.split(':').slice(0, 2).join(':');
  if (stream !== undefined && !stream.includes(':')) return undefined;
  return {
    name,
    ...(version !== undefined && { version: epoch === undefined || epoch === '0' ? version : `${epoch}:${version}` }),
    ...(architecture !== undefined && { architecture }),
    ...(stream !== undefined && { stream }),
  };
}
