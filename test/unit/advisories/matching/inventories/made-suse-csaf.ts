import type { RecordFile } from './prove.ts';

/** What an update fixes in which products, and in VEX what is open. */
export interface MadeDocument {
  readonly id: string;
  readonly cve: string;
  /** product → `name-version-release.architecture`, or `name` of what is open. */
  readonly fixed?: Readonly<Record<string, readonly string[]>>;
  readonly open?: Readonly<Record<string, readonly string[]>>;
}

/** Returns it as a document in CSAF. */
export function toCsaf({ id, cve, fixed = {}, open = {} }: MadeDocument): RecordFile {
  const listed = [...Object.entries(fixed), ...Object.entries(open)].flatMap(([product, packages]) =>
    packages.map((name) => [product, name] as const),
  );
  const idsOf = (table: Readonly<Record<string, readonly string[]>>): readonly string[] =>
    Object.entries(table).flatMap(([product, packages]) => packages.map((name) => `${product}:${name}`));
  const branch = (category: string, name: string, branches: readonly unknown[]): unknown => ({ category, name, branches });
  const leaf = (category: string, name: string): unknown => ({ category, name, product: { name, product_id: name } });
  const architectureOf = (name: string): string => /\.(x86_64|aarch64|s390x|i586|noarch|src)$/.exec(name)?.[1] ?? 'noarch';
  const names = [...new Set(listed.map(([, name]) => name))];
  const document = {
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      publisher: { category: 'vendor', name: 'made', namespace: 'https://www.suse.com/' },
      tracking: { id },
    },
    product_tree: {
      branches: [
        branch('vendor', 'SUSE', [
          ...[...Map.groupBy(names, architectureOf)].map(([architecture, own]) =>
            branch(
              'architecture',
              architecture,
              own.map((name) => leaf('product_version', name)),
            ),
          ),
          ...[...new Set(listed.map(([product]) => product))].map((product) => branch('product_family', product, [leaf('product_name', product)])),
        ]),
      ],
      relationships: listed.map(([product, name]) => ({
        category: 'default_component_of',
        full_product_name: { name: `${name} as component of ${product}`, product_id: `${product}:${name}` },
        product_reference: name,
        relates_to_product_reference: product,
      })),
    },
    vulnerabilities: [{ cve, product_status: { recommended: idsOf(fixed), known_affected: idsOf(open) } }],
  };
  const name = id.startsWith('CVE') ? id.toLowerCase() : id.toLowerCase().replace(':', '_');
  return { name: `csaf/${name}.json`, text: JSON.stringify(document) };
}
