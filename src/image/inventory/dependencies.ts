import { MAX_RELATIONS } from '../../foundation/base/limits.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { AnalyzedPackage } from './analyzer.ts';

/** What a package database says of one package's needs. */
interface Dependent {
  readonly name: string;
  /** Names that stand for it beside its own. */
  readonly provides: readonly string[];
  /** Names, of packages or of what packages provide. */
  readonly requires: readonly string[];
}

/** Packages of one database with what each needs, from which is found who needs whom. */
export class PackageGraph {
  readonly #packages: AnalyzedPackage[] = [];
  readonly #dependents: Dependent[] = [];
  #relationsLeft = MAX_RELATIONS;

  /** Adds a package. Beyond MAX_RELATIONS in all, what one needs is not kept: it is a help to readers, and the package itself is there. */
  add(record: AnalyzedPackage, provides: readonly string[] = [], requires: readonly string[] = []): void {
    const count = provides.length + requires.length;
    const isKept = count <= this.#relationsLeft;
    if (isKept) this.#relationsLeft -= count;
    this.#packages.push(record);
    this.#dependents.push({ name: record.name, provides: isKept ? provides : [], requires: isKept ? requires : [] });
  }

  get size(): number {
    return this.#packages.length;
  }

  /**
   * Returns the packages in the order they came, each with the names of those that provide what it requires: sorted, itself left out. What nobody provides is left out too, and so of alternatives those that are
   * not installed.
   */
  list(): readonly AnalyzedPackage[] {
    const providers = this.#listProviders();
    return this.#packages.map((record, index) => {
      const dependencies = new Set<string>();
      for (const required of this.#dependents[index]?.requires ?? []) {
        const provider = providers.get(required);
        if (provider !== undefined && provider !== record.name) dependencies.add(provider);
      }
      return dependencies.size === 0 ? record : { ...record, dependencies: [...dependencies].sort(compareText) };
    });
  }

  #listProviders(): ReadonlyMap<string, string> {
    const providers = new Map<string, string>();
    for (const { name, provides } of this.#dependents) for (const provided of provides) if (!providers.has(provided)) providers.set(provided, name);
    // A package of that very name comes before one that only stands for it.
    for (const { name } of this.#dependents) providers.set(name, name);
    return providers;
  }
}

/** Longest field of relations that is looked into, in UTF-16 units. The longest of real packages, of those that only pull in others, have a few thousand. */
const LONGEST_FIELD = 256 * 1024;

/** Returns the names in a field of relations, alternatives too: `libc6 (>= 2.34), mawk | awk, python3:any`. Missing is empty. */
export function listNames(relations = ''): readonly string[] {
  return relations
    .slice(0, LONGEST_FIELD)
    .split(/[,|]/)
    .flatMap((relation) => /^\s*([^\s(:]+)/.exec(relation)?.[1] ?? []);
}

/** Returns the names in a field of relations, of alternatives the first: what is known when the other packages are not. Sorted. */
export function listFirstNames(relations = ''): readonly string[] {
  const groups = relations.slice(0, LONGEST_FIELD).split(',');
  return [...new Set(groups.flatMap((group) => listNames(group)[0] ?? []))].sort(compareText);
}

/** Returns the names in words of relations that have no spaces in them: `glibc>=2.38 so:libz.so.1=1.3.1 pkg~1.2 pkg@edge`. */
export function listWordNames(relations = ''): readonly string[] {
  return relations
    .slice(0, LONGEST_FIELD)
    .split(' ')
    .flatMap((word) => (word === '' ? [] : toDependencyName(word)));
}

/** Returns the name in one such word. */
export function toDependencyName(relation: string): string {
  const end = relation.search(/[<>=~@]/);
  return end < 0 ? relation : relation.slice(0, end);
}
