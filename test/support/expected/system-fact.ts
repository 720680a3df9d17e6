/** What a distribution's own record says of one flaw in one package, read by a few lines that know only that record's format. Nothing here imports from src. */
export interface SystemFact {
  /** Under which the distribution files it. */
  readonly packageName: string;
  readonly id: string;
  /** Absent: not fixed, whatever the version. */
  readonly fixed?: string;
}

/** Whether each pair of versions is in order: negative, zero or positive for each. Batched, since a distribution's own tool is asked. */
export type CompareAll = (pairs: readonly (readonly [a: string, b: string])[]) => readonly number[];

/** Returns the ids that affect a package at a version; of several fixes for one flaw the last counts, since the earlier ones were not enough. */
export function expectedIds(facts: readonly SystemFact[], isBelow: (version: string, fixed: string) => boolean, version: string): readonly string[] {
  const open = facts.filter(({ fixed }) => fixed !== undefined && isBelow(version, fixed)).map(({ id }) => id);
  const fixedSomewhere = new Set(facts.filter(({ fixed }) => fixed !== undefined).map(({ id }) => id));
  const unfixed = facts.filter(({ fixed, id }) => fixed === undefined && !fixedSomewhere.has(id)).map(({ id }) => id);
  return [...new Set([...open, ...unfixed])].sort();
}
