import type { GatedImage } from './provider.ts';

/** Returns why "nothing was found" proves nothing of an image that is not complete: the end of a sentence, with its stop. */
export function describeGap({ gap }: GatedImage): string {
  return gap ?? "the scan is partial: what it could not read may hold some. See the report's problems.";
}
