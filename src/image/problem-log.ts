import { MAX_PROBLEMS } from '../foundation/base/limits.ts';
import type { Problem } from '../foundation/model/problem.ts';

/** Collects problems up to a bound: a hostile layer can have a million of them. */
export class ProblemLog {
  readonly #problems: Problem[] = [];
  #leftOut = 0;

  add(problem: Problem): void {
    if (this.#problems.length < MAX_PROBLEMS - 1) this.#problems.push(problem);
    else this.#leftOut++;
  }

  addAll(problems: Iterable<Problem>): void {
    for (const problem of problems) this.add(problem);
  }

  /** Returns them in the order they came; a last one tells how many there was no room for. */
  list(): readonly Problem[] {
    if (this.#leftOut === 0) return this.#problems;
    return [...this.#problems, { code: 'limit-exceeded', message: `${this.#leftOut} more problems of this image are left out` }];
  }
}
