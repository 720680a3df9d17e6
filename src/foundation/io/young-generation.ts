import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

/** Most memory for young objects in a thread that reads an image, in MiB. */
export const YOUNG_GENERATION_MIB = 24;

/**
 * Keeps the part of the heap that is for young objects as large as it is. Reading an image makes millions of objects that are gone at once; for them V8 would let that part grow to more than all that is kept of the image.
 * For a process that reads an image, or looks up its packages, and ends: a worker thread is given YOUNG_GENERATION_MIB when it starts.
 */
export function keepYoungGenerationSmall(): void {
  if (isMainThread) setFlagsFromString('--semi-space-growth-factor=1');
}
