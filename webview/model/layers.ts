import type { Layer } from '../../src/foundation/model/image.ts';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { severityRank } from '../../src/foundation/model/severity.ts';
import type { Severity } from '../../src/foundation/model/severity.ts';
import { toInstruction } from './text.ts';

/** One layer as the list shows it. `index` is its place in ScanReport.image.layers, bottom first. */
export interface LayerRow {
  readonly index: number;
  readonly layer: Layer;
  /** As a Dockerfile line, raw text of the image otherwise: neutralise before showing. Empty when the image tells nothing. */
  readonly instruction: string;
  /** As stored in the image. */
  readonly createdBy: string;
  readonly packages: number;
  readonly findings: number;
  readonly worst: Severity | undefined;
  /** 0 to 1: this layer's size as a part of the largest layer's. */
  readonly share: number;
}

export const layerColumns = ['layer', 'size', 'instruction', 'packages', 'findings'] as const;
export type LayerColumn = (typeof layerColumns)[number];

/** Returns a row for each layer, bottom first. A finding or package that names a layer the image does not have is counted nowhere. */
export function toLayerRows(report: ScanReport): readonly LayerRow[] {
  const { layers, config } = report.image;
  const packages = new Array<number>(layers.length).fill(0);
  const findings = new Array<number>(layers.length).fill(0);
  const worst = new Array<Severity | undefined>(layers.length).fill(undefined);
  for (const { layer } of report.packages) if (layer < layers.length) packages[layer] = (packages[layer] ?? 0) + 1;
  for (const { location, severity } of report.findings) {
    const layer = location.layer;
    if (layer === undefined || layer >= layers.length) continue;
    findings[layer] = (findings[layer] ?? 0) + 1;
    const known = worst[layer];
    if (known === undefined || severityRank(severity) < severityRank(known)) worst[layer] = severity;
  }
  const largest = layers.reduce((size, layer) => Math.max(size, layer.sizeBytes), 0);
  return layers.map((layer, index) => {
    const createdBy = layer.createdBy ?? (layer.historyIndex === undefined ? undefined : config.history[layer.historyIndex]?.createdBy) ?? '';
    return {
      index,
      layer,
      createdBy,
      instruction: toInstruction(createdBy),
      packages: packages[index] ?? 0,
      findings: findings[index] ?? 0,
      worst: worst[index],
      share: largest === 0 ? 0 : layer.sizeBytes / largest,
    };
  });
}

/** Returns the rows in the order asked for; the image's order (bottom first) is `layer` ascending. */
export function sortLayers(rows: readonly LayerRow[], column: LayerColumn, descending: boolean): readonly LayerRow[] {
  const value = layerValueOf(column);
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = value(a);
    const right = value(b);
    const order = left < right ? -1 : left > right ? 1 : 0;
    return order === 0 ? a.index - b.index : direction * order;
  });
}

function layerValueOf(column: LayerColumn): (row: LayerRow) => number | string {
  switch (column) {
    case 'layer':
      return (row) => row.index;
    case 'size':
      return (row) => row.layer.sizeBytes;
    case 'instruction':
      return (row) => row.instruction;
    case 'packages':
      return (row) => row.packages;
    case 'findings':
      return (row) => row.findings;
  }
}
