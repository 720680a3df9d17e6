import { MAX_DATABASE_PACKAGES, MAX_PACKAGE_NAME_LENGTH, MAX_RELATIONS } from '../../foundation/base/limits.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { ParseProblem, Parsed } from '../../foundation/base/result.ts';
import { isJsonObject } from '../../foundation/formats/json.ts';
import { ProblemList } from '../../foundation/formats/problem-list.ts';
import type { PackageType } from '../../foundation/model/package.ts';
import type { AnalyzedPackage, AnalyzedRecords } from './analyzer.ts';

/** What a file may say of a package beside its name and version. */
export interface PackageFacts {
  readonly licenses?: readonly string[] | undefined;
  readonly dependencies?: readonly string[] | undefined;
  readonly architecture?: string | undefined;
  /** 1-based, for a problem with its name. */
  readonly line?: number | undefined;
}

/** The packages of one language's file as they are read, each name and version once, within bounds. */
export class PackageList {
  readonly #type: PackageType;
  readonly #declaredOnly: boolean;
  readonly #packages = new Map<string, AnalyzedPackage>();
  readonly #problems = new ProblemList();
  #relationsLeft = MAX_RELATIONS;
  #isFull = false;

  /** `declared`: the file is a lock file, which says what may be installed. `installed`: it says what is. */
  constructor(type: PackageType, state: 'declared' | 'installed') {
    this.#type = type;
    this.#declaredOnly = state === 'declared';
  }

  /** Adds a package; one without a name or a version is of no use, and passed over. A name or version that no package manager would allow is a problem. */
  add(name: string | undefined, version: string | undefined, facts: PackageFacts = {}): void {
    if (!name || !version) return;
    const key = `${name}\n${version}`;
    if (this.#packages.has(key)) return;
    if (!isPlain(name) || !isPlain(version)) {
      this.problem('the name or version of a package has characters or a length that none can have', facts.line);
      return;
    }
    if (this.#packages.size >= MAX_DATABASE_PACKAGES) {
      if (!this.#isFull) this.problem(`it has more than ${MAX_DATABASE_PACKAGES} packages; the rest is not read`, facts.line);
      this.#isFull = true;
      return;
    }
    const dependencies = this.#toDependencies(facts.dependencies);
    const licenses = facts.licenses?.filter((license) => isPlain(license));
    this.#packages.set(key, {
      type: this.#type,
      name,
      version,
      ...(this.#declaredOnly && { declaredOnly: true }),
      ...(facts.architecture !== undefined && { architecture: facts.architecture }),
      ...(licenses !== undefined && licenses.length > 0 && { licenses }),
      ...(dependencies.length > 0 && { dependencies }),
    });
  }

  problem(message: string, line?: number): void {
    this.#problems.add({ message, ...(line !== undefined && { line }) });
  }

  /** Returns what was added, in the order it came. */
  result(): Parsed<AnalyzedRecords> {
    const packages = [...this.#packages.values()];
    return { value: packages.length === 0 ? {} : { packages }, problems: this.#problems.list() };
  }

  /** Beyond MAX_RELATIONS in one file they are left out: they help readers, and the packages themselves are there. */
  #toDependencies(names: readonly string[] = []): readonly string[] {
    if (names.length > this.#relationsLeft) return [];
    this.#relationsLeft -= names.length;
    return [...new Set(names.filter((name) => isPlain(name)))].sort(compareText);
  }
}

/** Returns no packages and one problem: of a file that as a whole cannot be read. */
export function unreadable(message: string): Parsed<AnalyzedRecords> {
  const problem: ParseProblem = { message };
  return { value: {}, problems: [problem] };
}

/** Returns the names of an object's members, none for what is no object: of `{"dependencies": {"a": "^1.0.0"}}`. */
export function toNames(...values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => (isJsonObject(value) ? Object.keys(value) : []));
}

/** False for a text with control characters, for an empty one and for one longer than names are. */
function isPlain(text: string): boolean {
  return text !== '' && text.length <= MAX_PACKAGE_NAME_LENGTH && !/[\0-\x1f\x7f]/.test(text);
}

/** Returns what is reached from `starts` by `edges`, `starts` among them. Each is visited once, so that cycles end. */
export function reachFrom(starts: Iterable<string>, edges: (key: string) => Iterable<string>): ReadonlySet<string> {
  const reached = new Set(starts);
  for (const key of reached) for (const next of edges(key)) reached.add(next);
  return reached;
}
