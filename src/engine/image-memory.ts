import path from 'node:path';
import { DiskCache, type DiskCacheStatus } from '../foundation/io/disk-cache.ts';
import { buildDigest, cacheDirectory } from '../foundation/io/resources.ts';
import { LayerCache, type ValueStore } from '../image/cache/layer-cache.ts';
import type { ImageInterests } from '../image/interests.ts';
import type { ImageContents } from '../image/read-image.ts';

/** How closely an image was looked at: `packages` leaves out what detectors say of its files. */
export type Depth = 'packages' | 'everything';

/** What is remembered of images and layers that were looked at before. */
export interface ImageMemory {
  /** Returns what is remembered of the image that `identity` names. */
  recall(identity: string, depth: Depth): Promise<ImageContents | undefined>;
  /** Remembers what is in the image. Secrets must not be in it whole. */
  keep(identity: string, depth: Depth, contents: ImageContents): Promise<void>;
  /** Forgets what was not used for longest, when there is too much. */
  trim(): Promise<void>;
  /** Returns what is remembered of layers by those who look at them. */
  layers(interests: ImageInterests): LayerCache;
}

/** Returns the memory that the CLI and every editor window of this user share; undefined when the sources are run, because what they find changes as they are written. */
export function openImageMemory(): ImageMemory | undefined {
  const build = buildDigest();
  return build === undefined ? undefined : createImageMemory(imageCache(), build);
}

/** Returns a memory in `store`, of what the code `build` finds. */
export function createImageMemory(store: ValueStore & { trim(): Promise<void> }, build: string): ImageMemory {
  // Who looks at an image, and in which version, the code itself decides: to tell one from another it need not be loaded.
  const keyOf = (identity: string, depth: Depth): string => `image ${identity} ${depth} ${build}`;
  return {
    async recall(identity, depth) {
      const kept = await store.read(keyOf(identity, depth));
      return kept === undefined ? undefined : (JSON.parse(kept) as ImageContents);
    },
    async keep(identity, depth, contents) {
      if (isLasting(contents)) await store.write(keyOf(identity, depth), JSON.stringify(contents));
    },
    trim: () => store.trim(),
    layers: (interests) => new LayerCache(store, interests, build),
  };
}

/** What went wrong with bytes, memory or time may go right the next time. */
function isLasting({ problems }: ImageContents): boolean {
  return !problems.some(({ code }) => code === 'unreadable-layer' || code === 'digest-mismatch' || code === 'detector-failed' || code === 'other');
}

/** Returns how much is remembered. */
export function imageCacheStatus(): Promise<DiskCacheStatus> {
  return imageCache().status();
}

/** Forgets everything that can be found out again. */
export function clearImageCache(): Promise<void> {
  return imageCache().clear();
}

function imageCache(): DiskCache {
  return new DiskCache(path.join(cacheDirectory(), 'images'));
}
