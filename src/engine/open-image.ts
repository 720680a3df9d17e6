import { createHttpClient } from '../foundation/io/http-client.ts';
import { openEngineImage } from '../image/sources/docker-engine.ts';
import { openImagePath } from '../image/sources/open.ts';
import { openRegistryImage } from '../image/sources/registry.ts';
import type { ImageSource } from '../image/sources/source.ts';
import { findCredential } from '../registry/credentials.ts';
import type { ImageInput } from './engine.ts';

/** Returns the source to read `input` from. @throws {ImageSourceError} */
export async function openImage(input: Exclude<ImageInput, { kind: 'sbom' }>, signal: AbortSignal | undefined): Promise<ImageSource> {
  switch (input.kind) {
    case 'path':
      return openImagePath(input.path);
    case 'registry':
      return openRegistryImage(input.reference, {
        http: createHttpClient(),
        credential: (registry, repository) => findCredential(registry, undefined, repository),
      });
    case 'engine':
      return openEngineImage(input.reference, {
        ...(input.host === undefined ? {} : { host: input.host }),
        ...(signal === undefined ? {} : { signal }),
      });
  }
}
