import { findingCategories, vulnerabilityCategories } from '../foundation/model/finding.ts';
import type { ImageContents } from '../image/read-image.ts';
import type { ImageSource, ReadOptions } from '../image/sources/source.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { openImageMemory, type Depth, type ImageMemory } from './image-memory.ts';
import { openImage } from './open-image.ts';
import { READING_SHARE } from './report-contents.ts';

/** An image that was found, and what is remembered of it. */
export interface KnownImage {
  readonly source: ImageSource;
  readonly depth: Depth;
  /** Absent when nothing is to be remembered. */
  readonly memory?: ImageMemory;
  /** Names the image in the memory; absent when the source cannot tell one image from another without reading it. */
  readonly identity?: string;
  /** What was found in it before. */
  readonly contents?: ImageContents;
}

/**
 * Returns the image that `input` names, with what is remembered of it; nothing in it is read. Knows nobody who reads images, so that a process which finds all that it needs here need not load them.
 * @throws {ImageSourceError} when there is no such image
 */
export async function recallContents(
  input: Exclude<ImageInput, { kind: 'sbom' }>,
  options: ScanOptions,
  readOptions: ReadOptions,
): Promise<KnownImage> {
  const source = await openImage(input, readOptions.signal);
  const depth = depthOf(options);
  const memory = options.useCache === false ? undefined : openImageMemory();
  if (memory === undefined) return { source, depth };
  const identity = await source.identify?.(readOptions);
  if (identity === undefined) return { source, depth, memory };
  const contents = await memory.recall(identity, depth);
  return { source, depth, memory, identity, ...(contents !== undefined && { contents }) };
}

function depthOf({ inventoryOnly, categories = findingCategories }: ScanOptions): Depth {
  const looksInside = inventoryOnly !== true && categories.some((category) => !vulnerabilityCategories.includes(category));
  return looksInside ? 'everything' : 'packages';
}

/** Returns what a source is to be told of a scan. */
export function toReadOptions(options: ScanOptions, hooks: ScanHooks): ReadOptions {
  return {
    ...(options.platform === undefined ? {} : { platform: options.platform }),
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
    onProgress: ({ fraction, message }) => hooks.onProgress?.({ ...(fraction === undefined ? {} : { fraction: fraction * READING_SHARE }), message }),
  };
}
