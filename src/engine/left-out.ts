import { vulnerabilityCategories, type FindingCategory } from '../foundation/model/finding.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { ReportFilter, ScanReport } from '../foundation/model/report.ts';

/** Returns what of an image's vulnerabilities a report was told to leave out: a policy that finds none of those proves nothing. Undefined when it has all that were found. */
export function vulnerabilitiesLeftOut({ filtered }: Pick<ScanReport, 'filtered'>): Problem | undefined {
  if (filtered === undefined) return undefined;
  const { minimumSeverity, ignoreUnfixed } = filtered;
  const missing = vulnerabilityCategories.filter((category) => !wasLookedFor(filtered, category));
  const left = [
    ...(missing.length === 0 ? [] : [missing.join(', ')]),
    ...(minimumSeverity === undefined || minimumSeverity === 'unknown' ? [] : [`what is below ${minimumSeverity}`]),
    ...(ignoreUnfixed === true ? ['what has no fix'] : []),
  ];
  if (left.length === 0) return undefined;
  return {
    code: 'other',
    message: `The report leaves out ${left.join(' and ')}: a policy cannot be judged by it. Scan the image without those limits.`,
  };
}

function wasLookedFor({ categories }: ReportFilter, category: FindingCategory): boolean {
  return categories?.includes(category) !== false;
}
