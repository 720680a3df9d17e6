import { MAX_CONTENT_FILE_BYTES, MAX_FINDINGS_PER_FILE, MAX_HITS_PER_LAYER } from '../../foundation/base/limits.ts';
import { messageOf, type Parsed } from '../../foundation/base/result.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import type { Detector, DetectorHit, FileEntry } from '../content/detector.ts';
import type { ImageInterests } from '../interests.ts';
import { AnalyzerIndex } from '../inventory/analyzer-index.ts';
import type { AnalyzedPackage, AnalyzedRecords, Analyzer, DistroRecord } from '../inventory/analyzer.ts';
import { ProblemLog } from '../problem-log.ts';
import { HeldFiles } from './held-files.ts';
import { mayBeProgramPath } from './program-path.ts';

/** Who made a record: an analyzer of files or of programs. */
export type RecordMaker = Pick<Analyzer, 'id' | 'version' | 'scope' | 'isUnique'>;

/** What one analyzer read from one file of a layer. */
export interface FileRecords {
  readonly analyzer: RecordMaker;
  readonly path: ImagePath;
  /** The entry's number in the layer's tree. */
  readonly number: number;
  readonly packages: readonly AnalyzedPackage[];
  /** Set for a program that is a hard link: the first name of the same file in the layer. */
  readonly sameFileAs?: ImagePath;
  /** Of scope 'addition': places, as in `insideArchive`, of which nothing that layers below told is there any more. */
  readonly removes?: readonly string[];
  /** Of the package of dpkg whose documentation the file is in. */
  readonly licenses?: readonly string[];
  readonly distro?: DistroRecord;
  /** Those of the paths that it says an OS package owns which some analyzer of single files wants, or which may be programs. */
  readonly ownedPaths: readonly ImagePath[];
  /** Likewise, of packages that somebody else than the distribution built. Absent when there are none. */
  readonly vendorPaths?: readonly (readonly [path: ImagePath, packageName: string])[];
}

/** What one detector saw in one entry of a layer. */
export interface LayerHit {
  readonly detector: Detector;
  readonly path: ImagePath;
  readonly number: number;
  readonly hit: DetectorHit;
}

export const NOBODY: readonly never[] = [];

/** Calls analyzers and detectors, and bounds and keeps what they answer. */
export class Inspection {
  readonly #records = new Map<RecordMaker, Map<ImagePath, FileRecords>>();
  readonly hits: LayerHit[] = [];
  readonly problems = new ProblemLog();
  readonly #interests: ImageInterests;
  readonly #index: AnalyzerIndex<Analyzer>;
  /** Ids that failed where no file is to blame, and are not asked again. */
  readonly #failed = new Set<string>();
  readonly #held = new HeldFiles();
  readonly #folderReaders: readonly Analyzer[];
  #hitsLeftOut = false;

  constructor(interests: ImageInterests) {
    this.#interests = interests;
    this.#index = new AnalyzerIndex(interests.analyzers);
    this.#folderReaders = interests.analyzers.filter((analyzer) => analyzer.fromFolder !== undefined);
  }

  /** Returns the analyzers that want the file at `path`. */
  wanting(path: ImagePath): readonly Analyzer[] {
    let wanting: Analyzer[] | undefined;
    for (const analyzer of this.#index.candidates(path)) {
      try {
        if (!this.#failed.has(analyzer.id) && analyzer.wants(path)) (wanting ??= []).push(analyzer);
      } catch (error) {
        this.#giveUp(analyzer.id, path, error);
      }
    }
    return wanting ?? NOBODY;
  }

  /** Returns the detectors that want the content of `entry`: of a file within bounds only. */
  detectorsWanting(entry: FileEntry): readonly Detector[] {
    if (entry.sizeBytes > MAX_CONTENT_FILE_BYTES) return NOBODY;
    let wanting: Detector[] | undefined;
    for (const detector of this.#interests.detectors) if (this.wantsContent(detector, entry)) (wanting ??= []).push(detector);
    return wanting ?? NOBODY;
  }

  /** True when `detector` wants the content of `entry`, and so has been given it if it came by. */
  wantsContent(detector: Detector, entry: FileEntry): boolean {
    if (detector.wantsContent === undefined || this.#failed.has(detector.id)) return false;
    try {
      return detector.wantsContent(entry);
    } catch (error) {
      this.#giveUp(detector.id, entry.path, error);
      return false;
    }
  }

  inspectEntry(entry: FileEntry, number: number): void {
    for (const detector of this.#interests.detectors) {
      if (detector.inspectEntry !== undefined) this.#keepHits(detector, entry.path, number, () => detector.inspectEntry?.(entry) ?? []);
    }
  }

  /** Keeps the packages that the folder at `path` is by its name. */
  inspectFolder(path: ImagePath, number: number): void {
    for (const analyzer of this.#folderReaders) {
      if (this.#failed.has(analyzer.id)) continue;
      try {
        const record = analyzer.fromFolder?.(path);
        if (record !== undefined) this.#keepRecords(this.#toRecords(analyzer, path, number, { packages: [record] }));
      } catch (error) {
        this.#giveUp(analyzer.id, path, error);
      }
    }
  }

  inspectContent(entry: FileEntry, number: number, bytes: Uint8Array, analyzers: readonly Analyzer[], detectors: readonly Detector[]): void {
    for (const analyzer of analyzers) this.analyze(analyzer, entry.path, number, bytes);
    for (const detector of detectors) this.#keepHits(detector, entry.path, number, () => detector.inspectContent?.(entry, bytes) ?? []);
  }

  /** Gives a file to one analyzer, at once or, when it may have a companion, after the last file. */
  analyze(analyzer: Analyzer, path: ImagePath, number: number, bytes: Uint8Array): void {
    if (analyzer.companion !== undefined && this.#held.keep(analyzer, path, number, bytes)) return;
    this.keepAnswer(analyzer, path, number, () => analyzer.analyze({ path, bytes }));
  }

  /** Gives analyzers the files that were kept for them: to be called when no more files come, before anything is listed. */
  analyzeHeld(): void {
    for (const { analyzer, number, file } of this.#held.takeAll()) this.keepAnswer(analyzer, file.path, number, () => analyzer.analyze(file));
  }

  /** Keeps what `maker` answers about `path`; that it throws is a problem. */
  keepAnswer(maker: RecordMaker, path: ImagePath, number: number, answer: () => Parsed<AnalyzedRecords>): void {
    try {
      const { value, problems } = answer();
      this.#keepRecords(this.#toRecords(maker, path, number, value));
      for (const problem of problems)
        this.problems.add({
          code: problem.isWholeFile === true ? 'unreadable-file' : 'malformed',
          message: problem.message,
          path,
          ...(problem.line !== undefined && { line: problem.line }),
        });
    } catch (error) {
      this.failed(maker, path, error);
    }
  }

  /** Notes that `maker` threw on the file at `path`. */
  failed(maker: RecordMaker, path: ImagePath, error: unknown): void {
    this.problems.add({ code: 'detector-failed', message: `the ${maker.id} analyzer failed on it: ${messageOf(error)}`, path });
  }

  /** Says of `path` what `analyzer` said of `original`; false when it has said nothing. */
  copyRecords(analyzer: Analyzer, original: ImagePath, path: ImagePath, number: number): boolean {
    const found = this.#records.get(analyzer)?.get(original);
    if (found !== undefined) this.#keepRecords({ ...found, path, number });
    return found !== undefined;
  }

  /** Says of the hard link at `path` what analyzers of programs said of `original`. */
  copyProgramRecords(original: ImagePath, path: ImagePath, number: number): void {
    for (const maker of this.#interests.programs ?? NOBODY) {
      const found = this.#records.get(maker)?.get(original);
      if (found !== undefined) this.#keepRecords({ ...found, path, number, sameFileAs: found.sameFileAs ?? original });
    }
  }

  /** Returns what analyzers said, of each file the last that they said of it. */
  listRecords(): readonly FileRecords[] {
    return [...this.#records.values()].flatMap((byPath) => [...byPath.values()]);
  }

  #keepRecords(records: FileRecords): void {
    const byPath = this.#records.get(records.analyzer);
    if (byPath === undefined) this.#records.set(records.analyzer, new Map([[records.path, records]]));
    else byPath.set(records.path, records);
  }

  #toRecords(analyzer: RecordMaker, path: ImagePath, number: number, value: AnalyzedRecords): FileRecords {
    const ownedPaths: ImagePath[] = [];
    for (const owned of value.ownedPaths ?? []) if (this.#mayBeRead(owned)) ownedPaths.push(owned);
    const vendorPaths: (readonly [ImagePath, string])[] = [];
    for (const owned of value.vendorPaths ?? []) if (this.#mayBeRead(owned[0])) vendorPaths.push(owned);
    return {
      analyzer,
      path,
      number,
      packages: value.packages ?? [],
      ownedPaths,
      ...(vendorPaths.length > 0 && { vendorPaths }),
      ...(value.removes !== undefined && value.removes.length > 0 && { removes: value.removes }),
      ...(value.licenses !== undefined && { licenses: value.licenses }),
      ...(value.distro !== undefined && { distro: value.distro }),
    };
  }

  #mayBeRead(path: ImagePath): boolean {
    const looksIntoPrograms = (this.#interests.programs ?? NOBODY).length > 0;
    return (looksIntoPrograms && mayBeProgramPath(path)) || this.#index.candidates(path).some((other) => other.wants(path));
  }

  #keepHits(detector: Detector, path: ImagePath, number: number, look: () => Iterable<DetectorHit>): void {
    if (this.#failed.has(detector.id)) return;
    try {
      let count = 0;
      for (const hit of look()) {
        if (++count > MAX_FINDINGS_PER_FILE) {
          this.problems.add({
            code: 'limit-exceeded',
            message: `the ${detector.id} detector found more than ${MAX_FINDINGS_PER_FILE} things in it; the rest is left out`,
            path,
          });
          return;
        }
        if (this.hits.length >= MAX_HITS_PER_LAYER) {
          if (!this.#hitsLeftOut)
            this.problems.add({
              code: 'limit-exceeded',
              message: `detectors found more than ${MAX_HITS_PER_LAYER} things in one layer; the rest is left out`,
            });
          this.#hitsLeftOut = true;
          return;
        }
        this.hits.push({ detector, path, number, hit });
      }
    } catch (error) {
      this.problems.add({ code: 'detector-failed', message: `the ${detector.id} detector failed on it: ${messageOf(error)}`, path });
    }
  }

  /** Those asked for every file: one that throws once is not given the chance to do it a million times. */
  #giveUp(id: string, path: ImagePath, error: unknown): void {
    this.#failed.add(id);
    this.problems.add({ code: 'detector-failed', message: `${id} failed and looked at nothing more of this layer: ${messageOf(error)}`, path });
  }
}
