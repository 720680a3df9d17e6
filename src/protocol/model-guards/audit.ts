import type { AuditedImage, AuditedPlatform } from '../../foundation/model/audit.ts';
import { isDigest } from '../../foundation/model/brand.ts';
import { isPlatform } from './image.ts';
import { isDecisionKind } from './policy.ts';
import { isText, listOf, oneOf, optional, shape } from '../shape.ts';

/** True for what an audit says of one image. */
export const isAuditedImage = shape<AuditedImage>({
  repository: isText,
  digest: optional(isDigest),
  tags: listOf(isText),
  decision: isDecisionKind,
  reason: isText,
  blocking: listOf(isText),
  platforms: listOf(
    shape<AuditedPlatform>({
      digest: isDigest,
      platform: optional(isPlatform),
      decision: isDecisionKind,
      reason: isText,
      blocking: listOf(isText),
      basis: oneOf('attached', 'remembered', 'scanned', 'none'),
    }),
  ),
  passing: optional((value) => value === true),
});
