import type { FindingLocation } from '../foundation/model/finding.ts';
import type { Layer } from '../foundation/model/image.ts';

/** Returns where a layer's finding is; a bill of materials may not tell of layers. */
export function locateLayer(layer: number | undefined, layers: readonly Layer[]): FindingLocation {
  if (layer === undefined || layers[layer] === undefined) return {};
  const { historyIndex, createdBy } = layers[layer];
  return { layer, ...(createdBy === undefined ? {} : { createdBy }), ...(historyIndex === undefined ? {} : { historyIndex }) };
}
