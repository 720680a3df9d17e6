import type { Digest } from '../foundation/model/brand.ts';
import { manifestMediaTypes, type RegistryClient } from './client.ts';
import { RegistryError } from './error.ts';
import { memberOf, parseJson } from './json.ts';
import type { ImageReference } from './reference.ts';

/**
 * Returns the digest that a tag stands for now: the index's where there are several platforms. Asked with HEAD, then held against the bytes; a registry that does not answer HEAD with a
 * digest is asked with GET.
 * @throws {RegistryError} 'digest-mismatch' when the registry has other bytes than it says, 'malformed' when what it has is no image
 */
export async function fetchManifestDigest(client: Pick<RegistryClient, 'headManifest' | 'getManifest'>, reference: ImageReference): Promise<Digest> {
  const stated = await statedDigest(client, reference);
  const { digest, mediaType, bytes } = await client
    .getManifest(stated === undefined ? reference : { ...reference, digest: stated })
    .catch((error: unknown) => {
      if (stated === undefined || !(error instanceof RegistryError) || error.code !== 'not-found') throw error;
      throw new RegistryError('digest-mismatch', `${reference.registry} names ${stated} for ${reference.repository}, but does not have it`, {
        cause: error,
      });
    });
  const isImage = manifestMediaTypes.includes(mediaType) && memberOf(parseJson(bytes), 'schemaVersion') === 2;
  if (!isImage) throw new RegistryError('malformed', `what ${reference.registry} has there is no image`);
  return digest;
}

/** Undefined where GET has to tell: not every registry knows HEAD, and not every one of them names the digest. */
async function statedDigest(client: Pick<RegistryClient, 'headManifest'>, reference: ImageReference): Promise<Digest | undefined> {
  try {
    return (await client.headManifest(reference)).digest;
  } catch (error) {
    if (error instanceof RegistryError && (error.code === 'not-found' || error.code === 'malformed' || error.code === 'server-error'))
      return undefined;
    throw error;
  }
}
