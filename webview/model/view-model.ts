import type { PolicyDecision } from '../../src/foundation/model/policy.ts';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { toFindingRows } from './findings.ts';
import type { FindingRow } from './findings.ts';
import { toLayerRows } from './layers.ts';
import type { LayerRow } from './layers.ts';
import { toLoadLine } from './load-line.ts';
import type { LoadLine } from './load-line.ts';
import { toPackageRows } from './packages.ts';
import type { PackageRow } from './packages.ts';
import { remarksOf } from './remarks.ts';
import type { Remark } from './remarks.ts';
import { summarise } from './summary.ts';
import type { Summary } from './summary.ts';

/** What is computed once for a report. */
interface OfReport {
  readonly summary: Summary;
  readonly remarks: readonly Remark[];
  readonly packages: readonly PackageRow[];
  readonly layers: readonly LayerRow[];
}

/** All that is computed once for a report and a decision. */
export interface ViewModel extends OfReport {
  readonly findings: readonly FindingRow[];
  readonly loadLine: LoadLine;
}

/** Returns what the page shows. `known` is that of the same report with another decision. */
export function toViewModel(report: ScanReport, decision: PolicyDecision | undefined, locale: string, known: OfReport | undefined): ViewModel {
  return {
    ...(known ?? ofReport(report, locale)),
    findings: toFindingRows(report, decision?.blocking ?? [], decision?.allowlisted ?? []),
    loadLine: toLoadLine(report.findings, decision),
  };
}

function ofReport(report: ScanReport, locale: string): OfReport {
  return {
    summary: summarise(report, Date.now()),
    remarks: remarksOf(report, locale),
    packages: toPackageRows(report),
    layers: toLayerRows(report),
  };
}
