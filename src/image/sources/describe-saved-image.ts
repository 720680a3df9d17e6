import { createHash } from 'node:crypto';
import type { Digest } from '../../foundation/model/brand.ts';
import type { Platform } from '../../foundation/model/image.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { DocumentStore, ImageChoice, ImageDescription } from './image-description.ts';
import { checkLayerCount, digestMismatch, itemAt, missingLayer } from './image-description.ts';
import type { SavedImage } from './image-json.ts';
import { formatPlatform, parseImageConfig, parseSavedImages } from './image-json.ts';
import type { Naming } from './pick-image.ts';
import { pickByReference } from './pick-image.ts';
import { isPlatform } from './platform-choice.ts';
import type { SourceLayer } from './source.ts';
import { ImageSourceError } from './source.ts';

const SAVED_LAYER_TYPE = 'application/vnd.docker.image.rootfs.diff.tar';

const savedNaming: Naming<SavedImage> = {
  references: (image) => image.references,
  identity: (image) => image.configPath,
  label: (image) => image.references[0] ?? image.configPath,
};

/**
 * Returns the image that is meant of an archive of `docker save`, whose manifest.json is `bytes`.
 * @throws {ImageSourceError} not-an-image, malformed, no-such-platform, not-found, limit-exceeded
 */
export async function describeSaved(store: DocumentStore, bytes: Uint8Array, choice: ImageChoice): Promise<ImageDescription> {
  const images = parseSavedImages(bytes, `manifest.json of ${store.name}`);
  const problems: Problem[] = [];
  const [image] = pickByReference(store, images, savedNaming, choice, problems);
  const what = `the image config of ${store.name}`;
  const configBytes = await store.read(image.configPath);
  if (configBytes === undefined)
    throw new ImageSourceError('malformed', `${store.name} lacks the image's config, ${JSON.stringify(image.configPath)}. Save the image again.`);
  const document = parseImageConfig(configBytes, what);
  const digest = `sha256:${createHash('sha256').update(configBytes).digest('hex')}` as Digest;
  const named = /([0-9a-f]{64})(?:\.json)?$/.exec(image.configPath)?.[1];
  if (named !== undefined && digest !== `sha256:${named}`) problems.push(digestMismatch(what, `sha256:${named}`, digest));
  refuseOtherPlatform(store, document.platform, choice);
  checkLayerCount(what, image.layerPaths.length, document);
  const layers: SourceLayer[] = [];
  for (const [position, path] of image.layerPaths.entries()) {
    const found = await store.locate(path);
    const diffId = itemAt(document.diffIds, position);
    if (found === undefined) problems.push(missingLayer(store, position, image.layerPaths.length, image.layerUrls.get(diffId)));
    layers.push({ key: found?.path, diffId, mediaType: SAVED_LAYER_TYPE, sizeBytes: found?.sizeBytes ?? 0 });
  }
  const reference = choice.reference ?? image.references[0];
  return { platform: document.platform, config: document.config, digest, layers, problems, ...(reference !== undefined && { reference }) };
}

function refuseOtherPlatform(store: DocumentStore, platform: Platform, choice: ImageChoice): void {
  if (choice.platform === undefined || isPlatform(platform, choice.platform)) return;
  throw new ImageSourceError(
    'no-such-platform',
    `${store.name} has no image for ${formatPlatform(choice.platform)}. It has: ${formatPlatform(platform)}. Choose that with --platform, or save the other.`,
  );
}
