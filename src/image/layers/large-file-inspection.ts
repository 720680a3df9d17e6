import { MAX_PROGRAM_BYTES } from '../../foundation/base/limits.ts';
import type { FileEntry } from '../content/detector.ts';
import type { Analyzer, FileReader } from '../inventory/analyzer.ts';
import type { Inspection } from './inspection.ts';

/** One analyzer that reads the file which is going by. */
interface OpenReader {
  readonly analyzer: Analyzer;
  readonly reader: FileReader;
  wantsMore: boolean;
}

/** Gives files that are too large to be held, as their bytes go by, to the analyzers that can read them so. One that throws is named in a problem and harms nobody else. */
export class LargeFileInspection {
  readonly #inspection: Inspection;
  #file: FileEntry | undefined;
  #number = 0;
  #readers: readonly OpenReader[] = [];

  constructor(inspection: Inspection) {
    this.#inspection = inspection;
  }

  /** Returns whether one of `analyzers`, who want the file, reads it; its bytes come next. To be called for every file: it forgets the one before. */
  expect(entry: FileEntry, number: number, analyzers: readonly Analyzer[]): boolean {
    this.#file = entry;
    this.#number = number;
    this.#readers = [];
    if (analyzers.length > 0 && entry.sizeBytes <= MAX_PROGRAM_BYTES) this.#readers = analyzers.flatMap((analyzer) => this.#open(analyzer, entry));
    return this.#readers.length > 0;
  }

  /** Takes the file's next bytes; false when nobody wants more. */
  read(bytes: Uint8Array): boolean {
    let anyWantsMore = false;
    for (const open of this.#readers) {
      if (!open.wantsMore) continue;
      try {
        open.wantsMore = open.reader.read(bytes);
      } catch (error) {
        open.wantsMore = false;
        this.#fail(open.analyzer, error);
      }
      anyWantsMore ||= open.wantsMore;
    }
    return anyWantsMore;
  }

  /** The file has ended, or nobody wanted the rest. */
  end(): void {
    const file = this.#file;
    const readers = this.#readers;
    this.#file = undefined;
    this.#readers = [];
    if (file === undefined) return;
    for (const { analyzer, reader } of readers) this.#inspection.keepAnswer(analyzer, file.path, this.#number, () => reader.finish());
  }

  #open(analyzer: Analyzer, entry: FileEntry): readonly OpenReader[] {
    try {
      const reader = analyzer.open?.(entry.path);
      return reader === undefined ? [] : [{ analyzer, reader, wantsMore: true }];
    } catch (error) {
      this.#fail(analyzer, error);
      return [];
    }
  }

  #fail(analyzer: Analyzer, error: unknown): void {
    if (this.#file !== undefined) this.#inspection.failed(analyzer, this.#file.path, error);
  }
}
