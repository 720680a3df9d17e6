import type { Fact } from './reading.ts';

interface OsvRecord {
  readonly id: string;
  readonly summary?: string;
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  readonly upstream?: readonly string[];
  readonly related?: readonly string[];
  readonly affected?: readonly {
    readonly package?: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly { readonly events: readonly { readonly introduced?: string; readonly fixed?: string }[] }[];
    readonly ecosystem_specific?: { readonly binaries?: readonly Readonly<Record<string, string>>[]; readonly rpm_modularity?: string };
  }[];
}

/** Returns what records in the OSV schema say of the packages of ecosystems: of a source package of SUSE's, whose built packages are named with their versions, those. A flaw is its CVE, wherever the record names it; what is fixed from 0 on never was there. */
export function readOsvDistribution(record: unknown, isAsked: (ecosystem: string) => boolean): readonly Fact[] {
  const { id, summary = '', withdrawn, aliases = [], upstream = [], related = [], affected = [] } = record as OsvRecord;
  if (withdrawn !== undefined) return [];
  // Distributions put their names before the CVE's: UBUNTU-CVE-2024-1.
  const cves = (ids: readonly string[]): readonly string[] => ids.flatMap((one) => /CVE-\d{4}-\d+$/.exec(one)?.[0] ?? []);
  const own = cves([id, ...aliases, ...upstream]);
  const ids = new Set([own, cves(related), [id]].find((found) => found.length > 0));
  return affected
    .filter(({ package: { ecosystem } = { ecosystem: '' } }) => isAsked(ecosystem))
    .flatMap(
      ({ package: { ecosystem, name } = { ecosystem: '', name: '' }, ranges = [], ecosystem_specific: { binaries = [], rpm_modularity } = {} }) => {
        const built = /^(?:open)?SUSE:/.test(ecosystem) ? binaries.flatMap((list) => Object.entries(list)) : [];
        return ranges.flatMap(({ events }) => {
          const from = events.find(({ introduced }) => introduced !== undefined)?.introduced ?? '0';
          const fixes = events.flatMap(({ fixed }) => fixed ?? []);
          // Which stream a module's package is of stands beside it, else in the headline: 'Important: mariadb:10.3 security update'.
          const isModular = fixes.some((fixed) => /\.module[+_]/.test(fixed));
          const stream = rpm_modularity ?? (isModular ? /(?<= )[\w.+-]+:[\w.+-]+(?= )/.exec(summary)?.[0] : undefined);
          const common = { ...(from !== '0' && { from }), ...(stream !== undefined && { stream }) };
          if (fixes.length === 0) return [...ids].map((flaw): Fact => ({ ...common, packageName: name, id: flaw }));
          return fixes
            .filter((fixed) => fixed !== '0')
            .flatMap((fixed) => (built.length > 0 ? built : [[name, fixed] as const]))
            .flatMap(([packageName, fixed]) => [...ids].map((flaw): Fact => ({ ...common, packageName, fixed, id: flaw })));
        });
      },
    );
}
