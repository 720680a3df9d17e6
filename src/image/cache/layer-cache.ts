/**
 * What was found in layers that were looked at before. A layer is named by the digest of its uncompressed bytes (its diffId), so what was found in it once holds wherever it turns up again, as long as the same analyzers
 * and detectors, in the same versions, look at it.
 */
import { createHash } from 'node:crypto';
import { isJsonObject } from '../../foundation/formats/json.ts';
import type { DiffId } from '../../foundation/model/brand.ts';
import type { Detector } from '../content/detector.ts';
import type { ImageInterests } from '../interests.ts';
import type { LayerAnalysis } from '../layers/analyze-layer.ts';
import { LayerTree } from '../layers/layer-tree.ts';
import type { RecordMaker } from '../layers/inspection.ts';

/** Raised when what is kept of a layer has another form. */
const FORMAT = 2;

/** Where values are kept: DiskCache, or a map in a test. */
export interface ValueStore {
  read(key: string): Promise<string | undefined>;
  write(key: string, value: string): Promise<void>;
}

/** Returns what a kept value hangs on besides the bytes: `product` (its version) and everyone who looks, with their versions. */
export function fingerprintOf({ analyzers, programs = [], detectors }: ImageInterests, product: string): string {
  const names = [...analyzers, ...programs, ...detectors].map(({ id, version }) => `${id}@${version}`).sort();
  return createHash('sha256')
    .update([FORMAT, product, ...names].join('\n'))
    .digest('hex');
}

/** Analyses of layers in a store of values. */
export class LayerCache {
  readonly #store: ValueStore;
  readonly #interests: ImageInterests;
  readonly #fingerprint: string;

  constructor(store: ValueStore, interests: ImageInterests, product: string) {
    this.#store = store;
    this.#interests = interests;
    this.#fingerprint = fingerprintOf(interests, product);
  }

  /** Returns what was found in the layer `diffId`; undefined when it was not looked at, or not by the same. */
  async read(diffId: DiffId): Promise<LayerAnalysis | undefined> {
    const text = await this.#store.read(this.#keyOf(diffId));
    const analysis = text === undefined ? undefined : parseAnalysis(text, this.#interests);
    return analysis?.walked.diffId === diffId ? analysis : undefined;
  }

  /** Keeps what was found in a layer under the digest that its bytes really have; what was not read to its end is not kept. */
  async write(analysis: LayerAnalysis): Promise<void> {
    const { walked, problems } = analysis;
    // A detector that failed may be a lack of memory: the next time may go better.
    if (!walked.complete || problems.some(({ code }) => code === 'unreadable-layer' || code === 'detector-failed')) return;
    await this.#store.write(this.#keyOf(walked.diffId), stringifyAnalysis(analysis));
  }

  #keyOf(diffId: DiffId): string {
    return `layer ${diffId} ${this.#fingerprint}`;
  }
}

/** Returns an analysis as JSON: analyzers and detectors by id. */
export function stringifyAnalysis({ walked, tree, records, hits, hardlinks, symlinks, problems }: LayerAnalysis): string {
  const ids = (makers: readonly { readonly id: string }[]): readonly string[] => makers.map(({ id }) => id);
  return JSON.stringify({
    walked,
    tree: tree.toColumns(),
    records: records.map((record) => ({ ...record, analyzer: record.analyzer.id })),
    hits: hits.map((hit) => ({ ...hit, detector: hit.detector.id })),
    hardlinks: hardlinks.map((link) => ({ ...link, analyzers: ids(link.analyzers), detectors: ids(link.detectors) })),
    symlinks: symlinks.map((link) => ({ ...link, analyzer: link.analyzer.id })),
    problems,
  });
}

/** Returns the analysis that `text` is; undefined when it is none, or of somebody who is not among `interests`. Its digest was checked when it was read, so that what looks like an analysis is one of ours. */
export function parseAnalysis(text: string, interests: ImageInterests): LayerAnalysis | undefined {
  const analyzers = new Map(interests.analyzers.map((analyzer) => [analyzer.id, analyzer]));
  const makers = new Map<string, RecordMaker>([...interests.analyzers, ...(interests.programs ?? [])].map((maker) => [maker.id, maker]));
  const detectors = new Map<string, Detector>(interests.detectors.map((detector) => [detector.id, detector]));
  try {
    const kept: unknown = JSON.parse(text);
    if (!isJsonObject(kept)) return undefined;
    const { walked, tree, records, hits, hardlinks, symlinks, problems } = kept as unknown as KeptAnalysis;
    return {
      walked,
      tree: LayerTree.fromColumns(tree),
      records: records.map((record) => ({ ...record, analyzer: known(makers, record.analyzer) })),
      hits: hits.map((hit) => ({ ...hit, detector: known(detectors, hit.detector) })),
      hardlinks: hardlinks.map((link) => ({
        ...link,
        analyzers: link.analyzers.map((id) => known(analyzers, id)),
        detectors: link.detectors.map((id) => known(detectors, id)),
      })),
      symlinks: symlinks.map((link) => ({ ...link, analyzer: known(analyzers, link.analyzer) })),
      problems,
    };
  } catch {
    return undefined;
  }
}

type Kept<T, Named extends keyof T> = Omit<T, Named> & { readonly [Name in Named]: T[Name] extends readonly unknown[] ? readonly string[] : string };

interface KeptAnalysis extends Pick<LayerAnalysis, 'walked' | 'problems'> {
  readonly tree: ReturnType<LayerTree['toColumns']>;
  readonly records: readonly Kept<LayerAnalysis['records'][number], 'analyzer'>[];
  readonly hits: readonly Kept<LayerAnalysis['hits'][number], 'detector'>[];
  readonly hardlinks: readonly Kept<LayerAnalysis['hardlinks'][number], 'analyzers' | 'detectors'>[];
  readonly symlinks: readonly Kept<LayerAnalysis['symlinks'][number], 'analyzer'>[];
}

/** @throws {Error} when nobody has that id: the value is then not used */
function known<T>(byId: ReadonlyMap<string, T>, id: string): T {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`nobody is called ${id}`);
  return found;
}
