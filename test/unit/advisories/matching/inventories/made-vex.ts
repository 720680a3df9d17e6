import type { RecordFile } from './prove.ts';

/** Packages of one product, and what is said of them. */
export interface MadeClaim {
  readonly state: 'fixed' | 'known_affected' | 'known_not_affected' | 'under_investigation';
  readonly cpe: string;
  readonly name: string;
  /** Of what is fixed. */
  readonly version?: string;
  readonly epoch?: string;
  readonly architectures?: readonly string[];
  /** 'nodejs:18' */
  readonly stream?: string;
  /** What Red Hat will do about what is open. */
  readonly plan?: 'none_available' | 'no_fix_planned';
}

/** Returns a VEX document on one flaw, as Red Hat writes them: a product tree with CPEs and package URLs, packages as components of products, states, and remediations. */
export function toVex(cve: string, erratum: string, claims: readonly MadeClaim[]): RecordFile {
  const parts = claims.flatMap((claim) => (claim.architectures ?? [undefined]).map((architecture) => toPart(claim, architecture)));
  const idsOf = (holds: (claim: MadeClaim) => boolean): readonly string[] => [
    ...new Set(parts.filter(({ claim }) => holds(claim)).map(({ id }) => id)),
  ];
  const states = [...new Set(claims.map(({ state }) => state))];
  const remediation = (category: string, details: string, product_ids: readonly string[], url?: string): readonly unknown[] =>
    product_ids.length === 0 ? [] : [{ category, details, product_ids, ...(url !== undefined && { url }) }];
  const document = {
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      publisher: { category: 'vendor', name: 'made', namespace: 'https://www.redhat.com' },
      tracking: { id: cve },
    },
    product_tree: {
      branches: [
        {
          category: 'vendor',
          name: 'Red Hat',
          branches: [
            ...[...new Set(claims.map(({ cpe }) => cpe))].map((cpe) => leaf('product_name', cpe, { cpe })),
            ...[...new Map(parts.map((part) => [part.reference, part])).values()].map(({ reference, purl }) =>
              leaf('product_version', reference, { purl }),
            ),
          ],
        },
      ],
      relationships: [...new Map(parts.map((part) => [part.id, part])).values()].map(({ id, reference, claim: { cpe } }) => ({
        category: 'default_component_of',
        full_product_name: { name: id, product_id: id },
        product_reference: reference,
        relates_to_product_reference: cpe,
      })),
    },
    vulnerabilities: [
      {
        cve,
        product_status: Object.fromEntries(states.map((state) => [state, idsOf((claim) => claim.state === state)])),
        remediations: [
          ...remediation(
            'vendor_fix',
            'made',
            idsOf(({ state }) => state === 'fixed'),
            `https://access.redhat.com/errata/${erratum}`,
          ),
          ...remediation(
            'none_available',
            'Affected',
            idsOf(({ plan }) => plan === 'none_available'),
          ),
          ...remediation(
            'no_fix_planned',
            'Will not fix',
            idsOf(({ plan }) => plan === 'no_fix_planned'),
          ),
        ],
      },
    ],
  };
  return { name: `vex/2024/${cve.toLowerCase()}.json`, text: JSON.stringify(document) };
}

function leaf(category: string, id: string, helper: Readonly<Record<string, string>>): unknown {
  return { category, name: id, product: { name: id, product_id: id, product_identification_helper: helper } };
}

function toPart(claim: MadeClaim, architecture: string | undefined): { claim: MadeClaim; id: string; reference: string; purl: string } {
  const { name, version, epoch, stream, cpe } = claim;
  const qualifiers = [
    ...(architecture === undefined ? [] : [`arch=${architecture}`]),
    ...(epoch === undefined || epoch === '0' ? [] : [`epoch=${epoch}`]),
    ...(stream === undefined ? [] : [`rpmmod=${stream}:8100020240101000000:9edba152`]),
  ];
  const purl = `pkg:rpm/redhat/${name}${version === undefined ? '' : `@${encodeURIComponent(version)}`}${qualifiers.length === 0 ? '' : `?${qualifiers.join('&')}`}`;
  const reference = `${name}${version === undefined ? '' : `-${epoch ?? '0'}:${version}`}${architecture === undefined ? '' : `.${architecture}`}${stream === undefined ? '' : `::${stream}`}`;
  return { claim, id: `${cpe}:${reference}`, reference, purl };
}
