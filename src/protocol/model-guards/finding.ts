import { findingCategories } from '../../foundation/model/finding.ts';
import type { Finding, FindingLocation, FindingMatch, Rating, Remediation, SeverityClaim, VexClaim } from '../../foundation/model/finding.ts';
import type { IgnoredBy, IgnoredFinding } from '../../foundation/model/report.ts';
import { isSeverity } from '../../foundation/model/severity.ts';
import { isTextRange } from './text.ts';
import { isCount, isFlag, isNumber, isText, listOf, oneOf, optional, shape } from '../shape.ts';

const isRating = shape<Rating>({ cvssVector: optional(isText), score: optional(isNumber), source: isText });

export const isFinding = shape<Finding>({
  id: isText,
  category: oneOf(...findingCategories),
  severity: isSeverity,
  title: isText,
  description: optional(isText),
  references: listOf(isText),
  package: optional(
    shape<NonNullable<Finding['package']>>({
      purl: isText,
      name: isText,
      installedVersion: isText,
      fixedVersion: optional(isText),
      status: isText,
      paidFix: optional(shape<NonNullable<NonNullable<Finding['package']>['paidFix']>>({ service: isText, version: isText })),
    }),
  ),
  location: shape<FindingLocation>({
    layer: optional(isCount),
    path: optional(isText),
    line: optional(isCount),
    createdBy: optional(isText),
    historyIndex: optional(isCount),
    dockerfileRange: optional(isTextRange),
    deletedLater: optional(isFlag),
  }),
  rating: optional(isRating),
  aliases: optional(listOf(isText)),
  ratings: optional(listOf(isRating)),
  severities: optional(listOf(shape<SeverityClaim>({ source: isText, severity: isSeverity }))),
  severitySource: optional(isText),
  match: optional(
    shape<FindingMatch>({
      packageName: isText,
      installedVersion: isText,
      affected: isText,
      recordId: isText,
      bucket: isText,
      source: isText,
      url: optional(isText),
    }),
  ),
  kev: optional(isFlag),
  kevAddedAt: optional(isText),
  epss: optional(isNumber),
  epssPercentile: optional(isNumber),
  vex: optional(
    shape<VexClaim>({
      status: oneOf('affected', 'under_investigation'),
      source: isText,
      author: optional(isText),
      text: optional(isText),
      timestamp: optional(isText),
    }),
  ),
  impact: optional(isText),
  remediation: listOf(shape<Remediation>({ kind: oneOf('command', 'dockerfile', 'manual'), text: isText, description: optional(isText) })),
  compliance: listOf(isText),
});

export const isIgnoredFinding = shape<IgnoredFinding>({
  finding: isFinding,
  by: shape<IgnoredBy>({
    kind: oneOf('configuration', 'vex'),
    source: isText,
    line: optional(isCount),
    reason: optional(isText),
    status: optional(oneOf('not_affected', 'fixed')),
    justification: optional(isText),
    author: optional(isText),
    timestamp: optional(isText),
    expires: optional(isText),
  }),
});
