import { MAX_ANALYZED_FILE_BYTES, MAX_CONTENT_FILE_BYTES, MAX_FINDINGS_PER_FILE, MAX_HITS_PER_LAYER } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { Problem, ProblemCode } from '../../foundation/model/problem.ts';
import type { Detector, DetectorHit, FileEntry } from '../content/detector.ts';
import type { ImageInterests } from '../interests.ts';
import type { AnalyzedPackage, AnalyzedRecords, Analyzer } from '../inventory/analyzer.ts';
import type { Distro } from '../../foundation/model/image.ts';
import { ProblemLog } from '../problem-log.ts';
import { LayerTree } from './layer-tree.ts';
import type { LayerVisitor, WalkedLayer } from './walk-layer.ts';
import { walkLayer } from './walk-layer.ts';

/** What one analyzer read from one file of a layer. */
export interface FileRecords {
  readonly analyzer: Analyzer;
  readonly path: ImagePath;
  /** The entry's number in the layer's tree. */
  readonly number: number;
  readonly packages: readonly AnalyzedPackage[];
  readonly distro?: Distro;
  /** Those of the paths that it says an OS package owns which some analyzer of single files wants. */
  readonly ownedPaths: readonly ImagePath[];
}

/** What one detector saw in one entry of a layer. */
export interface LayerHit {
  readonly detector: Detector;
  readonly path: ImagePath;
  readonly number: number;
  readonly hit: DetectorHit;
}

/** A link that somebody wants to read, and whose target he has not been given. */
export interface UnreadLink {
  readonly entry: FileEntry;
  readonly number: number;
  readonly target: ImagePath;
  readonly analyzers: readonly Analyzer[];
  readonly detectors: readonly Detector[];
}

/** All that is known of a layer by itself, whatever its place in an image. */
export interface LayerAnalysis {
  readonly walked: WalkedLayer;
  readonly tree: LayerTree;
  readonly records: readonly FileRecords[];
  readonly hits: readonly LayerHit[];
  readonly hardlinks: readonly UnreadLink[];
  /** Symbolic links at a path that an analyzer of databases wants: where they lead is known when all layers are. */
  readonly symlinks: readonly { readonly path: ImagePath; readonly number: number; readonly analyzer: Analyzer }[];
  /** Without `layer`, which is not known yet. */
  readonly problems: readonly Problem[];
}

/** Returns what `interests` find in the layer whose stored bytes are `stored`. Errors of `stored` pass through, as does an abort. */
export async function analyzeLayer(stored: AsyncIterable<Uint8Array>, interests: ImageInterests, signal?: AbortSignal): Promise<LayerAnalysis> {
  const visitor = new AnalyzingVisitor(interests);
  const walked = await walkLayer(stored, visitor, signal);
  return visitor.finish(walked);
}

/** Gives files to analyzers and detectors and keeps what they say. One that throws is named in a problem and harms nobody else. */
class AnalyzingVisitor implements LayerVisitor {
  readonly #inspection: Inspection;
  readonly #tree = new LayerTree();
  readonly #hardlinks: UnreadLink[] = [];
  readonly #symlinks: { path: ImagePath; number: number; analyzer: Analyzer }[] = [];
  #number = 0;
  #analyzers: readonly Analyzer[] = [];
  #detectors: readonly Detector[] = [];

  constructor(interests: ImageInterests) {
    this.#inspection = new Inspection(interests);
  }

  entry(entry: FileEntry): boolean {
    const number = this.#tree.add(entry.path, entry.type, entry.sizeBytes, entry.linkTarget ?? '');
    this.#number = number;
    this.#inspection.inspectEntry(entry, number);
    if (entry.type === 'hardlink') this.#noteHardlink(entry, number);
    if (entry.type === 'symlink') {
      for (const analyzer of this.#inspection.wanting(entry.path))
        if (analyzer.scope === 'database') this.#symlinks.push({ path: entry.path, number, analyzer });
    }
    if (entry.type !== 'file') return false;
    this.#analyzers = this.#inspection.wanting(entry.path);
    if (this.#analyzers.length > 0 && entry.sizeBytes > MAX_ANALYZED_FILE_BYTES) {
      this.problem('limit-exceeded', `it has ${entry.sizeBytes} bytes; at most ${MAX_ANALYZED_FILE_BYTES} are read`, entry.path);
      this.#analyzers = NOBODY;
    }
    this.#detectors = this.#inspection.detectorsWanting(entry);
    return this.#analyzers.length > 0 || this.#detectors.length > 0;
  }

  content(entry: FileEntry, bytes: Uint8Array): void {
    this.#inspection.inspectContent(entry, this.#number, bytes, this.#analyzers, this.#detectors);
  }

  whiteout(path: ImagePath): void {
    this.#tree.addWhiteout(path);
  }

  opaque(directory: string): void {
    this.#tree.addOpaque(directory);
  }

  problem(code: ProblemCode, message: string, path?: string): void {
    this.#inspection.problems.add({ code, message, ...(path !== undefined && { path }) });
  }

  finish(walked: WalkedLayer): LayerAnalysis {
    const { hits, problems } = this.#inspection;
    return {
      walked,
      tree: this.#tree,
      records: this.#inspection.listRecords(),
      hits,
      hardlinks: this.#hardlinks,
      symlinks: this.#symlinks,
      problems: problems.list(),
    };
  }

  /** A hard link is the file it links to. Who was given that file is not given it again: its records count for both names. */
  #noteHardlink(entry: FileEntry, number: number): void {
    const target = toImagePath(entry.linkTarget ?? '');
    if (target === undefined || target === entry.path) return;
    const unread: Analyzer[] = [];
    for (const analyzer of this.#inspection.wanting(entry.path)) {
      if (!this.#inspection.copyRecords(analyzer, target, entry.path, number)) unread.push(analyzer);
    }
    const asFile: FileEntry = { ...entry, type: 'file', sizeBytes: this.#tree.sizeOf(target) };
    const detectors = this.#inspection
      .detectorsWanting(asFile)
      .filter((detector) => !this.#inspection.wantsContent(detector, { ...asFile, path: target }));
    if (unread.length > 0 || detectors.length > 0) this.#hardlinks.push({ entry: asFile, number, target, analyzers: unread, detectors });
  }
}

const NOBODY: readonly never[] = [];

/** Calls analyzers and detectors, and bounds and keeps what they answer. */
export class Inspection {
  readonly #records = new Map<Analyzer, Map<ImagePath, FileRecords>>();
  readonly hits: LayerHit[] = [];
  readonly problems = new ProblemLog();
  readonly #interests: ImageInterests;
  readonly #ownedWanted: readonly Analyzer[];
  /** Ids that failed where no file is to blame, and are not asked again. */
  readonly #failed = new Set<string>();
  #hitsLeftOut = false;

  constructor(interests: ImageInterests) {
    this.#interests = interests;
    this.#ownedWanted = interests.analyzers.filter((analyzer) => analyzer.scope === 'file');
  }

  /** Returns the analyzers that want the file at `path`. */
  wanting(path: ImagePath): readonly Analyzer[] {
    let wanting: Analyzer[] | undefined;
    for (const analyzer of this.#interests.analyzers) {
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

  inspectContent(entry: FileEntry, number: number, bytes: Uint8Array, analyzers: readonly Analyzer[], detectors: readonly Detector[]): void {
    for (const analyzer of analyzers) this.analyze(analyzer, entry.path, number, bytes);
    for (const detector of detectors) this.#keepHits(detector, entry.path, number, () => detector.inspectContent?.(entry, bytes) ?? []);
  }

  /** Gives a file to one analyzer. */
  analyze(analyzer: Analyzer, path: ImagePath, number: number, bytes: Uint8Array): void {
    try {
      const { value, problems } = analyzer.analyze({ path, bytes });
      this.#keepRecords(this.#toRecords(analyzer, path, number, value));
      for (const problem of problems)
        this.problems.add({ code: 'malformed', message: problem.message, path, ...(problem.line !== undefined && { line: problem.line }) });
    } catch (error) {
      this.problems.add({ code: 'detector-failed', message: `the ${analyzer.id} analyzer failed on it: ${messageOf(error)}`, path });
    }
  }

  /** Says of `path` what `analyzer` said of `original`; false when it has said nothing. */
  copyRecords(analyzer: Analyzer, original: ImagePath, path: ImagePath, number: number): boolean {
    const found = this.#records.get(analyzer)?.get(original);
    if (found !== undefined) this.#keepRecords({ ...found, path, number });
    return found !== undefined;
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

  #toRecords(analyzer: Analyzer, path: ImagePath, number: number, value: AnalyzedRecords): FileRecords {
    const ownedPaths: ImagePath[] = [];
    for (const owned of value.ownedPaths ?? []) if (this.#ownedWanted.some((other) => other.wants(owned))) ownedPaths.push(owned);
    return { analyzer, path, number, packages: value.packages ?? [], ownedPaths, ...(value.distro !== undefined && { distro: value.distro }) };
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
