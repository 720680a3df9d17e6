import { MAX_ANALYZED_FILE_BYTES } from '../../foundation/base/limits.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { Problem, ProblemCode } from '../../foundation/model/problem.ts';
import type { Detector, FileEntry } from '../content/detector.ts';
import type { ImageInterests } from '../interests.ts';
import type { Analyzer } from '../inventory/analyzer.ts';
import type { FileRecords, LayerHit } from './inspection.ts';
import { Inspection, NOBODY } from './inspection.ts';
import { LargeFileInspection } from './large-file-inspection.ts';
import { LayerTree } from './layer-tree.ts';
import { ProgramInspection } from './program-inspection.ts';
import type { ContentWish, LayerVisitor } from './visit-entries.ts';
import type { LayerRange, WalkedLayer } from './walk-layer.ts';
import { walkLayer, walkLayerRange } from './walk-layer.ts';

/** A link that somebody wants to read, and whose target he has not been given. */
export interface UnreadLink {
  readonly entry: FileEntry;
  readonly number: number;
  readonly target: ImagePath;
  readonly analyzers: readonly Analyzer[];
  readonly detectors: readonly Detector[];
}

/** What was found in files, of a layer or of a folder. */
export interface FilesAnalysis {
  /** Absent for a folder, which has no bytes of its own. */
  readonly walked?: WalkedLayer;
  readonly tree: LayerTree;
  readonly records: readonly FileRecords[];
  readonly hits: readonly LayerHit[];
  readonly hardlinks: readonly UnreadLink[];
  /** Symbolic links at a path that an analyzer of databases wants: where they lead is known when all layers are. */
  readonly symlinks: readonly { readonly path: ImagePath; readonly number: number; readonly analyzer: Analyzer }[];
  /** Without `layer`, which is not known yet. */
  readonly problems: readonly Problem[];
}

/** All that is known of a layer by itself, whatever its place in an image. */
export interface LayerAnalysis extends FilesAnalysis {
  readonly walked: WalkedLayer;
}

/** Returns what `interests` find in the layer whose stored bytes are `stored`; `windows` and `sizeBytes` as in walkLayer. Errors of `stored` pass through, as does an abort. */
export async function analyzeLayer(
  stored: AsyncIterable<Uint8Array>,
  interests: ImageInterests,
  signal?: AbortSignal,
  windows?: boolean,
  sizeBytes?: number,
): Promise<LayerAnalysis> {
  const visitor = new AnalyzingVisitor(interests);
  const walked = await walkLayer(stored, visitor, signal, windows, sizeBytes);
  return { ...visitor.finish(), walked };
}

/** Returns the same of an uncompressed layer in a file. Throws as walkLayerRange does. */
export async function analyzeLayerRange(
  range: LayerRange,
  interests: ImageInterests,
  signal?: AbortSignal,
  windows?: boolean,
): Promise<LayerAnalysis> {
  const visitor = new AnalyzingVisitor(interests);
  const walked = await walkLayerRange(range, visitor, signal, windows);
  return { ...visitor.finish(), walked };
}

/** Returns what `interests` find in the files that `walk` tells of. Its errors pass through. */
export async function analyzeTree(walk: (visitor: LayerVisitor) => Promise<void>, interests: ImageInterests): Promise<FilesAnalysis> {
  const visitor = new AnalyzingVisitor(interests);
  await walk(visitor);
  return visitor.finish();
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
  readonly #programs: ProgramInspection;
  readonly #largeFiles: LargeFileInspection;

  constructor(interests: ImageInterests) {
    this.#inspection = new Inspection(interests);
    this.#largeFiles = new LargeFileInspection(this.#inspection);
    this.#programs = new ProgramInspection(interests.programs ?? NOBODY, this.#inspection);
  }

  entry(entry: FileEntry): ContentWish {
    const number = this.#tree.add(entry.path, entry.type, entry.sizeBytes, entry.linkTarget ?? '');
    this.#number = number;
    this.#inspection.inspectEntry(entry, number);
    if (entry.type === 'directory') this.#inspection.inspectFolder(entry.path, number);
    if (entry.type === 'hardlink') this.#noteHardlink(entry, number);
    if (entry.type === 'symlink') {
      for (const analyzer of this.#inspection.wanting(entry.path))
        if (analyzer.scope === 'database') this.#symlinks.push({ path: entry.path, number, analyzer });
    }
    if (entry.type !== 'file') return 'none';
    this.#analyzers = this.#inspection.wanting(entry.path);
    const isLarge = this.#analyzers.length > 0 && entry.sizeBytes > MAX_ANALYZED_FILE_BYTES;
    const isRead = this.#largeFiles.expect(entry, number, isLarge ? this.#analyzers : NOBODY);
    if (isLarge) {
      if (!isRead) this.problem('limit-exceeded', `it has ${entry.sizeBytes} bytes; at most ${MAX_ANALYZED_FILE_BYTES} are read`, entry.path);
      this.#analyzers = NOBODY;
    }
    this.#detectors = this.#inspection.detectorsWanting(entry);
    const mayBeProgram = this.#programs.expect(entry, number);
    if (this.#analyzers.length > 0 || this.#detectors.length > 0) return 'whole';
    return mayBeProgram || isRead ? 'pieces' : 'none';
  }

  content(entry: FileEntry, bytes: Uint8Array): void {
    this.#inspection.inspectContent(entry, this.#number, bytes, this.#analyzers, this.#detectors);
    this.#programs.read(bytes);
    this.#programs.end();
  }

  piece(bytes: Uint8Array): boolean {
    const forPrograms = this.#programs.read(bytes);
    return this.#largeFiles.read(bytes) || forPrograms;
  }

  pieceEnd(): void {
    this.#programs.end();
    this.#largeFiles.end();
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

  finish(): FilesAnalysis {
    this.#inspection.analyzeHeld();
    const { hits, problems } = this.#inspection;
    return {
      tree: this.#tree,
      // What is there twice is what it was the last time: a file that became a folder is one no more.
      records: this.#inspection.listRecords().filter(({ path, number }) => this.#tree.numberOf(path) === number),
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
    this.#inspection.copyProgramRecords(target, entry.path, number);
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
