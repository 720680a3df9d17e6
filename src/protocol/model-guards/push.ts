import { isDigest } from '../../foundation/model/brand.ts';
import type { OneSided, OtherSeverity, PushOverride, PushResult, ScanComparison } from '../../foundation/model/push.ts';
import { isSeverity } from '../../foundation/model/severity.ts';
import { isPolicyDecision } from './policy.ts';
import { isProblem } from './problem.ts';
import { isCount, isText, listOf, oneOf, optional, shape } from '../shape.ts';

export const isPushResult = shape<PushResult>({
  schemaVersion: oneOf(1),
  outcome: oneOf('pushed', 'not-pushed', 'dry-run'),
  reference: isText,
  imageId: isText,
  decision: isPolicyDecision,
  digest: optional(isDigest),
  override: optional(shape<PushOverride>({ reason: isText, by: isText, at: isText })),
  problems: listOf(isProblem),
});

const isOneSided = shape<OneSided>({ id: isText, severity: isText, packages: listOf(isText) });

export const isScanComparison = shape<ScanComparison>({
  schemaVersion: oneOf(1),
  reference: isText,
  status: oneOf('done', 'pending', 'none', 'failed', 'unavailable'),
  message: isText,
  scanner: optional(shape<NonNullable<ScanComparison['scanner']>>({ name: isText, version: optional(isText) })),
  scannedAt: optional(isText),
  agreed: isCount,
  onlyTheirs: listOf(isOneSided),
  onlyOurs: listOf(isOneSided),
  otherSeverity: listOf(shape<OtherSeverity>({ id: isText, ours: isSeverity, theirs: isText })),
});
