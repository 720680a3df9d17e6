/**
 * pnpm-lock.yaml, of lockfileVersion 5 to 9. Up to 6 each package says itself whether it is for development only; from 9 on `packages` says what there is, `snapshots` who needs whom, and `importers` what the
 * project itself asks for.
 *
 * @see https://github.com/pnpm/spec/tree/master/lockfile
 */
import { MAX_DATABASE_PACKAGES, MAX_RELATIONS } from '../base/limits.ts';
import { yamlLinesOf, type YamlLine } from './yaml-lines.ts';

export interface PnpmPackage {
  /** As a field says, which only those from elsewhere than a registry have. */
  name?: string;
  version?: string;
  isDev?: true;
  /** A folder of the project's own. */
  isFolder?: true;
  readonly dependencies: PnpmDependency[];
  /** 1-based. */
  readonly line: number;
}

/** `version` may be that of a snapshot, `1.0.0(react@18.0.0)`, or name another package, `other@1.0.0`. */
export interface PnpmDependency {
  readonly name: string;
  readonly version: string;
}

/** One document of the file: of two, the first is of pnpm itself. */
export interface PnpmDocument {
  lockfileVersion: number;
  readonly packages: Map<string, PnpmPackage>;
  readonly snapshots: Map<string, PnpmPackage>;
  /** What the project asks for to run, and what to develop. */
  readonly roots: PnpmDependency[];
  readonly devRoots: PnpmDependency[];
  /** 1-based, of lines that are not understood. */
  readonly unknownLines: number[];
  /** True when there was more than the bounds let in. */
  isCut: boolean;
}

/** Returns the documents of a lock file. */
export function parsePnpmLock(text: string): readonly PnpmDocument[] {
  const documents: PnpmDocument[] = [];
  let reader = new DocumentReader();
  for (const line of yamlLinesOf(text)) {
    if (line.kind !== 'document') {
      reader.read(line);
    } else if (!reader.isEmpty) {
      documents.push(reader.document);
      reader = new DocumentReader();
    }
    if (documents.length >= MAX_DOCUMENTS) break;
  }
  if (!reader.isEmpty) documents.push(reader.document);
  return documents;
}

const MAX_DOCUMENTS = 16;
const MAX_UNKNOWN_LINES = 100;
const RUN = new Set(['dependencies', 'optionalDependencies']);
const DEVELOP = new Set(['devDependencies', 'configDependencies', 'packageManagerDependencies']);

class DocumentReader {
  readonly document: PnpmDocument = {
    lockfileVersion: 0,
    packages: new Map(),
    snapshots: new Map(),
    roots: [],
    devRoots: [],
    unknownLines: [],
    isCut: false,
  };
  isEmpty = true;
  /** Keys above the line, by depth. */
  #section = '';
  #entry: PnpmPackage | undefined;
  #group = '';
  #name = '';
  #relations = 0;

  read(line: YamlLine): void {
    this.isEmpty = false;
    if (line.kind === 'unknown') {
      if (this.document.unknownLines.length < MAX_UNKNOWN_LINES) this.document.unknownLines.push(line.line);
    } else if (line.indent === 0) this.#startSection(line);
    else if (this.#section === 'packages' || this.#section === 'snapshots') this.#readPackage(line);
    else if (this.#section === 'importers') this.#readImporter(line, 4);
    // With a single project its dependencies stand at the top.
    else if (RUN.has(this.#section) || DEVELOP.has(this.#section)) this.#readImporter(line, 0);
  }

  #startSection({ key, value }: YamlLine): void {
    this.#section = key;
    this.#group = key;
    this.#entry = undefined;
    if (key === 'lockfileVersion') this.document.lockfileVersion = Number.parseFloat(value);
  }

  #readPackage({ indent, key, value, line }: YamlLine): void {
    if (indent <= 2) {
      this.#entry = { dependencies: [], line };
      this.#group = '';
      const map = this.#section === 'packages' ? this.document.packages : this.document.snapshots;
      if (map.size < MAX_DATABASE_PACKAGES) map.set(key, this.#entry);
      else this.document.isCut = true;
    } else if (this.#entry === undefined) {
      return;
    } else if (indent <= 4) {
      this.#group = value === '' ? key : '';
      if (key === 'name') this.#entry.name = value;
      else if (key === 'version') this.#entry.version = value;
      else if (key === 'dev' && value === 'true') this.#entry.isDev = true;
      else if (key === 'resolution' && value.includes('type: directory')) this.#entry.isFolder = true;
    } else if (RUN.has(this.#group)) this.#relate(this.#entry.dependencies, key, value);
  }

  #readImporter({ indent, key, value }: YamlLine, groupIndent: number): void {
    if (groupIndent > 0 && indent <= groupIndent) {
      this.#group = key;
      return;
    }
    const roots = RUN.has(this.#group) ? this.document.roots : DEVELOP.has(this.#group) ? this.document.devRoots : undefined;
    if (roots === undefined) return;
    if (indent <= groupIndent + 2) {
      this.#name = key;
      if (value !== '') this.#relate(roots, key, value);
    } else if (key === 'version') this.#relate(roots, this.#name, value);
  }

  #relate(dependencies: PnpmDependency[], name: string, version: string): void {
    if (++this.#relations <= MAX_RELATIONS) dependencies.push({ name, version });
    else this.document.isCut = true;
  }
}
