import type { Distro } from '../../foundation/model/image.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { Parsed } from '../../foundation/base/result.ts';

/**
 * The contract of an inventory analyzer: from the bytes of one file to the packages it records, one parsing logic a file.
 *
 * `wants` is asked for every path that has one of `names`, so it must be cheap: compare strings, allocate nothing. The engine opens the file, bounds its size
 * (MAX_ANALYZED_FILE_BYTES) and hands over the bytes; an analyzer does no I/O and does not throw on input: what it cannot read becomes a problem.
 *
 * To add one: a file in analyzers/os or analyzers/language named after its id that exports `analyzer`, a test of the same name; `npm run gen` registers it.
 */
export interface Analyzer {
  /** Equals the file name: 'dpkg-status'. */
  readonly id: string;
  /** Raised when the same bytes would give another result: part of the layer cache's key. */
  readonly version: number;
  /**
   * How a result relates to the file it came from.
   * 'database': the file lists every package there is; the copy in a higher layer replaces the one below, and a package belongs to the first layer whose copy lists that version.
   * 'file': each file is one package; it belongs to the layer that holds the file.
   * 'addition': the file says what its layer adds to what those below say; the copy in a higher layer replaces nothing.
   */
  readonly scope: 'database' | 'file' | 'addition';
  /** A second file that `wants` says yes to and that belongs to the first: the ending its name has beside that of the first (`-wal`), or its own name in the same folder (`go.sum`). Both are then given together when a layer has both, and each by itself when it has not. */
  readonly companion?: string | { readonly name: string };
  /** A system has one such database: what a copy under another name says is not said a second time. */
  readonly isUnique?: true;
  /**
   * Names that a file must have for `wants` to be asked at all: last parts of paths (`go.mod`), or their endings from the last dot on (`*.json`), in any case. Every path that `wants` says yes to has one of them.
   * Without this, `wants` is asked of every path: only where a folder alone decides.
   */
  readonly names?: readonly string[];
  wants(path: ImagePath): boolean;
  analyze(file: AnalyzedFile): Parsed<AnalyzedRecords>;
  /** Returns who reads a file that is too large to be handed over whole, as its bytes go by. Without this, such a file is a problem. */
  open?(path: ImagePath): FileReader;
  /** The package that a folder is by its name alone, whatever lies in it. Asked for every folder, so it must be as cheap as `wants`. */
  fromFolder?(path: ImagePath): AnalyzedPackage | undefined;
}

export interface FileReader {
  /** Takes the next bytes, from the first on; valid during the call only. False when no more are needed. */
  read(bytes: Uint8Array): boolean;
  /** Returns what the file says, once all bytes were read or no more were needed. */
  finish(): Parsed<AnalyzedRecords>;
}

export interface AnalyzedFile {
  readonly path: ImagePath;
  readonly bytes: Uint8Array;
  /** The bytes of the analyzer's companion of this file, when the same layer has it. */
  readonly companion?: Uint8Array;
}

/** What one file says. A package here has no purl qualifier that needs the distro, and no layer: the engine adds both. */
export interface AnalyzedRecords {
  readonly packages?: readonly AnalyzedPackage[];
  /** Of scope 'addition': places, as in `insideArchive`, of which nothing that layers below told is there any more: each itself, and what follows it after a backslash. */
  readonly removes?: readonly string[];
  /** Licences of the package of dpkg whose documentation the file is in. */
  readonly licenses?: readonly string[];
  /** What the file says of the distribution. One that gives no id adds to what another file names. */
  readonly distro?: DistroRecord;
  /** Paths that an OS package owns, walked once: what a language analyzer reads from one of them is that OS package, and is not reported a second time. */
  readonly ownedPaths?: Iterable<ImagePath>;
  /** Paths of packages that somebody else than the distribution built, each with its package's name: no distribution's advisories speak for them, so what is read from them is reported, as brought by that package. */
  readonly vendorPaths?: Iterable<readonly [path: ImagePath, packageName: string]>;
}

export interface DistroRecord extends Partial<Distro> {
  /** Windows: the last part of the version, from a file that gives no more of it. */
  readonly windowsRevision?: number;
}

export type AnalyzedPackage = Omit<InstalledPackage, 'purl' | 'layer' | 'files'>;
