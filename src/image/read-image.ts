import { createHash } from 'node:crypto';
import { MAX_FINDINGS_PER_FILE } from '../foundation/base/limits.ts';
import { compareBy, compareText } from '../foundation/base/order.ts';
import { messageOf } from '../foundation/base/result.ts';
import type { DiffId, Digest, ImagePath } from '../foundation/model/brand.ts';
import type { Distro, HistoryEntry, Layer } from '../foundation/model/image.ts';
import type { InstalledPackage } from '../foundation/model/package.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { LayerCache } from './cache/layer-cache.ts';
import type { DetectorHit } from './content/detector.ts';
import type { ImageInterests } from './interests.ts';
import { buildInventory } from './inventory/build-inventory.ts';
import type { FilesAnalysis, LayerAnalysis } from './layers/analyze-layer.ts';
import { analyzeLayer, analyzeLayerRange, analyzeTree } from './layers/analyze-layer.ts';
import type { FileRecords, LayerHit } from './layers/inspection.ts';
import type { KeyedAnalysis, LinkResults } from './layers/read-links.ts';
import { LinkReader, planLinks } from './layers/read-links.ts';
import type { SquashedTree } from './layers/squash.ts';
import { squash } from './layers/squash.ts';
import type { LayerRange } from './layers/walk-layer.ts';
import { ProblemLog } from './problem-log.ts';
import type { ExpectedLayer, ImageSource, LayerSink, ReadOptions, SourceImage, SourceLayer } from './sources/source.ts';

/** One thing a detector saw, with where it lies. */
export interface LocatedHit {
  readonly detectorId: string;
  readonly hit: DetectorHit;
  /** Index into ImageContents.layers: of the file, or of the layer that the instruction at fault made. */
  readonly layer?: number;
  /** Absent for what was seen in the image's config. */
  readonly path?: ImagePath;
  /** True when a later layer deleted or replaced the file: only detectors of scope 'every-layer' have such hits. */
  readonly deletedLater: boolean;
}

/** Everything that is known of an image once its layers have been read. */
export interface ImageContents {
  readonly source: SourceImage;
  /** Bottom first. */
  readonly layers: readonly Layer[];
  readonly distro?: Distro;
  /** Sorted by type, name, version, purl, layer, file. */
  readonly packages: readonly InstalledPackage[];
  /** Those in the config first, then by layer, path, detector, line. */
  readonly hits: readonly LocatedHit[];
  /** Of the source, then of the layers, bottom first, then of the inventory and the detectors. */
  readonly problems: readonly Problem[];
}

/**
 * Returns what is in the image of `source`: layers, packages and what the detectors saw.
 * @throws {ImageSourceError} when there is no image to read; the signal's reason when it aborts. A layer or file that cannot be read is a problem in the result instead.
 */
export async function readImage(
  source: ImageSource,
  interests: ImageInterests,
  options: ReadOptions = {},
  cache?: LayerCache,
): Promise<ImageContents> {
  const analyses = new Map<string, FilesAnalysis>();
  const take: TakeLayer = async (key, open, expected) => {
    if (!analyses.has(key)) analyses.set(key, await analyzeOrRecall(open, expected, interests, cache, options.signal));
  };
  const recall = async (key: string, { diffId, digest, os }: ExpectedLayer): Promise<boolean> => {
    const kept = diffId === undefined ? undefined : await cache?.read(diffId);
    const known: readonly (string | undefined)[] = [kept?.walked.digest, kept?.walked.diffId];
    if (kept === undefined || digest === undefined || !known.includes(digest)) return false;
    if (os !== undefined && (os === 'windows') !== kept.walked.windows) return false;
    analyses.set(key, withDigest(kept, digest));
    return true;
  };
  const takeTree: TakeTree = async (key, walk) => {
    analyses.set(key, await analyzeTree((visitor) => walk(visitor, options.signal), interests));
  };
  const described = await source.read({ ...toSink(take, recall), tree: takeTree }, options);
  const keyed = described.layers.map(({ key }) => toKeyed(key, analyses));
  const tree = squash(keyed.map((layer) => layer?.analysis.tree));
  const links = await readLinks(source, keyed, tree, interests, options);
  const layers = toLayers(described);
  const problems = new ProblemLog();
  problems.addAll(described.problems);
  described.layers.forEach((layer, index) => {
    problems.addAll(layerProblems(layer, index, described.layers.length, keyed[index], links));
  });
  const inventory = buildInventory(
    keyed.map((layer) => recordsOf(layer, links)),
    tree,
    described.platform,
  );
  problems.addAll(inventory.problems);
  const hits = [...inspectConfig(described, layers, interests, problems), ...locateHits(keyed, tree, links)].sort(compareHits);
  return {
    source: described,
    layers,
    packages: inventory.packages,
    hits,
    problems: problems.list(),
    ...(inventory.distro !== undefined && { distro: inventory.distro }),
  };
}

/** A layer that is still to be read: a stream of its stored bytes, or an uncompressed one in a file. */
type OpenLayer = { readonly stored: AsyncIterable<Uint8Array> } | { readonly range: LayerRange };

type TakeTree = NonNullable<LayerSink['tree']>;
type TakeLayer = (key: string, layer: OpenLayer, expected: ExpectedLayer) => Promise<void>;

function toSink(take: TakeLayer, recall: NonNullable<LayerSink['recall']>): LayerSink {
  return {
    recall,
    stream: (key, stored, expected = {}) => take(key, { stored }, expected),
    seekable: (key, file, start, length, expected = {}) => take(key, { range: { file, start, length } }, expected),
  };
}

/** Returns what is in a layer: as remembered, when its bytes are those that were looked at before, which their digest tells. */
async function analyzeOrRecall(
  layer: OpenLayer,
  expected: ExpectedLayer,
  interests: ImageInterests,
  cache: LayerCache | undefined,
  signal: AbortSignal | undefined,
): Promise<LayerAnalysis> {
  const windows = expected.os === undefined ? undefined : expected.os === 'windows';
  const kept = expected.diffId === undefined ? undefined : await cache?.read(expected.diffId);
  if (kept !== undefined && (windows === undefined || windows === kept.walked.windows)) {
    const found = await hashUnlessTrusted(layer, expected, kept, signal);
    if (found !== undefined) return withDigest(kept, found);
  }
  const analysis =
    'range' in layer
      ? await analyzeLayerRange(layer.range, interests, signal, windows)
      : await analyzeLayer(layer.stored, interests, signal, windows, expected.storedBytes);
  await cache?.write(analysis);
  return analysis;
}

/** Returns the digest of the layer's stored bytes when it is the one that is kept; undefined when that is not known, or they are others. A stream is then untouched, unless its manifest promised the kept one's digest. */
async function hashUnlessTrusted(
  layer: OpenLayer,
  expected: ExpectedLayer,
  { walked }: LayerAnalysis,
  signal: AbortSignal | undefined,
): Promise<Digest | DiffId | undefined> {
  if (expected.trusted === true) return walked.diffId;
  if ('stored' in layer) return expected.digest === walked.digest ? hashBytes(layer.stored, signal) : undefined;
  const { file, start, length } = layer.range;
  const found: string = `sha256:${await file.hash(start, length, signal)}`;
  return found === walked.diffId ? walked.diffId : undefined;
}

/** Its stored bytes may be compressed differently from those that were looked at; a digest that is not the manifest's is told as a problem later. */
function withDigest(kept: LayerAnalysis, digest: Digest | DiffId): LayerAnalysis {
  return { ...kept, walked: { ...kept.walked, digest: digest as Digest } };
}

async function hashBytes(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) {
    signal?.throwIfAborted();
    hash.update(chunk);
  }
  return `sha256:${hash.digest('hex')}` as Digest;
}

function toKeyed(key: string | undefined, analyses: ReadonlyMap<string, FilesAnalysis>): KeyedAnalysis | undefined {
  const analysis = key === undefined ? undefined : analyses.get(key);
  return key === undefined || analysis === undefined ? undefined : { key, analysis };
}

async function readLinks(
  source: ImageSource,
  layers: readonly (KeyedAnalysis | undefined)[],
  tree: SquashedTree,
  interests: ImageInterests,
  options: ReadOptions,
): Promise<LinkResults> {
  const plan = planLinks(layers, tree);
  if (plan.size === 0) return new Map();
  const reader = new LinkReader(plan, interests);
  const sink = toSink(
    async (key, layer) => {
      if (!reader.needs(key)) return;
      const windows = layers.some((known) => known?.key === key && known.analysis.walked?.windows === true);
      if ('range' in layer) await reader.readRange(key, layer.range, options.signal, windows);
      else await reader.read(key, layer.stored, options.signal, windows);
    },
    (key) => Promise.resolve(!reader.needs(key)),
  );
  const takeTree: TakeTree = async (key, walk) => {
    const visitor = reader.visitorOf(key);
    if (visitor !== undefined) await walk(visitor, options.signal);
  };
  await source.read({ ...sink, tree: takeTree }, options);
  return reader.results();
}

function recordsOf(layer: KeyedAnalysis | undefined, links: LinkResults): readonly FileRecords[] {
  if (layer === undefined) return [];
  return [...layer.analysis.records, ...(links.get(layer.key)?.records ?? [])];
}

function hitsOf(layer: KeyedAnalysis, links: LinkResults): readonly LayerHit[] {
  return [...layer.analysis.hits, ...(links.get(layer.key)?.hits ?? [])];
}

/** History names every instruction, layers only those that changed files: they can be paired when the counts agree. */
function toLayers(image: SourceImage): readonly Layer[] {
  const { history } = image.config;
  const made = history.flatMap((entry, historyIndex) => (entry.emptyLayer ? [] : [{ entry, historyIndex }]));
  const paired: readonly ({ entry: HistoryEntry; historyIndex: number } | undefined)[] = made.length === image.layers.length ? made : [];
  return image.layers.flatMap((layer, index) => {
    const { diffId, digest, mediaType, sizeBytes } = layer;
    const maker = paired[index];
    // The files of a folder are no layer.
    if (diffId === undefined) return [];
    return {
      diffId,
      mediaType,
      sizeBytes,
      ...(digest !== undefined && { digest }),
      ...(maker !== undefined && { historyIndex: maker.historyIndex }),
      ...(maker?.entry.createdBy !== undefined && { createdBy: maker.entry.createdBy }),
    };
  });
}

function* layerProblems(
  layer: SourceLayer,
  index: number,
  count: number,
  keyed: KeyedAnalysis | undefined,
  links: LinkResults,
): Generator<Problem, void, undefined> {
  if (keyed === undefined) return;
  const { walked, problems } = keyed.analysis;
  const all = [...problems, ...(links.get(keyed.key)?.problems.list() ?? [])];
  if (walked === undefined || layer.diffId === undefined) {
    for (const problem of all) yield { ...problem, message: `${printable(problem.path ?? keyed.key)}: ${problem.message}` };
    return;
  }
  const name = `layer ${index + 1} of ${count}`;
  for (const problem of all) {
    const subject = problem.path === undefined ? name : `${printable(problem.path)} in ${name}`;
    yield { ...problem, message: `${subject}: ${problem.message}`, layer: index };
  }
  if (!walked.complete) return;
  if (isAnother(walked.diffId, layer.diffId)) yield mismatch(`${name}: its files were changed or damaged`, layer.diffId, walked.diffId, index);
  else if (layer.digest !== undefined && isAnother(walked.digest, layer.digest))
    yield mismatch(`${name}: its stored bytes were changed or damaged`, layer.digest, walked.digest, index);
  else if (!isSha256(layer.diffId) || (layer.digest !== undefined && !isSha256(layer.digest)))
    yield {
      code: 'other',
      message: `${name}: its digest is sha512, which is not checked: the bytes may be others than the manifest says`,
      layer: index,
    };
}

/** True when both are SHA-256 digests, the kind that is computed as the bytes go by, and differ. */
function isAnother(found: string, expected: string): boolean {
  return isSha256(expected) && found !== expected;
}

function isSha256(digest: string): boolean {
  return digest.startsWith('sha256:');
}

function mismatch(what: string, expected: string, found: string, layer: number): Problem {
  return { code: 'digest-mismatch', message: `${what}: expected ${expected}, found ${found}`, layer };
}

/** Returns a path with control characters made visible: it is shown on terminals. */
function printable(path: string): string {
  return path.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function inspectConfig(image: SourceImage, layers: readonly Layer[], interests: ImageInterests, problems: ProblemLog): readonly LocatedHit[] {
  const located: LocatedHit[] = [];
  for (const detector of interests.detectors) {
    try {
      let count = 0;
      for (const hit of detector.inspectConfig?.(image.config) ?? []) {
        if (++count > MAX_FINDINGS_PER_FILE) {
          problems.add({
            code: 'limit-exceeded',
            message: `the ${detector.id} detector found more than ${MAX_FINDINGS_PER_FILE} things in the image's config; the rest is left out`,
          });
          break;
        }
        const layer = hit.historyIndex === undefined ? -1 : layers.findIndex(({ historyIndex }) => historyIndex === hit.historyIndex);
        located.push({ detectorId: detector.id, hit, deletedLater: false, ...(layer >= 0 && { layer }) });
      }
    } catch (error) {
      problems.add({ code: 'detector-failed', message: `the ${detector.id} detector failed on the image's config: ${messageOf(error)}` });
    }
  }
  return located;
}

/** A layer that is there twice, with the same bytes, is looked at once, at its first place. */
function* locateHits(layers: readonly (KeyedAnalysis | undefined)[], tree: SquashedTree, links: LinkResults): Generator<LocatedHit, void, undefined> {
  const places = new Map<string, number[]>();
  layers.forEach((layer, index) => {
    if (layer !== undefined) places.set(layer.key, [...(places.get(layer.key) ?? []), index]);
  });
  for (const indexes of places.values()) {
    const [first = 0] = indexes;
    const layer = layers[first];
    if (layer === undefined) continue;
    for (const { detector, path, number, hit } of hitsOf(layer, links)) {
      const isLast = layer.analysis.tree.numberOf(path) === number;
      const isSeen = isLast && indexes.some((index) => tree.isVisible(path, index));
      if (!isSeen && detector.scope === 'final-filesystem') continue;
      yield { detectorId: detector.id, hit, layer: first, path, deletedLater: !isSeen };
    }
  }
}

const compareHits = compareBy<LocatedHit>(
  (a, b) => Number(a.path !== undefined) - Number(b.path !== undefined),
  (a, b) => (a.layer ?? -1) - (b.layer ?? -1),
  (a, b) => compareText(a.path ?? '', b.path ?? ''),
  (a, b) => compareText(a.detectorId, b.detectorId),
  (a, b) => (a.hit.line ?? 0) - (b.hit.line ?? 0),
  (a, b) => compareText(a.hit.id, b.hit.id),
);
