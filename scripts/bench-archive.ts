/** Writes a `docker save` archive, or an OCI layout in a tar, of any size: layer by layer as the files come, never holding more than a buffer. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { paddedTarSize } from '../src/foundation/formats/tar-header.ts';
import { buildTar, tarHeader, type TarFile } from '../test/support/tar-builder.ts';

const BUFFER_BYTES = 4 * 1024 * 1024;
const END_OF_TAR = new Uint8Array(1024);

/** Where a layer comes from: its files, or the path of its finished tar. */
export type LayerContent = Iterable<TarFile> | string;

/** Writes the image with `layers` to `target`: as `docker save` does, or, with `gzip`, as an OCI layout of compressed layers. The same input gives the same bytes. */
export function writeImageArchive(target: string, layers: readonly LayerContent[], gzip = false): void {
  const staged = `${target}.part`;
  const archive = new ArchiveWriter(staged);
  const written = layers.map((layer, index) => archive.addLayer(gzip ? `blobs/layer-${index}` : `layer-${index}/layer.tar`, layer, gzip));
  const config = toJson({
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['/bin/sh'] },
    rootfs: { type: 'layers', diff_ids: written.map(({ diffId }) => diffId) },
    history: written.map((_, index) => ({ created_by: `COPY layer-${index} /` })),
  });
  const saved = [{ Config: 'config.json', RepoTags: ['bench:latest'], Layers: written.map(({ path }) => path) }];
  archive.addFile({ path: 'config.json', content: config });
  archive.addFile({ path: 'manifest.json', content: toJson(saved) });
  archive.close();
  renameSync(staged, target);
}

interface WrittenLayer {
  readonly path: string;
  readonly diffId: string;
}

class ArchiveWriter {
  readonly #file: number;
  #position = 0;

  constructor(target: string) {
    this.#file = openSync(target, 'w');
  }

  addFile(file: TarFile): void {
    this.#write(buildTar([file], { end: false }));
  }

  /** The header comes first and tells the size, which is known last. */
  addLayer(path: string, layer: LayerContent, gzip: boolean): WrittenLayer {
    const header = this.#position;
    this.#position += END_OF_TAR.length / 2;
    const start = this.#position;
    const hash = createHash('sha256');
    for (const piece of typeof layer === 'string' ? readPieces(layer) : toPieces(layer)) {
      hash.update(piece);
      // Members of one gzip file, one after the other, are one gzip file.
      this.#write(gzip ? gzipSync(piece) : piece);
    }
    const size = this.#position - start;
    writeSync(this.#file, tarHeader({ name: path, flag: '0', size }), 0, END_OF_TAR.length / 2, header);
    this.#write(new Uint8Array(paddedTarSize(size) - size));
    return { path, diffId: `sha256:${hash.digest('hex')}` };
  }

  close(): void {
    this.#write(END_OF_TAR);
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done, bytes.length - done, this.#position + done);
    this.#position += bytes.length;
  }
}

/** Yields the tar of `files` in large pieces. */
function* toPieces(files: Iterable<TarFile>): Generator<Uint8Array, void, undefined> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for (const file of files) {
    const entry = buildTar([file], { end: false });
    pending.push(entry);
    size += entry.length;
    if (size < BUFFER_BYTES) continue;
    yield Buffer.concat(pending);
    pending = [];
    size = 0;
  }
  yield Buffer.concat([...pending, END_OF_TAR]);
}

function* readPieces(path: string): Generator<Uint8Array, void, undefined> {
  const file = openSync(path, 'r');
  const buffer = new Uint8Array(BUFFER_BYTES);
  try {
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) yield buffer.subarray(0, count);
  } finally {
    closeSync(file);
  }
}

function toJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
