import { MAX_PROBLEMS } from '../base/limits.ts';
import type { ParseProblem } from '../base/result.ts';

/** What a parser could not read, up to a bound: a hostile database can have a problem in every one of a million records. */
export class ProblemList {
  readonly #problems: ParseProblem[] = [];
  #leftOut = 0;

  constructor(problems: Iterable<ParseProblem> = []) {
    for (const problem of problems) this.add(problem);
  }

  add(problem: ParseProblem): void {
    if (this.#problems.length < MAX_PROBLEMS - 1) this.#problems.push(problem);
    else this.#leftOut++;
  }

  /** Returns them in the order they came; a last one tells how many there was no room for. */
  list(): readonly ParseProblem[] {
    if (this.#leftOut === 0) return this.#problems;
    return [...this.#problems, { message: `${this.#leftOut} more problems of this file are left out` }];
  }
}
