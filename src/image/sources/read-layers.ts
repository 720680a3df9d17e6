import { mapInParallel } from '../../foundation/base/in-parallel.ts';
import { LAYERS_AT_ONCE, MAX_IMAGE_JSON_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { FileError, readRange } from '../../foundation/io/files.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { COMPRESSION_MAGIC_BYTES, detectCompression } from '../layers/decompress.ts';
import type { ImageDescription } from './image-description.ts';
import type { ExpectedLayer, LayerSink, ReadOptions, SeekableBytes, SourceImage, SourceLayer } from './source.ts';
import { ImageSourceError } from './source.ts';

/** Where a layer's stored bytes lie. */
export interface StoredLayer {
  readonly file: SeekableBytes;
  readonly start: number;
  readonly sizeBytes: number;
  close?(): Promise<void>;
}

/**
 * Hands every layer of `description` to `sink`, each once, some side by side, the largest first, so that none of them is left alone in the end; returns the image with problems for those that could not be read. `open` finds a
 * layer's bytes by its key.
 */
export async function readLayers(
  description: ImageDescription,
  sink: LayerSink,
  open: (key: string) => Promise<StoredLayer>,
  options: ReadOptions,
): Promise<SourceImage> {
  const failed = new Map<string, Problem>();
  const total = sumSizes(description.layers);
  let done = 0;
  const read = async (key: string): Promise<void> => {
    options.signal?.throwIfAborted();
    const index = description.layers.findIndex((layer) => layer.key === key);
    const name = `layer ${index + 1} of ${description.layers.length}`;
    options.onProgress?.({ fraction: total === 0 ? 0 : Math.min(done / total, 1), message: `Reading ${name}` });
    try {
      const layer = await open(key);
      try {
        const { diffId, digest } = description.layers[index] ?? {};
        const { os } = description.platform;
        await handOn(key, layer, sink, { os, ...(diffId !== undefined && { diffId }), ...(digest !== undefined && { digest }) }, options.signal);
        done += layer.sizeBytes;
      } finally {
        await layer.close?.();
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failed.set(key, { code: 'unreadable-layer', message: `${name} could not be read: ${messageOf(error)}`, layer: index });
    }
  };
  await mapInParallel(inReadingOrder(description.layers), LAYERS_AT_ONCE, read);
  options.onProgress?.({ fraction: 1, message: 'All layers are read' });
  const layers = description.layers.map((layer) => (layer.key !== undefined && failed.has(layer.key) ? { ...layer, key: undefined } : layer));
  const problems = [...failed.values()].sort((a, b) => (a.layer ?? 0) - (b.layer ?? 0));
  return { ...description, layers, problems: [...description.problems, ...problems] };
}

/** Returns the layers' keys, each once, the largest first. */
function inReadingOrder(layers: readonly SourceLayer[]): readonly string[] {
  const bySize = layers.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
  return [...new Set(bySize.flatMap(({ key }) => (key === undefined ? [] : [key])))];
}

function sumSizes(layers: readonly SourceLayer[]): number {
  return layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function handOn(
  key: string,
  { file, start, sizeBytes }: StoredLayer,
  sink: LayerSink,
  expected: ExpectedLayer,
  signal: AbortSignal | undefined,
): Promise<void> {
  const head = new Uint8Array(COMPRESSION_MAGIC_BYTES);
  await file.read(head, start);
  if (detectCompression(head) === 'none') await sink.seekable(key, file, start, sizeBytes, expected);
  else await sink.stream(key, readRange(file, start, sizeBytes, signal), { ...expected, storedBytes: sizeBytes });
}

/** Returns the error for a JSON document that nobody would write. */
export function documentTooLarge(name: string, path: string, sizeBytes: number): ImageSourceError {
  return new ImageSourceError(
    'limit-exceeded',
    `${JSON.stringify(path)} in ${name} has ${sizeBytes} bytes; at most ${MAX_IMAGE_JSON_BYTES} are read.`,
  );
}
