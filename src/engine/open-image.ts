import type { ImageSource } from '../image/sources/source.ts';
import type { ImageInput } from './engine.ts';

/** Returns the source to read `input` from. Each kind is loaded when it is wanted, since a short run is mostly loading. @throws {ImageSourceError} */
export async function openImage(input: Exclude<ImageInput, { kind: 'sbom' }>, signal: AbortSignal | undefined): Promise<ImageSource> {
  switch (input.kind) {
    case 'path': {
      const { openImagePath } = await import('../image/sources/open.ts');
      return openImagePath(input.path);
    }
    case 'registry':
      return openFromRegistry(input.reference);
    case 'engine': {
      const { openEngineImage } = await import('../image/sources/docker-engine.ts');
      return openEngineImage(input.reference, {
        ...(input.host === undefined ? {} : { host: input.host }),
        ...(signal === undefined ? {} : { signal }),
      });
    }
  }
}

async function openFromRegistry(reference: string): Promise<ImageSource> {
  const [{ openRegistryImage }, { createHttpClient }, { findCredential }] = await Promise.all([
    import('../image/sources/registry.ts'),
    import('../foundation/io/http-client.ts'),
    import('../registry/credentials.ts'),
  ]);
  return openRegistryImage(reference, {
    http: createHttpClient(),
    credential: (registry, repository) => findCredential(registry, undefined, repository),
  });
}
