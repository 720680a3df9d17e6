import type { Analyzer } from './analyzer.ts';

type Named = Pick<Analyzer, 'names'>;

/** Analyzers by the names of files that they look at: an image has hundreds of thousands of paths, of which nearly all are nobody's. */
export class AnalyzerIndex<A extends Named> {
  /** By name or by ending, which begins with a star; each list holds those without names too. */
  readonly #byName = new Map<string, readonly A[]>();
  readonly #nameless: readonly A[];

  constructor(analyzers: readonly A[]) {
    this.#nameless = analyzers.filter(({ names }) => names === undefined);
    for (const analyzer of analyzers) {
      for (const name of analyzer.names ?? []) {
        const key = name.toLowerCase();
        this.#byName.set(key, [...(this.#byName.get(key) ?? this.#nameless), analyzer]);
      }
    }
  }

  /** Returns those whose `wants` may say yes to `path`. */
  candidates(path: string): readonly A[] {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const byName = this.#byName.get(name);
    const dot = name.lastIndexOf('.');
    const byEnding = dot < 0 ? undefined : this.#byName.get(`*${name.slice(dot)}`);
    if (byName !== undefined && byEnding !== undefined) return [...new Set([...byName, ...byEnding])];
    return byName ?? byEnding ?? this.#nameless;
  }
}
