import type { Digest } from './brand.ts';
import type { Platform } from './image.ts';
import type { PolicyDecisionKind } from './policy.ts';
import type { Problem } from './problem.ts';

/** What an image was judged by: a report attached to it, what this machine remembers of it, a scan of it, or nothing. */
export type AuditBasis = 'attached' | 'remembered' | 'scanned' | 'none';

/** One platform of an image. */
export interface AuditedPlatform {
  readonly digest: Digest;
  readonly platform?: Platform;
  readonly decision: PolicyDecisionKind;
  readonly reason: string;
  /** Ids that block, at most MAX_AUDITED_IDS of them. */
  readonly blocking: readonly string[];
  readonly basis: AuditBasis;
}

/** One digest in one repository, however many tags it has. */
export interface AuditedImage {
  readonly repository: string;
  /** Absent where the registry refuses even to name it, because it is blocked. */
  readonly digest?: Digest;
  /** Of those that were looked at; sorted. */
  readonly tags: readonly string[];
  /** The strictest of its platforms. */
  readonly decision: PolicyDecisionKind;
  readonly reason: string;
  readonly blocking: readonly string[];
  readonly platforms: readonly AuditedPlatform[];
  /** True when what went wrong may go right the next time: such an image is judged anew when the audit is taken up again. */
  readonly passing?: true;
}

export interface AuditSummary {
  readonly repositories: number;
  readonly images: number;
  readonly allow: number;
  readonly block: number;
  readonly blockUntilScanned: number;
  readonly unknown: number;
}

/** What `plimsoll policy audit` prints. */
export interface AuditResult {
  readonly schemaVersion: 1;
  /** 'registry.example.com/team' */
  readonly target: string;
  /** '2/5': the parts this covers; absent when it was not divided. Sorted. */
  readonly shards?: readonly string[];
  /** False when something was not looked at: an audit that was cut off, a repository that could not be listed, a missing part. */
  readonly complete: boolean;
  readonly summary: AuditSummary;
  /** Sorted by repository, then digest. */
  readonly images: readonly AuditedImage[];
  readonly problems: readonly Problem[];
}
