import { compareText } from '../../foundation/base/order.ts';

/** What a package database says of one package's needs. */
export interface Dependent {
  readonly name: string;
  /** Names that stand for it beside its own. */
  readonly provides: readonly string[];
  /** Names, of packages or of what packages provide. */
  readonly requires: readonly string[];
}

/** Returns, for each package of one database, the names of the packages that provide what it requires: sorted, itself left out. What nobody provides is left out too. */
export function resolveDependencies(packages: readonly Dependent[]): readonly (readonly string[])[] {
  const providers = new Map<string, string>();
  for (const { name, provides } of packages) for (const provided of provides) if (!providers.has(provided)) providers.set(provided, name);
  // A package of that very name comes before one that only stands for it.
  for (const { name } of packages) providers.set(name, name);
  return packages.map(({ name, requires }) => {
    const found = new Set<string>();
    for (const required of requires) {
      const provider = providers.get(required);
      if (provider !== undefined && provider !== name) found.add(provider);
    }
    return [...found].sort(compareText);
  });
}
