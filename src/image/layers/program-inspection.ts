import { MAX_PROGRAM_BYTES } from '../../foundation/base/limits.ts';
import { detectProgram } from '../../foundation/formats/program-format.ts';
import type { FileEntry } from '../content/detector.ts';
import type { ProgramAnalyzer, ProgramReader } from '../inventory/program-analyzer.ts';
import { PROGRAM_HEAD_BYTES } from '../inventory/program-analyzer.ts';
import type { Inspection } from './inspection.ts';
import { hasProgramName } from './program-path.ts';

/** A smaller file holds nothing that could be told of it. */
const MIN_PROGRAM_BYTES = 512;
const EXECUTABLE = 0o111;

interface OpenReader {
  readonly analyzer: ProgramAnalyzer;
  readonly reader: ProgramReader;
  wantsMore: boolean;
}

/** Gives programs, as their bytes go by, to those who read them. One that throws is named in a problem and harms nobody else. */
export class ProgramInspection {
  readonly #analyzers: readonly ProgramAnalyzer[];
  readonly #inspection: Inspection;
  readonly #head = new Uint8Array(PROGRAM_HEAD_BYTES);
  #headLength = 0;
  #file: FileEntry | undefined;
  #number = 0;
  /** Undefined until the head is there. */
  #readers: readonly OpenReader[] | undefined;

  constructor(analyzers: readonly ProgramAnalyzer[], inspection: Inspection) {
    this.#analyzers = analyzers;
    this.#inspection = inspection;
  }

  /** Returns whether `entry` may be a program, whose bytes come next. */
  expect(entry: FileEntry, number: number): boolean {
    this.#file = undefined;
    if (this.#analyzers.length === 0 || entry.sizeBytes < MIN_PROGRAM_BYTES) return false;
    if ((entry.mode & EXECUTABLE) === 0 && !hasProgramName(entry.path)) return false;
    if (entry.sizeBytes > MAX_PROGRAM_BYTES) {
      const message = `it has ${entry.sizeBytes} bytes; programs of up to ${MAX_PROGRAM_BYTES} are looked into`;
      this.#inspection.problems.add({ code: 'limit-exceeded', message, path: entry.path });
      return false;
    }
    this.#file = entry;
    this.#number = number;
    this.#headLength = 0;
    this.#readers = undefined;
    return true;
  }

  /** Takes the file's next bytes; false when nobody wants more. */
  read(bytes: Uint8Array): boolean {
    const file = this.#file;
    if (file === undefined) return false;
    if (this.#readers !== undefined) return this.#give(file, this.#readers, bytes);
    const needed = Math.min(PROGRAM_HEAD_BYTES, file.sizeBytes);
    if (this.#headLength === 0 && bytes.length >= needed) {
      this.#readers = this.#open(file, bytes.subarray(0, needed));
      return this.#give(file, this.#readers, bytes);
    }
    const taken = bytes.subarray(0, needed - this.#headLength);
    this.#head.set(taken, this.#headLength);
    this.#headLength += taken.length;
    if (this.#headLength < needed) return true;
    const head = this.#head.subarray(0, needed);
    this.#readers = this.#open(file, head);
    const wantsMore = this.#give(file, this.#readers, head);
    return taken.length === bytes.length || !wantsMore ? wantsMore : this.#give(file, this.#readers, bytes.subarray(taken.length));
  }

  /** The file has ended, or nobody wanted the rest. */
  end(): void {
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return;
    for (const { analyzer, reader } of this.#readers ?? []) this.#inspection.keepAnswer(analyzer, file.path, this.#number, () => reader.finish());
  }

  #open(file: FileEntry, head: Uint8Array): readonly OpenReader[] {
    const format = detectProgram(head);
    if (format === undefined) return [];
    const open: OpenReader[] = [];
    for (const analyzer of this.#analyzers) {
      try {
        const reader = analyzer.open({ path: file.path, sizeBytes: file.sizeBytes, format, head });
        if (reader !== undefined) open.push({ analyzer, reader, wantsMore: true });
      } catch (error) {
        this.#inspection.failed(analyzer, file.path, error);
      }
    }
    return open;
  }

  #give(file: FileEntry, readers: readonly OpenReader[], bytes: Uint8Array): boolean {
    let anyWantsMore = false;
    for (const open of readers) {
      if (!open.wantsMore) continue;
      try {
        open.wantsMore = open.reader.read(bytes);
      } catch (error) {
        open.wantsMore = false;
        this.#inspection.failed(open.analyzer, file.path, error);
      }
      anyWantsMore ||= open.wantsMore;
    }
    return anyWantsMore;
  }
}
