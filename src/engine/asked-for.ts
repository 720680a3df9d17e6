import { findingCategories, type Finding } from '../foundation/model/finding.ts';
import type { ReportFilter, ScanReport } from '../foundation/model/report.ts';
import { isAtLeast } from '../foundation/model/severity.ts';
import type { ScanOptions } from './engine.ts';

type Filters = Pick<ScanOptions, 'categories' | 'minimumSeverity' | 'ignoreUnfixed'>;

/** Returns a test of whether a finding was asked for. */
export function isAskedFor({ categories, minimumSeverity, ignoreUnfixed }: Filters): (finding: Finding) => boolean {
  return ({ category, severity, package: installed }) =>
    (categories === undefined || categories.includes(category)) &&
    (minimumSeverity === undefined || isAtLeast(severity, minimumSeverity)) &&
    !(ignoreUnfixed === true && category !== 'malware' && installed !== undefined && installed.fixedVersion === undefined);
}

/** Returns what a report is to say of what was not asked for; nothing when all was. */
export function filterOf({ categories, minimumSeverity, ignoreUnfixed }: Filters): Pick<ScanReport, 'filtered'> {
  const filtered: ReportFilter = {
    ...(categories === undefined || findingCategories.every((category) => categories.includes(category)) ? {} : { categories }),
    ...(minimumSeverity === undefined || minimumSeverity === 'unknown' ? {} : { minimumSeverity }),
    ...(ignoreUnfixed === true ? { ignoreUnfixed } : {}),
  };
  return Object.keys(filtered).length === 0 ? {} : { filtered };
}
