import path from 'node:path';
import { statPath } from '../../foundation/io/files.ts';
import { openImageArchive, toSourceError } from './docker-archive.ts';
import { OCI_INDEX_PATH } from './describe-image.ts';
import { openOciLayout } from './oci-layout.ts';
import { isRootDirectory, openRootDirectory } from './root-directory.ts';
import { isSkopeoDirectory, openSkopeoDirectory } from './skopeo-directory.ts';
import type { ImageSource } from './source.ts';
import { ImageSourceError } from './source.ts';

/**
 * Returns the image at `target`: a `docker save` archive, an OCI layout in a folder or an OCI archive, a folder that skopeo wrote, or a root file system in a folder, told from what is there and not from its name. `reference` picks one of several images.
 * @throws {ImageSourceError} not-found, permission, io, not-an-image, truncated, malformed; more when it is read
 */
export async function openImagePath(target: string, reference?: string): Promise<ImageSource> {
  switch (await kindOf(target)) {
    case 'file':
      return openImageArchive(target, reference);
    case 'directory':
      return openDirectory(target, reference);
    case 'nothing':
      throw new ImageSourceError('not-found', `${target} does not exist. Check the path.`);
    case 'socket':
    case 'other':
      throw new ImageSourceError('not-an-image', `${target} is neither a file nor a folder. Name a saved image or an OCI layout.`);
  }
}

async function openDirectory(directory: string, reference: string | undefined): Promise<ImageSource> {
  try {
    if ((await statPath(path.join(directory, OCI_INDEX_PATH))) !== 'file') {
      if (await isSkopeoDirectory(directory)) return openSkopeoDirectory(directory);
      if (await isRootDirectory(directory)) return openRootDirectory(directory);
    }
  } catch (error) {
    throw toSourceError(error);
  }
  return openOciLayout(directory, reference);
}

async function kindOf(target: string): ReturnType<typeof statPath> {
  try {
    return await statPath(target);
  } catch (error) {
    throw toSourceError(error);
  }
}
