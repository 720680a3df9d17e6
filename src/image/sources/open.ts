import { statPath } from '../../foundation/io/files.ts';
import { openImageArchive, toSourceError } from './docker-archive.ts';
import { openOciLayout } from './oci-layout.ts';
import type { ImageSource } from './source.ts';
import { ImageSourceError } from './source.ts';

/**
 * Returns the image at `path`: a `docker save` archive, an OCI layout in a folder or an OCI archive, told from what is there and not from its name. `reference` picks one of several images.
 * @throws {ImageSourceError} not-found, permission, io, not-an-image, truncated, malformed; more when it is read
 */
export async function openImagePath(path: string, reference?: string): Promise<ImageSource> {
  switch (await kindOf(path)) {
    case 'file':
      return openImageArchive(path, reference);
    case 'directory':
      return openOciLayout(path, reference);
    case 'nothing':
      throw new ImageSourceError('not-found', `${path} does not exist. Check the path.`);
    case 'socket':
    case 'other':
      throw new ImageSourceError('not-an-image', `${path} is neither a file nor a folder. Name a saved image or an OCI layout.`);
  }
}

async function kindOf(path: string): ReturnType<typeof statPath> {
  try {
    return await statPath(path);
  } catch (error) {
    throw toSourceError(error);
  }
}
