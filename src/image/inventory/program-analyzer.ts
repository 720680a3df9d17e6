import type { Parsed } from '../../foundation/base/result.ts';
import type { ProgramFormat } from '../../foundation/formats/program-format.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import type { AnalyzedRecords } from './analyzer.ts';

/**
 * The contract of an analyzer of programs: executables and shared libraries tell what they are, and what was built into them, somewhere among their bytes. They are too large to be handed over whole, so the bytes are
 * given as they go by. The engine finds out which files are programs (ELF, PE, Mach-O by their first bytes) and bounds their size (MAX_PROGRAM_BYTES); an analyzer does no I/O, does not throw on input, and keeps
 * little of what goes by, within a bound of its own.
 *
 * To add one: a file in analyzers/program named after its id that exports `analyzer`, a test of the same name; `npm run gen` registers it.
 */
export interface ProgramAnalyzer {
  /** Equals the file name: 'go-build-info'. */
  readonly id: string;
  /** Raised when the same bytes would give another result: part of the layer cache's key. */
  readonly version: number;
  /** Each program is its own record: it belongs to the layer that holds the file. */
  readonly scope: 'file';
  /** Returns who reads the program; undefined when it is none of this analyzer's. */
  open(file: ProgramFile): ProgramReader | undefined;
}

export interface ProgramFile {
  readonly path: ImagePath;
  readonly sizeBytes: number;
  readonly format: ProgramFormat;
  /** The first bytes, valid during the call only: at least PROGRAM_HEAD_BYTES unless the file is smaller. `read` is given them again. */
  readonly head: Uint8Array;
}

/** Bytes of a program that are there when it is decided who reads it: the headers of an ELF file and the sections' table of a PE file mostly lie in them. */
export const PROGRAM_HEAD_BYTES = 4096;

export interface ProgramReader {
  /** Takes the next bytes, from the first on; valid during the call only. False when no more are needed. */
  read(bytes: Uint8Array): boolean;
  /** Returns what the program says, once all bytes were read or no more were needed. */
  finish(): Parsed<AnalyzedRecords>;
}
