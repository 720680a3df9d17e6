import type { Finding } from '../../foundation/model/finding.ts';
import { isSystemType, type InstalledPackage } from '../../foundation/model/package.ts';
import { idsOf, vexStatuses, type VexName, type VexStatement } from './exception.ts';
import { coversPurl, namesImage, parsePurl, type NamedImage, type PurlParts } from './match-name.ts';

/** The packages that a statement is about. */
interface Scope {
  /** The whole image is meant. */
  readonly everything: boolean;
  readonly byName: ReadonlyMap<string, readonly ScopedPackage[]>;
}

interface ScopedPackage {
  readonly purl: PurlParts;
  /** Where the package must lie: in one of these files, or in a folder that ends with a slash. Absent: anywhere. */
  readonly within?: readonly string[];
}

/**
 * What VEX documents say of one image. Statements are looked up by vulnerability, and what each of them is about is worked out once, when it is first asked for: the time taken grows with the documents and the findings, not with
 * their product.
 */
export class VexIndex {
  readonly #image: NamedImage;
  readonly #packages: readonly InstalledPackage[];
  readonly #byId = new Map<string, VexStatement[]>();
  readonly #scopes = new Map<VexStatement, Scope>();
  readonly #parsed = new Map<string, PurlParts | undefined>();
  #byName: ReadonlyMap<string, readonly InstalledPackage[]> | undefined;

  constructor(statements: readonly VexStatement[], image: NamedImage, packages: readonly InstalledPackage[]) {
    this.#image = image;
    this.#packages = packages;
    for (const statement of statements) {
      for (const id of new Set(statement.ids.map((name) => name.toLowerCase()))) {
        const known = this.#byId.get(id);
        if (known === undefined) this.#byId.set(id, [statement]);
        else known.push(statement);
      }
    }
  }

  /** Returns the statement that counts for a finding: of all that are about it the newest, of several as new the one that says worst; those without a date are the oldest. Undefined when there is none. */
  find(finding: Finding): VexStatement | undefined {
    const { package: installed } = finding;
    const purl = installed === undefined ? undefined : this.#parse(installed.purl);
    if (purl === undefined) return undefined;
    let best: VexStatement | undefined;
    for (const statement of new Set(idsOf(finding).flatMap((id) => this.#byId.get(id) ?? []))) {
      if (this.#isAbout(statement, purl, finding.location.path) && (best === undefined || isStronger(statement, best))) best = statement;
    }
    return best;
  }

  #isAbout(statement: VexStatement, purl: PurlParts, path: string | undefined): boolean {
    const scope = this.#scopeOf(statement);
    if (scope.everything) return true;
    return (scope.byName.get(nameKey(purl)) ?? []).some(
      ({ purl: wanted, within }) => coversPurl(wanted, purl) && (within === undefined || liesIn(path, within)),
    );
  }

  #scopeOf(statement: VexStatement): Scope {
    const known = this.#scopes.get(statement);
    if (known !== undefined) return known;
    let everything = false;
    const byName = new Map<string, ScopedPackage[]>();
    const add = (purl: PurlParts, within?: readonly string[]): void => {
      const entry: ScopedPackage = within === undefined ? { purl } : { purl, within };
      const same = byName.get(nameKey(purl));
      if (same === undefined) byName.set(nameKey(purl), [entry]);
      else same.push(entry);
    };
    for (const { product, parts } of statement.subjects) {
      const isImage = namesImage(product, this.#image);
      if (parts.length === 0) {
        everything ||= isImage;
        for (const purl of this.#purlsOf(product)) add(purl);
      } else {
        const within = isImage ? undefined : this.#placesOf(product);
        if (within?.length === 0) continue;
        for (const part of parts) for (const purl of this.#purlsOf(part)) add(purl, within);
      }
    }
    const scope = { everything, byName };
    this.#scopes.set(statement, scope);
    return scope;
  }

  /**
   * Where the packages lie that a product in the image consists of: the program or archive itself, or the folder of an npm package. What a distribution's package or a lock file's consists of is not known: the statement is
   * then about nothing.
   */
  #placesOf(product: VexName): readonly string[] {
    this.#byName ??= this.#indexPackages();
    return this.#purlsOf(product).flatMap((wanted) => {
      const same = this.#byName?.get(nameKey(wanted)) ?? [];
      return same.flatMap(({ purl, type, files, declaredOnly, insideArchive }) => {
        const [file] = files;
        const parts = this.#parse(purl);
        if (file === undefined || parts === undefined || !coversPurl(wanted, parts)) return [];
        if (isSystemType(type) || declaredOnly === true || insideArchive !== undefined) return [];
        return type === 'npm' && file.endsWith('/package.json') ? [file.slice(0, -'package.json'.length)] : [file];
      });
    });
  }

  #indexPackages(): ReadonlyMap<string, readonly InstalledPackage[]> {
    const byName = new Map<string, InstalledPackage[]>();
    for (const installed of this.#packages) {
      const purl = this.#parse(installed.purl);
      if (purl === undefined) continue;
      const same = byName.get(nameKey(purl));
      if (same === undefined) byName.set(nameKey(purl), [installed]);
      else same.push(installed);
    }
    return byName;
  }

  #purlsOf({ names }: VexName): readonly PurlParts[] {
    return names.flatMap((name) => this.#parse(name) ?? []);
  }

  #parse(text: string): PurlParts | undefined {
    if (!this.#parsed.has(text)) this.#parsed.set(text, parsePurl(text));
    return this.#parsed.get(text);
  }
}

function nameKey({ type, namespace, name }: PurlParts): string {
  return JSON.stringify([type, namespace, name]);
}

function liesIn(path: string | undefined, within: readonly string[]): boolean {
  return path !== undefined && within.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}

function isStronger(a: VexStatement, b: VexStatement): boolean {
  const [left, right] = [timeOf(a), timeOf(b)];
  return left === right ? vexStatuses.indexOf(a.status) < vexStatuses.indexOf(b.status) : left > right;
}

/** A time without a zone is UTC, so that the answer does not hang on where it is asked. */
function timeOf({ timestamp }: VexStatement): number {
  if (timestamp === undefined) return -Infinity;
  const time = Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(timestamp) || !timestamp.includes('T') ? timestamp : `${timestamp}Z`);
  return Number.isNaN(time) ? -Infinity : time;
}
