import { MAX_HELD_FILE_BYTES } from '../../foundation/base/limits.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import type { AnalyzedFile, Analyzer } from '../inventory/analyzer.ts';

interface HeldFile {
  readonly analyzer: Analyzer;
  /** The entry's number in the layer's tree. */
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** A file and, when its layer has it, the companion that its analyzer reads it with. */
export interface CompleteFile {
  readonly analyzer: Analyzer;
  readonly number: number;
  readonly file: AnalyzedFile;
}

/** Files of one layer that are analyzed two at a time: kept until the layer has ended, since either may come first. */
export class HeldFiles {
  readonly #files = new Map<ImagePath, HeldFile>();
  #heldBytes = 0;

  /** Keeps a copy of a file for `analyzer`, the last of several with the same path; false when there is no room for it. */
  keep(analyzer: Analyzer, path: ImagePath, number: number, bytes: Uint8Array): boolean {
    const heldBytes = this.#heldBytes + bytes.length - (this.#files.get(path)?.bytes.length ?? 0);
    if (heldBytes > MAX_HELD_FILE_BYTES) return false;
    this.#heldBytes = heldBytes;
    this.#files.set(path, { analyzer, number, bytes: Uint8Array.from(bytes) });
    return true;
  }

  /** Returns the files in pairs, a companion that is alone by itself, and forgets them. */
  takeAll(): readonly CompleteFile[] {
    const complete: CompleteFile[] = [];
    for (const [path, { analyzer, number, bytes }] of this.#files) {
      const ending = analyzer.companion ?? '';
      if (path.endsWith(ending) && this.#files.has(path.slice(0, -ending.length) as ImagePath)) continue;
      const companion = this.#files.get(`${path}${ending}` as ImagePath)?.bytes;
      complete.push({ analyzer, number, file: { path, bytes, ...(companion !== undefined && { companion }) } });
    }
    this.#files.clear();
    this.#heldBytes = 0;
    return complete;
  }
}
