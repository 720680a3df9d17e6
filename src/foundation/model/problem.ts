/** Why part of the work could not be done. Closed: the CLI, the panel and the tests switch over it. */
export type ProblemCode =
  | 'unreadable-file'
  | 'unreadable-layer'
  | 'digest-mismatch'
  | 'unsupported-media-type'
  | 'limit-exceeded'
  | 'missing-layer'
  | 'malformed'
  | 'unknown-distro'
  | 'no-advisories'
  | 'detector-failed'
  | 'rule-failed'
  | 'configuration'
  | 'expired'
  | 'vex'
  | 'permission'
  | 'network'
  | 'other';

/** One thing that failed or was skipped. A report that has any of them with `affectsResult` is partial, and never shown as clean. */
export interface Problem {
  readonly code: ProblemCode;
  /** What failed, on what, why: one sentence a user can read. No secrets, no stack. */
  readonly message: string;
  readonly path?: string;
  readonly layer?: number;
  readonly line?: number;
}
