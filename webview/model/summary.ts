import type { ScanReport } from '../../src/foundation/model/report.ts';
import { ageInDays } from './text.ts';

/** Advisories older than this are called out. */
const STALE_AFTER_DAYS = 7;

/** The facts of the page's head. */
export interface Summary {
  readonly reference: string | undefined;
  readonly digest: string | undefined;
  /** linux/arm64/v8, with the Windows build where there is one. */
  readonly platform: string;
  readonly distro: string | undefined;
  /** Sum of the layers as stored. */
  readonly sizeBytes: number;
  /** Layers whose size the image does not tell: the sum is then a lower bound. */
  readonly layersOfUnknownSize: number;
  readonly advisories: AdvisoriesSummary;
  readonly partial: boolean;
  /** The report was attached to the image by somebody else. */
  readonly readElsewhere: boolean;
}

export interface AdvisoriesSummary {
  readonly source: string;
  readonly builtAt: string;
  readonly full: boolean;
  readonly ageDays: number | undefined;
  readonly stale: boolean;
}

export function summarise(report: ScanReport, nowMs: number): Summary {
  const { image, advisories } = report;
  const { os, architecture, variant, osVersion } = image.platform;
  const ageDays = ageInDays(advisories.builtAt, nowMs);
  return {
    reference: image.reference,
    digest: image.digest,
    platform:
      [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/') + (osVersion === undefined ? '' : ` ${osVersion}`),
    distro: image.distro === undefined ? undefined : (image.distro.prettyName ?? `${image.distro.id} ${image.distro.versionId}`.trim()),
    sizeBytes: image.layers.reduce((sum, layer) => sum + layer.sizeBytes, 0),
    layersOfUnknownSize: image.layers.filter((layer) => layer.sizeBytes === 0).length,
    // A report with problems is partial whatever its status says: it must not pass for clean.
    partial: report.status === 'partial' || report.problems.length > 0,
    readElsewhere: report.origin !== undefined,
    advisories: { ...advisories, ageDays, stale: ageDays === undefined || ageDays > STALE_AFTER_DAYS },
  };
}
