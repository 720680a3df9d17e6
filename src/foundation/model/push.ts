import type { Digest } from './brand.ts';
import type { PolicyDecision } from './policy.ts';
import type { Problem } from './problem.ts';
import type { Severity } from './severity.ts';

/** `not-pushed`: the decision forbids it and no reason was given; or a dry run, which pushes nothing. */
export type PushOutcome = 'pushed' | 'not-pushed' | 'dry-run';

/** Why somebody pushed what the decision forbids; kept in the evidence log. */
export interface PushOverride {
  readonly reason: string;
  /** user@host */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What came of a push. */
export interface PushResult {
  readonly schemaVersion: 1;
  readonly outcome: PushOutcome;
  /** What it was pushed as, in full. */
  readonly reference: string;
  /** The engine's id of the image. */
  readonly imageId: string;
  readonly decision: PolicyDecision;
  /** Of the manifest, as the registry took it; absent when it was not pushed or the engine does not tell. */
  readonly digest?: Digest;
  readonly override?: PushOverride;
  /** What did not keep the push from being made: the log could not be written … */
  readonly problems: readonly Problem[];
}

/** One vulnerability of a registry's own scan. */
export interface RegistryVulnerability {
  readonly id: string;
  readonly package?: string;
  readonly version?: string;
  /** The registry's own word. */
  readonly severity: string;
}

/** `pending`: it is being scanned, or the registry asks to come again. `none`: nobody has scanned it. `failed`: the registry's scanner did not finish. */
export type RegistryScanStatus = 'done' | 'pending' | 'none' | 'failed';

/** What a registry found in an image by its own scan. */
export interface RegistryReport {
  readonly status: RegistryScanStatus;
  readonly scanner?: { readonly name: string; readonly version?: string };
  /** ISO 8601. */
  readonly scannedAt?: string;
  /** Empty unless `status` is 'done'. */
  readonly vulnerabilities: readonly RegistryVulnerability[];
  /** When the registry says when to come again. */
  readonly retryAfterMs?: number;
}

/** One vulnerability that only one side has. */
export interface OneSided {
  readonly id: string;
  /** Theirs in their own word, ours in ours. */
  readonly severity: string;
  /** Names of the packages, sorted. */
  readonly packages: readonly string[];
}

export interface OtherSeverity {
  readonly id: string;
  readonly ours: Severity;
  /** Their own word. */
  readonly theirs: string;
}

/** `unavailable`: this kind of registry tells no reports, or did not tell this one; `message` says why. */
export type ComparisonStatus = RegistryScanStatus | 'unavailable';

/** A registry's own scan beside ours. The lists are empty unless `status` is 'done'. */
export interface ScanComparison {
  readonly schemaVersion: 1;
  readonly reference: string;
  readonly status: ComparisonStatus;
  /** One sentence for people. */
  readonly message: string;
  readonly scanner?: { readonly name: string; readonly version?: string };
  /** ISO 8601. */
  readonly scannedAt?: string;
  /** How many vulnerabilities both have, in the same severity. */
  readonly agreed: number;
  readonly onlyTheirs: readonly OneSided[];
  readonly onlyOurs: readonly OneSided[];
  readonly otherSeverity: readonly OtherSeverity[];
}

/** What `plimsoll push --format json` prints. */
export interface PushReport extends PushResult {
  /** Absent when nothing was pushed. */
  readonly registryScan?: ScanComparison;
}
