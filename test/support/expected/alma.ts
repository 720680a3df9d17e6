import type { SystemFact } from './system-fact.ts';

interface Erratum {
  readonly id: string;
  readonly related?: readonly string[];
  readonly summary?: string;
  readonly affected: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly ranges: readonly { readonly events: readonly { readonly fixed?: string }[] }[];
  }[];
}

/** AlmaLinux's errata in the OSV schema, those outside of modules: which flaws one fixes is under `related`. */
export function readAlma(json: string, ecosystem: string): readonly SystemFact[] {
  const erratum = JSON.parse(json) as Erratum;
  const ids = (erratum.related ?? []).filter((id) => id.startsWith('CVE-'));
  return erratum.affected
    .filter((affected) => affected.package.ecosystem === ecosystem)
    .flatMap(({ package: { name }, ranges }) =>
      ranges.flatMap(({ events }) =>
        events.flatMap(({ fixed }) =>
          fixed === undefined || fixed.includes('.module_el') ? [] : ids.map((id) => ({ packageName: name, id, fixed })),
        ),
      ),
    );
}
