import { listEngineImages } from '../image/sources/docker-engine.ts';

/** One tagged image of a local engine. */
export interface LocalImage {
  readonly reference: string;
  /** Image id as the engine gives it. */
  readonly id: string;
  readonly createdAt?: string;
  readonly sizeBytes: number;
  /** Address of the engine, in DOCKER_HOST form. */
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
  return listEngineImages(signal === undefined ? {} : { signal });
}
