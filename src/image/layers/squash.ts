import { MAX_SYMLINKS } from '../../foundation/base/limits.ts';
import type { ImagePath } from '../../foundation/model/brand.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { LayerTree } from './layer-tree.ts';
import { ancestorsOf } from './layer-tree.ts';

/** What a container would see of the layers, asked path by path. */
export interface SquashedTree {
  /** Returns the layer whose entry is seen at `path`; undefined when there is none or it was deleted. */
  layerOf(path: ImagePath): number | undefined;
  /** True when the entry that `layer` has at `path` is what is seen there. Folders of several layers are seen as one. */
  isVisible(path: ImagePath, layer: number): boolean;
  /** Returns the layers with an entry at `path`, from the one that is seen down to the last that no layer above cuts off. */
  copiesOf(path: ImagePath): readonly number[];
  /** Returns the path that `path` leads to when symbolic links are followed, also those among its folders; undefined when it leads nowhere or round in circles. */
  resolve(path: ImagePath): ImagePath | undefined;
}

/** Returns the view of `layers`, bottom first; undefined stands for a layer that could not be had. */
export function squash(layers: readonly (LayerTree | undefined)[]): SquashedTree {
  function copiesOf(path: ImagePath): readonly number[] {
    const ancestors = ancestorsOf(path);
    const copies: number[] = [];
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      const tree = layers[layer];
      if (tree === undefined) continue;
      if (tree.typeOf(path) !== undefined) copies.push(layer);
      if (tree.hides(path, ancestors)) break;
    }
    return copies;
  }

  function layerOf(path: ImagePath): number | undefined {
    return copiesOf(path)[0];
  }

  function isVisible(path: ImagePath, layer: number): boolean {
    const copies = copiesOf(path);
    if (!copies.includes(layer)) return false;
    return copies[0] === layer || copies.every((copy) => copy < layer || layers[copy]?.typeOf(path) === 'directory');
  }

  function resolve(path: ImagePath): ImagePath | undefined {
    let rest = path.split('/');
    let done: string[] = [];
    let links = 0;
    while (rest.length > 0) {
      const [name = '', ...after] = rest;
      rest = after;
      if (name === '' || name === '.') continue;
      if (name === '..') {
        done.pop();
        continue;
      }
      const here = [...done, name].join('/') as ImagePath;
      const layer = layerOf(here);
      const tree = layer === undefined ? undefined : layers[layer];
      if (tree?.typeOf(here) !== 'symlink') {
        done.push(name);
        continue;
      }
      links++;
      const target = tree.targetOf(here) ?? '';
      if (links > MAX_SYMLINKS || target.includes('\0')) return undefined;
      if (target.startsWith('/')) done = [];
      rest = [...target.split('/'), ...rest];
    }
    const end = toImagePath(done.join('/'));
    return end !== undefined && layerOf(end) !== undefined ? end : undefined;
  }

  return { layerOf, isVisible, copiesOf, resolve };
}
