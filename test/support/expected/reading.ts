/**
 * What a distribution's record says, read a second time by a few lines that know only that record's format, with versions ordered as the distribution documents it. Nothing here imports from src, so that what is found and
 * what is expected can only agree by both being right.
 */

/** A package as it stands in an image, as far as records ask. */
export interface Owned {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** The module stream that it was built in: 'nodejs:18'. */
  readonly stream?: string;
}

export interface Reading {
  /** Every package that the record names, at the version where the answer changes. */
  readonly named: readonly Owned[];
  /** The ids that affect a package, sorted. */
  readonly idsFor: (owned: Owned) => readonly string[];
}

/** Negative when the first version is the older one. */
export type Order = (a: string, b: string) => number;

/** One flaw in one package. */
export interface Fact {
  readonly packageName: string;
  readonly id: string;
  /** Absent: open, whatever the version. */
  readonly fixed?: string;
  /** What is older is of another line, and not concerned. */
  readonly from?: string;
  /** Absent: any. */
  readonly architectures?: readonly string[];
  /** The module stream that it is about; absent: the package outside of modules. */
  readonly stream?: string;
}

/** What may be asked for when nothing in the record says a version. */
const ANY_VERSION = '1-1';

/** Returns the reading of facts: of several fixes of one flaw the last counts, since the earlier ones were not enough, and a fix goes before the word that there is none. */
export function readingOf(facts: readonly Fact[], order: Order): Reading {
  const byName = Map.groupBy(facts, ({ packageName }) => packageName);
  return {
    named: facts.flatMap((fact) => namedBy(fact)),
    idsFor(owned) {
      const own = (byName.get(owned.name) ?? []).filter((fact) => concerns(fact, owned, order));
      return [...Map.groupBy(own, ({ id }) => id)]
        .filter(([, same]) => {
          const fixes = same.flatMap(({ fixed }) => fixed ?? []);
          return fixes.length === 0 || fixes.some((fixed) => order(owned.version, fixed) < 0);
        })
        .map(([id]) => id)
        .sort();
    },
  };
}

function namedBy({ packageName, fixed, from, architectures, stream }: Fact): readonly Owned[] {
  const versions = [...new Set([fixed, from].filter((version) => version !== undefined))];
  const [architecture] = architectures ?? [];
  return (versions.length > 0 ? versions : [ANY_VERSION]).map((version) => ({
    name: packageName,
    version,
    ...(architecture !== undefined && { architecture }),
    ...(stream !== undefined && { stream }),
  }));
}

function concerns({ architectures, from, stream }: Fact, owned: Owned, order: Order): boolean {
  if (stream !== owned.stream) return false;
  if (from !== undefined && order(owned.version, from) < 0) return false;
  return isOfArchitecture(architectures, owned.architecture);
}

/** What is the same everywhere is mended by the fix for any architecture. */
export function isOfArchitecture(architectures: readonly string[] | undefined, own: string | undefined): boolean {
  return architectures === undefined || own === undefined || own === 'noarch' || architectures.includes(own) || architectures.includes('noarch');
}
