import type { Parsed } from '../../../../foundation/base/result.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../analyzer.ts';
import type { ProgramAnalyzer, ProgramFile, ProgramReader } from '../../program-analyzer.ts';
import type { Found } from '../../stream-search.ts';
import { StreamSearch } from '../../stream-search.ts';
import type { KnownProgram } from './known-programs.data.ts';
import { knownPrograms } from './known-programs.data.ts';

/**
 * Programs and libraries that were copied into an image without a package manager, by the version that stands among their bytes. Which file is looked into for what is told by its name; what an operating system's
 * package owns is dropped later, where it is known.
 */
export const analyzer: ProgramAnalyzer = {
  id: 'known-programs',
  version: 1,
  scope: 'file',
  open,
};

/** Any of the names: asked of every program, of which most are none of these. */
const anyFile = new RegExp(knownPrograms.map(({ files }) => files.source).join('|'));

function open(file: ProgramFile): ProgramReader | undefined {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  if (!anyFile.test(name)) return undefined;
  const candidates = knownPrograms.filter(({ files }) => files.test(name));
  return candidates.length === 0 ? undefined : new KnownProgramReader(candidates);
}

class KnownProgramReader implements ProgramReader {
  readonly #search: StreamSearch;
  readonly #missing: Set<string>;
  readonly #packages: AnalyzedPackage[] = [];

  constructor(candidates: readonly KnownProgram[]) {
    this.#missing = new Set(candidates.map(({ name }) => name));
    this.#search = new StreamSearch(
      candidates.map((program) => ({
        bytes: Buffer.from(program.needle, 'latin1'),
        before: program.before ?? 0,
        after: program.after ?? 80,
        take: (found) => this.#take(program, found),
      })),
    );
  }

  read(bytes: Uint8Array): boolean {
    this.#search.read(bytes);
    return this.#missing.size > 0;
  }

  finish(): Parsed<AnalyzedRecords> {
    this.#search.end();
    return { value: { packages: this.#packages }, problems: [] };
  }

  #take(program: KnownProgram, { bytes }: Found): number {
    // Several entries of one product tell the same version, so whichever comes first ends the search for it.
    if (!this.#missing.has(program.name)) return 0;
    const groups = program.version.exec(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
    if (groups === null) return 0;
    const parts = groups.slice(1);
    const version = parts.length === 1 ? parts[0] : parts.map(Number).join('.');
    if (version === undefined || version === '') return 0;
    this.#packages.push({ type: 'generic', name: program.name, version });
    this.#missing.delete(program.name);
    return 0;
  }
}
