import type {
  AllowlistEntry,
  BlockingPolicy,
  DecidingScanner,
  MinimalFix,
  NearMiss,
  PlatformDecision,
  PolicyDecision,
  PolicyPart,
} from '../../foundation/model/policy.ts';
import { isPlatform } from './image.ts';
import { isProblem } from './problem.ts';
import { isAnything, isFlag, isText, listOf, oneOf, optional, shape } from '../shape.ts';

const isAllowlistEntry = shape<AllowlistEntry>({ id: isText, expires: optional(isText) });

export const isDecisionKind = oneOf('allow', 'block', 'block-until-scanned', 'unknown');

export const isPolicyDecision = shape<PolicyDecision>({
  schemaVersion: oneOf(1),
  reference: isText,
  provider: isText,
  policy: shape<BlockingPolicy>({
    enabled: isFlag,
    severity: isText,
    allowlist: listOf(isAllowlistEntry),
    raw: isAnything,
  }),
  decision: isDecisionKind,
  reason: isText,
  blocking: listOf(isText),
  allowlisted: listOf(isText),
  minimalFix: listOf(
    shape<MinimalFix>({
      package: optional(isText),
      from: optional(isText),
      to: optional(isText),
      removes: listOf(isText),
      command: optional(isText),
    }),
  ),
  problems: listOf(isProblem),
  expiredAllowlist: optional(listOf(isAllowlistEntry)),
  nearMisses: optional(listOf(shape<NearMiss>({ entry: isText, id: isText }))),
  decidedBy: optional(shape<DecidingScanner>({ name: isText, version: optional(isText), dataFrom: optional(isText) })),
  nearThreshold: optional(listOf(isText)),
  platforms: optional(listOf(shape<PlatformDecision>({ platform: isPlatform, decision: isDecisionKind, reason: isText, blocking: listOf(isText) }))),
  parts: optional(listOf(shape<PolicyPart>({ provider: isText, decision: isDecisionKind, reason: isText, blocking: listOf(isText) }))),
});
