import type { Finding } from './finding.ts';
import type { Platform } from './image.ts';
import type { Problem } from './problem.ts';

/** `unknown` whenever the policy could not be read or its own documents leave the case open; an error is never `allow`. */
export type PolicyDecisionKind = 'allow' | 'block' | 'block-until-scanned' | 'unknown';

export interface AllowlistEntry {
  readonly id: string;
  /** ISO 8601; absent when it never expires. */
  readonly expires?: string;
}

/** A registry namespace's blocking policy, as its registry states it. */
export interface BlockingPolicy {
  readonly enabled: boolean;
  /** The registry's own word for its threshold, untranslated. Empty when it has none. */
  readonly severity: string;
  /** In force now (expired entries are in `expiredAllowlist`). */
  readonly allowlist: readonly AllowlistEntry[];
  /** The registry's answer, as read. */
  readonly raw: unknown;
}

/** What one who can refuse says of one platform of an image. */
export interface PlatformDecision {
  readonly platform: Platform;
  readonly decision: PolicyDecisionKind;
  readonly reason: string;
  readonly blocking: readonly string[];
}

/** One of several that decide: the registry's own policy, or the `policy:` of `.plimsoll.yaml`. */
export interface PolicyPart {
  /** A provider's id, or 'policy-file'. */
  readonly provider: string;
  readonly decision: PolicyDecisionKind;
  readonly reason: string;
  readonly blocking: readonly string[];
}

/** An allowlist entry that a person would take for an id that blocks, and the registry does not: other case, spaces around it. */
export interface NearMiss {
  readonly entry: string;
  readonly id: string;
}

/** Who decides in the end, as far as the registry says. */
export interface DecidingScanner {
  /** 'Trivy', 'Clair' … */
  readonly name: string;
  readonly version?: string;
  /** ISO 8601: how new its data is. */
  readonly dataFrom?: string;
}

/** What `policy check` prints and the panel shows. */
export interface PolicyDecision {
  readonly schemaVersion: 1;
  /** The reference that would be pushed, normalised. */
  readonly reference: string;
  /** 'harbor', … ; 'none' when no provider recognises the registry. */
  readonly provider: string;
  readonly policy: BlockingPolicy;
  readonly decision: PolicyDecisionKind;
  /** One or two sentences: why. */
  readonly reason: string;
  /** Ids that block, sorted. */
  readonly blocking: readonly string[];
  /** Ids that only the allowlist lets through, sorted. */
  readonly allowlisted: readonly string[];
  /** The fewest changes after which the decision would be allow; empty when it is, or when none is known. */
  readonly minimalFix: readonly MinimalFix[];
  readonly problems: readonly Problem[];
  /** Allowlist entries that no longer count; absent when there are none. */
  readonly expiredAllowlist?: readonly AllowlistEntry[];
  /** Absent when there are none. */
  readonly nearMisses?: readonly NearMiss[];
  readonly decidedBy?: DecidingScanner;
  /** Ids whose severity another scanner may see on the other side of the threshold; absent when there are none. */
  readonly nearThreshold?: readonly string[];
  /** One for each, when several platforms were judged; any that is refused refuses the image. */
  readonly platforms?: readonly PlatformDecision[];
  /** When more than one decided: what each said. The strictest counts. */
  readonly parts?: readonly PolicyPart[];
}

export interface MinimalFix {
  readonly package?: string;
  readonly from?: string;
  readonly to?: string;
  /** Ids that this step removes. */
  readonly removes: readonly string[];
  /** Shell line to run in the build; absent when no fixed version exists. */
  readonly command?: string;
}

/** The part of a report that a policy looks at. */
export type PolicyVulnerability = Pick<Finding, 'id' | 'aliases' | 'severity' | 'package' | 'remediation' | 'rating' | 'kev'>;
