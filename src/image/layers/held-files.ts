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
    const companions = new Set([...this.#files].map(([path, { analyzer }]) => companionOf(path, analyzer)));
    for (const [path, { analyzer, number, bytes }] of this.#files) {
      if (companions.has(path)) continue;
      const companion = this.#files.get(companionOf(path, analyzer) ?? path)?.bytes;
      complete.push({ analyzer, number, file: { path, bytes, ...(companion !== undefined && companion !== bytes && { companion }) } });
    }
    this.#files.clear();
    this.#heldBytes = 0;
    return complete;
  }
}

/** The path of the second file beside that at `path`; undefined when it is the second itself. */
function companionOf(path: ImagePath, { companion = '' }: Analyzer): ImagePath | undefined {
  if (typeof companion === 'string') return `${path}${companion}` as ImagePath;
  const other = `${path.slice(0, path.lastIndexOf('/') + 1)}${companion.name}` as ImagePath;
  return other === path ? undefined : other;
}
