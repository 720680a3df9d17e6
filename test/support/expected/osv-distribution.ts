import type { Fact } from './reading.ts';

interface OsvRecord {
  readonly id: string;
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  readonly upstream?: readonly string[];
  readonly related?: readonly string[];
  readonly affected?: readonly {
    readonly package?: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly { readonly events: readonly { readonly introduced?: string; readonly fixed?: string }[] }[];
    readonly ecosystem_specific?: { readonly binaries?: readonly Readonly<Record<string, string>>[] };
  }[];
}

/** Returns what records in the OSV schema fix in the packages of ecosystems: of a source package whose built packages are named with their versions, those. A flaw is its CVE, wherever the record names it; what is fixed from 0 on never was there. */
export function readOsvDistribution(record: unknown, isAsked: (ecosystem: string) => boolean): readonly Fact[] {
  const { id, withdrawn, aliases = [], upstream = [], related = [], affected = [] } = record as OsvRecord;
  if (withdrawn !== undefined) return [];
  const cves = (ids: readonly string[]): readonly string[] => ids.filter((one) => one.startsWith('CVE-'));
  const own = cves([id, ...aliases, ...upstream]);
  const ids = new Set([own, cves(related), [id]].find((found) => found.length > 0));
  return affected
    .filter(({ package: { ecosystem } = { ecosystem: '' } }) => isAsked(ecosystem))
    .flatMap(({ package: { name } = { name: '' }, ranges = [], ecosystem_specific: { binaries = [] } = {} }) => {
      const built = binaries.flatMap((list) => Object.entries(list));
      const fixes = ranges.flatMap(({ events }) => {
        const from = events.find(({ introduced }) => introduced !== undefined)?.introduced ?? '0';
        return events.flatMap(({ fixed }) => (fixed === undefined || fixed === '0' ? [] : [{ fixed, ...(from !== '0' && { from }) }]));
      });
      return fixes.flatMap((fix) =>
        (built.length > 0 ? built : [[name, fix.fixed] as const]).flatMap(([packageName, fixed]) =>
          [...ids].map((flaw): Fact => ({ ...fix, packageName, fixed, id: flaw })),
        ),
      );
    });
}
