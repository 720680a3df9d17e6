/**
 * Files that are wanted under a name which is only a link to them. A stream has passed the file before it is known that a link to it matters, so such files are read in a second pass over the image. Few images need one:
 * most links lead to a file that was wanted under its own name too.
 */
import { MAX_ANALYZED_FILE_BYTES, MAX_SYMLINKS } from '../../foundation/base/limits.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { Detector, FileEntry } from '../content/detector.ts';
import type { ImageInterests } from '../interests.ts';
import type { Analyzer } from '../inventory/analyzer.ts';
import type { FilesAnalysis, UnreadLink } from './analyze-layer.ts';
import type { FileRecords, LayerHit } from './inspection.ts';
import { Inspection } from './inspection.ts';
import type { SquashedTree } from './squash.ts';
import type { LayerVisitor } from './visit-entries.ts';
import type { LayerRange } from './walk-layer.ts';
import { visitLayerRange, walkLayer } from './walk-layer.ts';

/** A layer and the source's name of it. */
export interface KeyedAnalysis {
  readonly key: string;
  readonly analysis: FilesAnalysis;
}

/** One file to be read for a link to it. */
interface LinkJob {
  /** What the readers are told that they read. */
  readonly entry: FileEntry;
  readonly number: number;
  readonly analyzers: readonly Analyzer[];
  readonly detectors: readonly Detector[];
  /** Key of the layer that the results belong to: the link's. */
  readonly into: string;
}

/** Jobs by the key of the layer that holds the file, and the file's path. */
export type LinkPlan = ReadonlyMap<string, ReadonlyMap<ImagePath, readonly LinkJob[]>>;

/** What links added, by layer key. */
export type LinkResults = ReadonlyMap<
  string,
  { readonly records: readonly FileRecords[]; readonly hits: readonly LayerHit[]; readonly problems: Inspection['problems'] }
>;

/** Returns what has to be read again. `layers` are bottom first, undefined for one that could not be had. */
export function planLinks(layers: readonly (KeyedAnalysis | undefined)[], tree: SquashedTree): LinkPlan {
  const plan = new Map<string, Map<ImagePath, LinkJob[]>>();
  const seen = new Set<string>();
  function add(holder: KeyedAnalysis, path: ImagePath, job: LinkJob): void {
    // Two layers with the same bytes are one layer to the source.
    const identity = [holder.key, path, job.into, job.entry.path, ...job.analyzers.map((analyzer) => analyzer.id)].join('\n');
    if (seen.has(identity)) return;
    seen.add(identity);
    const byPath = plan.get(holder.key) ?? new Map<ImagePath, LinkJob[]>();
    plan.set(holder.key, byPath);
    byPath.set(path, [...(byPath.get(path) ?? []), job]);
  }

  layers.forEach((layer, index) => {
    if (layer === undefined) return;
    for (const link of layer.analysis.hardlinks) {
      const target = findLinked(layers, index, link);
      if (target !== undefined)
        add(target.holder, target.path, {
          entry: link.entry,
          number: link.number,
          analyzers: link.analyzers,
          detectors: link.detectors,
          into: layer.key,
        });
    }
    for (const link of layer.analysis.symlinks) {
      if (!tree.isVisible(link.path, index)) continue;
      const end = tree.resolve(link.path);
      if (end === undefined || link.analyzer.wants(end)) continue;
      for (const copy of tree.copiesOf(end)) addSymlinked(layers[copy], end, link.analyzer);
    }
  });

  function addSymlinked(holder: KeyedAnalysis | undefined, path: ImagePath, analyzer: Analyzer): void {
    const layerTree = holder?.analysis.tree;
    if (holder === undefined || layerTree?.typeOf(path) !== 'file') return;
    const entry: FileEntry = { path, type: 'file', mode: 0, uid: 0, gid: 0, sizeBytes: layerTree.sizeOf(path) };
    add(holder, path, { entry, number: layerTree.numberOf(path) ?? 0, analyzers: [analyzer], detectors: [], into: holder.key });
  }
  return plan;
}

/** Returns where the file lies that a hard link leads to: in the link's own layer, or one below. */
function findLinked(
  layers: readonly (KeyedAnalysis | undefined)[],
  index: number,
  link: UnreadLink,
): { holder: KeyedAnalysis; path: ImagePath } | undefined {
  let path = link.target;
  for (let hops = 0; hops < MAX_SYMLINKS; hops++) {
    const holder = layers.slice(0, index + 1).findLast((layer) => layer?.analysis.tree.typeOf(path) !== undefined);
    const type = holder?.analysis.tree.typeOf(path);
    if (holder === undefined || type !== 'hardlink') return holder !== undefined && type === 'file' ? { holder, path } : undefined;
    const next = toImagePath(holder.analysis.tree.targetOf(path) ?? '');
    if (next === undefined) return undefined;
    path = next;
  }
  return undefined;
}

/** Collects, in a second pass over the image, what the jobs of a plan say. */
export class LinkReader {
  readonly #plan: LinkPlan;
  readonly #interests: ImageInterests;
  readonly #inspections = new Map<string, Inspection>();

  constructor(plan: LinkPlan, interests: ImageInterests) {
    this.#plan = plan;
    this.#interests = interests;
  }

  /** True when something of the layer is needed. */
  needs(key: string): boolean {
    return this.#plan.has(key);
  }

  /** Reads the layer `key` again, `windows` if it was read as such the first time. Errors of `stored` pass through, as does an abort. */
  async read(key: string, stored: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined, windows: boolean): Promise<void> {
    const visitor = this.visitorOf(key);
    if (visitor !== undefined) await walkLayer(stored, visitor, signal, windows);
  }

  /** Does the same for an uncompressed layer in a file. Throws as visitLayerRange does. */
  async readRange(key: string, range: LayerRange, signal: AbortSignal | undefined, windows: boolean): Promise<void> {
    const visitor = this.visitorOf(key);
    if (visitor !== undefined) await visitLayerRange(range, visitor, signal, windows);
  }

  /** Returns who is to be told of the files of the layer `key` again; undefined when nothing of it is needed. */
  visitorOf(key: string): LayerVisitor | undefined {
    const jobs = this.#plan.get(key);
    if (jobs === undefined) return undefined;
    return {
      entry: (entry) => (entry.type === 'file' && entry.sizeBytes <= MAX_ANALYZED_FILE_BYTES && jobs.has(entry.path) ? 'whole' : 'none'),
      content: (entry, bytes) => {
        for (const job of jobs.get(entry.path) ?? []) {
          const { entry: linked, number, analyzers, detectors } = job;
          this.#inspectionOf(job.into).inspectContent({ ...linked, sizeBytes: entry.sizeBytes }, number, bytes, analyzers, detectors);
        }
      },
      whiteout: ignore,
      opaque: ignore,
      // Whatever is wrong with the layer was said when it was read the first time.
      problem: ignore,
    };
  }

  results(): LinkResults {
    for (const inspection of this.#inspections.values()) inspection.analyzeHeld();
    return new Map(
      [...this.#inspections].map(([key, inspection]) => [
        key,
        { records: inspection.listRecords(), hits: inspection.hits, problems: inspection.problems },
      ]),
    );
  }

  #inspectionOf(key: string): Inspection {
    const inspection = this.#inspections.get(key) ?? new Inspection(this.#interests);
    this.#inspections.set(key, inspection);
    return inspection;
  }
}

function ignore(): void {
  // Nothing but the files themselves matters the second time.
}
