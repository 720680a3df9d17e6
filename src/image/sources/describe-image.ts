/**
 * Finds the image that an archive or layout holds: from its JSON documents to a config and the paths of the layers. Where the documents come from (a folder, a tar that can be read at any offset, a stream that has
 * passed) is the caller's.
 */
import { describeOci } from './describe-oci-image.ts';
import { describeSaved } from './describe-saved-image.ts';
import type { DocumentStore, ImageChoice, ImageDescription } from './image-description.ts';
import { ImageSourceError } from './source.ts';

export const OCI_INDEX_PATH = 'index.json';
export const SAVED_IMAGES_PATH = 'manifest.json';
const LEGACY_PATH = 'repositories';

/**
 * Returns the image that is meant, or the first. An OCI index is believed over Docker's manifest.json when an archive has both, because it names digests.
 * @throws {ImageSourceError} not-an-image, malformed, unsupported-media-type, no-such-platform, not-found, limit-exceeded
 */
export async function describeImage(store: DocumentStore, choice: ImageChoice): Promise<ImageDescription> {
  const index = await store.read(OCI_INDEX_PATH);
  const saved = await store.read(SAVED_IMAGES_PATH);
  if (index !== undefined) return describeOci(store, index, saved, choice);
  if (saved !== undefined) return describeSaved(store, saved, choice);
  if ((await store.locate(LEGACY_PATH)) !== undefined) {
    throw new ImageSourceError(
      'not-an-image',
      `${store.name} was saved by a Docker older than 1.10, whose archives have no manifest.json. Load it with a current Docker and save it again.`,
    );
  }
  throw new ImageSourceError(
    'not-an-image',
    `${store.name} holds neither manifest.json nor index.json, so it is no image. Make one with \`docker save IMAGE -o FILE\`.`,
  );
}
