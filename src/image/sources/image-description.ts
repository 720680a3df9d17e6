/** What the readers of archives and layouts take and give, and what they say when something is missing. */
import { MAX_LAYERS } from '../../foundation/base/limits.ts';
import type { Digest } from '../../foundation/model/brand.ts';
import type { ImageConfig, Platform } from '../../foundation/model/image.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { ConfigDocument } from './image-json.ts';
import type { SourceLayer } from './source.ts';
import { ImageSourceError } from './source.ts';

/** Documents by their path in the archive or layout. */
export interface DocumentStore {
  /** How a user would name it: the file's path, or the engine's address. */
  readonly name: string;
  /** Returns undefined when there is none. @throws {ImageSourceError} limit-exceeded, io */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Returns where a file really lies, when an archive has it as a link; undefined when it is not there. */
  locate(
    path: string,
  ): { readonly path: string; readonly sizeBytes: number } | undefined | Promise<{ readonly path: string; readonly sizeBytes: number } | undefined>;
}

/** Which of several images is meant. */
export interface ImageChoice {
  readonly reference?: string;
  readonly platform?: Platform;
}

export interface ImageDescription {
  readonly reference?: string;
  readonly digest?: Digest;
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** Of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What else the same name holds images for. */
  readonly otherPlatforms?: readonly Platform[];
  /** Bottom first; `key` is the path to read it from. */
  readonly layers: readonly SourceLayer[];
  readonly problems: readonly Problem[];
}

/** Names as many layers as the config does, and not too many. @throws {ImageSourceError} limit-exceeded, malformed */
export function checkLayerCount(what: string, count: number, document: ConfigDocument): void {
  if (count > MAX_LAYERS) throw new ImageSourceError('limit-exceeded', `${what} names ${count} layers; at most ${MAX_LAYERS} are read.`);
  if (count !== document.diffIds.length) {
    throw new ImageSourceError(
      'malformed',
      `${what} is malformed: there are ${count} layers but ${document.diffIds.length} diff_ids in the config. Save the image again.`,
    );
  }
}

/** Returns the problem that a layer's bytes are not there. `urls` are where else the layer is: of one that may not be distributed with the image. */
export function missingLayer(store: DocumentStore, layer: number, count: number, urls: readonly string[] = []): Problem {
  const [host] = urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).host] : []));
  const why =
    urls.length === 0
      ? 'the image was not saved whole'
      : `it may not be distributed with the image, as a base layer of Windows, and was left ${host ? `at ${host}` : 'elsewhere'}; what is in it was not looked at`;
  return { code: 'missing-layer', message: `layer ${layer + 1} of ${count} is not in ${store.name}: ${why}`, layer };
}

/** Returns the problem that something has another digest than it is named by. */
export function digestMismatch(what: string, expected: string, found: string): Problem {
  return { code: 'digest-mismatch', message: `${what} was changed or damaged: expected ${expected}, found ${found}` };
}

/** Returns an item that is known to be there. */
export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index}`);
  return item;
}
