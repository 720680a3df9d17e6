import { homedir } from 'node:os';
import { messageOf } from '../foundation/base/result.ts';
import { findEngine, listEngineImages } from '../image/sources/docker-engine.ts';
import { ImageSourceError } from '../image/sources/source.ts';
import { EndpointError, resolveEngineEndpoints } from '../registry/contexts.ts';

/** One tagged image of a local engine. */
export interface LocalImage {
  readonly reference: string;
  /** Image id as the engine gives it. */
  readonly id: string;
  readonly createdAt?: string;
  readonly sizeBytes: number;
  /** Address of the engine in DOCKER_HOST form; empty for the one that is found without being told, because a context's certificates are not in its address. */
  readonly host: string;
}

export interface LocalImages {
  /** Newest first. */
  readonly images: readonly LocalImage[];
  /** Every engine address that was looked at, with what went wrong there. */
  readonly tried: readonly { readonly address: string; readonly error?: string }[];
}

/** Returns the images of every engine that answers; never throws when none does. */
export async function listLocalImages(signal?: AbortSignal): Promise<LocalImages> {
  const images: LocalImage[] = [];
  const tried: { address: string; error?: string }[] = [];
  const surroundings = { environment: process.env, homeDirectory: homedir(), platform: process.platform };
  let addresses: readonly string[];
  try {
    addresses = (await resolveEngineEndpoints(undefined, surroundings)).map(({ address }) => address);
  } catch (error) {
    if (!(error instanceof EndpointError)) throw error;
    return { images, tried: [{ address: process.env.DOCKER_HOST ?? process.env.DOCKER_CONTEXT ?? 'docker context', error: error.message }] };
  }
  const chosen = addresses.length === 1;
  for (const address of addresses) {
    try {
      const engine = await findEngine({ ...(chosen ? {} : { host: address }), ...(signal === undefined ? {} : { signal }) });
      for (const { id, references, created, sizeBytes } of await listEngineImages(engine, signal)) {
        for (const reference of references) {
          images.push({ reference, id, ...(created === undefined ? {} : { createdAt: created }), sizeBytes, host: chosen ? '' : address });
        }
      }
      tried.push({ address });
    } catch (error) {
      signal?.throwIfAborted();
      // The whole message names every address again; here each has a line of its own.
      tried.push({ address, error: messageOf(error instanceof ImageSourceError && error.cause instanceof Error ? error.cause : error) });
    }
  }
  return { images: images.toSorted((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? '')), tried };
}
