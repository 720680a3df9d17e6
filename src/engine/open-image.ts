import { openEngineImage } from '../image/sources/docker-engine.ts';
import { openImagePath } from '../image/sources/open.ts';
import type { ImageSource } from '../image/sources/source.ts';
import type { ImageInput } from './engine.ts';

/** Returns the source to read `input` from. @throws {ImageSourceError} */
export async function openImage(input: ImageInput, signal: AbortSignal | undefined): Promise<ImageSource> {
  return input.kind === 'path'
    ? openImagePath(input.path)
    : openEngineImage(input.reference, { ...(input.host === undefined ? {} : { host: input.host }), ...(signal === undefined ? {} : { signal }) });
}
