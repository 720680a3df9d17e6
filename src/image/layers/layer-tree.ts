import type { ImagePath } from '../../foundation/model/brand.ts';
import type { TarEntryType } from '../../foundation/formats/tar-header.ts';

const entryTypes: readonly TarEntryType[] = ['file', 'directory', 'symlink', 'hardlink', 'character-device', 'block-device', 'fifo'];

/** A tree as plain data: entries in archive order as columns; `paths` and `numbers` go together, and so do `types` and `sizes`. */
export interface LayerTreeColumns {
  readonly paths: readonly ImagePath[];
  readonly numbers: readonly number[];
  /** Places in the list of types. */
  readonly types: readonly number[];
  readonly sizes: readonly number[];
  readonly targets: readonly (readonly [ImagePath, string])[];
  readonly whiteouts: readonly ImagePath[];
  readonly opaque: readonly string[];
}

/**
 * What one layer has to say about paths: the entries it brings, and the lower ones it hides. Kept in columns, because a layer may have millions of entries.
 * @see OCI image-spec layer.md#whiteouts
 */
export class LayerTree {
  /** Number of the last entry of each path, in archive order. */
  readonly #numbers = new Map<ImagePath, number>();
  readonly #types: TarEntryType[] = [];
  readonly #sizes: number[] = [];
  readonly #targets = new Map<ImagePath, string>();
  readonly #whiteouts = new Set<ImagePath>();
  readonly #opaque = new Set<string>();

  /** Returns the entry's number: a later entry of the same path replaces it. */
  add(path: ImagePath, type: TarEntryType, sizeBytes: number, linkTarget: string): number {
    const number = this.#types.push(type) - 1;
    this.#sizes.push(sizeBytes);
    this.#numbers.set(path, number);
    if (type === 'symlink' || type === 'hardlink') this.#targets.set(path, linkTarget);
    else if (this.#targets.size > 0) this.#targets.delete(path);
    return number;
  }

  /** Returns all of it as plain data. */
  toColumns(): LayerTreeColumns {
    return {
      paths: [...this.#numbers.keys()],
      numbers: [...this.#numbers.values()],
      types: this.#types.map((type) => entryTypes.indexOf(type)),
      sizes: this.#sizes,
      targets: [...this.#targets],
      whiteouts: [...this.#whiteouts],
      opaque: [...this.#opaque],
    };
  }

  static fromColumns(columns: LayerTreeColumns): LayerTree {
    const tree = new LayerTree();
    columns.paths.forEach((path, index) => tree.#numbers.set(path, columns.numbers[index] ?? 0));
    for (const type of columns.types) tree.#types.push(entryTypes[type] ?? 'file');
    for (const size of columns.sizes) tree.#sizes.push(size);
    for (const [path, target] of columns.targets) tree.#targets.set(path, target);
    for (const path of columns.whiteouts) tree.#whiteouts.add(path);
    for (const directory of columns.opaque) tree.#opaque.add(directory);
    return tree;
  }

  addWhiteout(path: ImagePath): void {
    this.#whiteouts.add(path);
  }

  /** `directory` is '' for the root. */
  addOpaque(directory: string): void {
    this.#opaque.add(directory);
  }

  /** Returns how many entries there were, whiteouts aside. */
  get entryCount(): number {
    return this.#types.length;
  }

  numberOf(path: ImagePath): number | undefined {
    return this.#numbers.get(path);
  }

  typeOf(path: ImagePath): TarEntryType | undefined {
    const number = this.#numbers.get(path);
    return number === undefined ? undefined : this.#types[number];
  }

  sizeOf(path: ImagePath): number {
    const number = this.#numbers.get(path);
    return number === undefined ? 0 : (this.#sizes[number] ?? 0);
  }

  /** Returns the target of a symlink or hardlink, as written in the archive. */
  targetOf(path: ImagePath): string | undefined {
    return this.#targets.get(path);
  }

  /** True when lower layers' `path` cannot be seen through this layer. `ancestors` are its folders, outermost first, without the root. An entry of the same path is no hiding but a replacement: ask `typeOf`. */
  hides(path: ImagePath, ancestors: readonly ImagePath[]): boolean {
    if (this.#whiteouts.has(path) || this.#opaque.has('')) return true;
    for (const ancestor of ancestors) {
      if (this.#whiteouts.has(ancestor) || this.#opaque.has(ancestor)) return true;
      const type = this.typeOf(ancestor);
      if (type !== undefined && type !== 'directory') return true;
    }
    return false;
  }
}

/** Returns the folders that `path` lies in, outermost first, without the root: `usr`, `usr/lib` for `usr/lib/os-release`. */
export function ancestorsOf(path: ImagePath): readonly ImagePath[] {
  const ancestors: ImagePath[] = [];
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) ancestors.push(path.slice(0, slash) as ImagePath);
  return ancestors;
}
