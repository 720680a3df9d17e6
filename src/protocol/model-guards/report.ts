import { isDigest } from '../../foundation/model/brand.ts';
import type { AdvisoriesUsed, ReleaseEnd, ReportFilter, ReportOrigin, ScanReport } from '../../foundation/model/report.ts';
import { isSeverity } from '../../foundation/model/severity.ts';
import { isFinding, isIgnoredFinding } from './finding.ts';
import { isDistro, isImageConfig, isLayer, isPlatform } from './image.ts';
import { isPackage } from './package.ts';
import { isProblem } from './problem.ts';
import { isCount, isFlag, isNumber, isText, listOf, oneOf, optional, recordOf, shape } from '../shape.ts';

export const isAdvisoriesUsed = shape<AdvisoriesUsed>({
  source: isText,
  builtAt: isText,
  full: isFlag,
  uncovered: optional(listOf(shape<NonNullable<AdvisoriesUsed['uncovered']>[number]>({ type: isText, packages: isCount }))),
});

/** True for a whole scan report: what the panel, the export and the policy check may rely on without looking again. */
export const isScanReport = shape<ScanReport>({
  schemaVersion: oneOf(1),
  image: shape<ScanReport['image']>({
    reference: optional(isText),
    digest: optional(isDigest),
    platform: isPlatform,
    distro: optional(isDistro),
    endOfLife: optional(shape<ReleaseEnd>({ name: isText, endedAt: isText, paidUntil: optional(isText), source: isText })),
    config: isImageConfig,
    annotations: optional(recordOf(isText)),
    otherPlatforms: optional(listOf(isPlatform)),
    layers: listOf(isLayer),
  }),
  packages: listOf(isPackage),
  findings: listOf(isFinding),
  ignored: optional(listOf(isIgnoredFinding)),
  notices: optional(listOf(isProblem)),
  advisories: isAdvisoriesUsed,
  filtered: optional(
    shape<ReportFilter>({ categories: optional(listOf(isText)), minimumSeverity: optional(isSeverity), ignoreUnfixed: optional(isFlag) }),
  ),
  origin: optional(shape<ReportOrigin>({ reference: isText, matched: oneOf('theirs', 'ours') })),
  problems: listOf(isProblem),
  status: oneOf('complete', 'partial'),
  timings: recordOf(isNumber),
});
