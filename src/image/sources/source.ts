import type { OpenFile } from '../../foundation/io/files.ts';
import type { Digest, DiffId } from '../../foundation/model/brand.ts';
import type { ImageConfig, Platform } from '../../foundation/model/image.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { LayerVisitor } from '../layers/visit-entries.ts';

/**
 * The contract of a place images come from: one source a file.
 *
 * Sources differ in what they can do. A file can be read at any offset; an engine's export is a stream that passes once, layers first and manifest last. So a source does not return
 * layers to be read later: it *drives*, handing every layer to `sink.layer` in whatever order its bytes come, and at the end returns what the image is. What a layer holds does not depend on
 * its place in the image; squashing, which does, happens when all are known. Layers that lie in a file may be handed on side by side.
 */
export interface ImageSource {
  /** 'docker-engine', 'docker-archive', 'oci-layout' … */
  readonly kind: string;
  /**
   * Returns the image's description after handing each layer's bytes to `sink` once.
   * @throws {ImageSourceError} when there is no image to speak of; a single layer that cannot be read is a problem in the result instead.
   */
  read(sink: LayerSink, options: ReadOptions): Promise<SourceImage>;
  /**
   * Returns a name that no other image has and that changes when anything of this one does, had without reading the layers; undefined when there is none to be had cheaply.
   * @throws {ImageSourceError} as `read` does
   */
  identify?(options: ReadOptions): Promise<string | undefined>;
}

export interface ReadOptions {
  readonly platform?: Platform;
  readonly signal?: AbortSignal;
  /** Fraction done, 0 to 1, when the total is known, and what is being read. */
  readonly onProgress?: (progress: { readonly fraction?: number; readonly message: string }) => void;
}

/** What a source knows of a layer before its bytes come. */
export interface ExpectedLayer {
  /** As the image's config says; for an archive that passes by before its config, as the layer's name says. */
  readonly diffId?: DiffId;
  /** Of the stored bytes, as the manifest says. */
  readonly digest?: Digest;
  /** The bytes come from a store that checked them itself: they need not be checked again. */
  readonly trusted?: true;
  /** As stored, when that is known beforehand. */
  readonly storedBytes?: number;
  /** Of the image, as in its platform: layers of Windows images have a form of their own. */
  readonly os?: string;
}

/** Where a source puts the layers. `key` is the source's own name of the layer (an archive path or digest): unique within one read. */
export interface LayerSink {
  /** True when the sink knows what is in the layer `expected` and needs no bytes of it: asked by a source whose bytes are dear. */
  recall?(key: string, expected: ExpectedLayer): Promise<boolean>;
  /** A layer as a stream of its stored bytes (plain, gzip or zstd; told from the bytes, not the name). A chunk need stay valid until the next is asked for only. Resolves when the sink has read all it wants; rejects with the reason the layer could not be read. */
  stream(key: string, bytes: AsyncIterable<Uint8Array>, expected?: ExpectedLayer): Promise<void>;
  /** The files of a folder, which is no archive: `walk` tells a visitor of all of them and gives him the contents he asks for. */
  tree?(key: string, walk: TreeWalk): Promise<void>;
  /** A layer as an uncompressed tar in a seekable file, `start` inclusive, `length` bytes: entries nobody wants need not be read at all. */
  seekable(key: string, file: SeekableBytes, start: number, length: number, expected?: ExpectedLayer): Promise<void>;
}

/** Tells `visitor` of every file there is, once. Rejects with the signal's reason when it aborts. */
export type TreeWalk = (visitor: LayerVisitor, signal?: AbortSignal) => Promise<void>;

/** Bytes that can be read at any offset, as often as anybody likes. */
export type SeekableBytes = Pick<OpenFile, 'sizeBytes' | 'read' | 'readNow' | 'hash' | 'sign'>;

export interface SourceImage {
  readonly reference?: string;
  readonly digest?: Digest;
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** Of the manifest, when there is one and it has any. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What else the same name holds images for. */
  readonly otherPlatforms?: readonly Platform[];
  /** Bottom first. `key` is undefined for a layer that never came (a foreign layer, a hole in the archive): there is a problem that says so. */
  readonly layers: readonly SourceLayer[];
  readonly problems: readonly Problem[];
}

export interface SourceLayer {
  readonly key: string | undefined;
  /** Absent for a folder's files: nothing was ever hashed, so they are no layer of the report. */
  readonly diffId?: DiffId;
  readonly digest?: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

export type ImageSourceErrorCode =
  | 'not-found'
  | 'no-engine'
  | 'engine-error'
  | 'not-an-image'
  | 'malformed'
  | 'truncated'
  | 'unsupported-media-type'
  | 'no-such-platform'
  | 'limit-exceeded'
  | 'permission'
  | 'timeout'
  | 'io';

/** There is no image to scan. `message` says what, where and what to do next. */
export class ImageSourceError extends Error {
  override readonly name = 'ImageSourceError';
  readonly code: ImageSourceErrorCode;
  constructor(code: ImageSourceErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
