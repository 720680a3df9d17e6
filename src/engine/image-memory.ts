import path from 'node:path';
import { DiskCache, type DiskCacheStatus } from '../foundation/io/disk-cache.ts';
import { buildDigest, cacheDirectory } from '../foundation/io/resources.ts';
import { LayerCache, fingerprintOf, type ValueStore } from '../image/cache/layer-cache.ts';
import type { ImageInterests } from '../image/interests.ts';
import type { ImageContents } from '../image/read-image.ts';

/** What is remembered of images and layers that were looked at before. */
export interface ImageMemory {
  readonly layers: LayerCache;
  /** Returns what is remembered of the image that `identify` names, else what `read` returns, which is then remembered. Secrets must not be in it whole. */
  recallOr(identify: () => Promise<string | undefined> | undefined, read: () => Promise<ImageContents>): Promise<ImageContents>;
}

/** Returns the memory that the CLI and every editor window of this user share; undefined when the sources are run, because what they find changes as they are written. */
export function openImageMemory(interests: ImageInterests): ImageMemory | undefined {
  const build = buildDigest();
  return build === undefined ? undefined : createImageMemory(imageCache(), interests, build);
}

/** Returns a memory in `store`, of what the code `build` finds. */
export function createImageMemory(store: ValueStore & { trim(): Promise<void> }, interests: ImageInterests, build: string): ImageMemory {
  return {
    layers: new LayerCache(store, interests, build),
    async recallOr(identify, read) {
      const identity = await identify();
      const key = identity === undefined ? undefined : `image ${identity} ${fingerprintOf(interests, build)}`;
      const kept = key === undefined ? undefined : await store.read(key);
      if (kept !== undefined) return JSON.parse(kept) as ImageContents;
      const contents = await read();
      if (key !== undefined && isLasting(contents)) await store.write(key, JSON.stringify(contents));
      await store.trim();
      return contents;
    },
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
