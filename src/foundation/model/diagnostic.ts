import type { Problem } from './problem.ts';
import type { Severity } from './severity.ts';
import type { TextEdit, TextRange } from './text-range.ts';

/** `safe`: applied by fix-all and --fix, cannot change what the build produces but for the risk itself. `suggested`: lightbulb only. */
export type FixSafety = 'safe' | 'suggested';

export interface Fix {
  readonly safety: FixSafety;
  /** Imperative, as the lightbulb shows it: "Remove --insecure". */
  readonly title: string;
  /** Not overlapping, in document order. */
  readonly edits: readonly TextEdit[];
  /** For edits with a placeholder in them: what a server can be asked to fill it in. */
  readonly lookUp?: FixLookUp;
}

/** Whose SHA-256 belongs where `placeholder` stands, or why no server can tell. */
export type FixLookUp = { readonly placeholder: string } & ({ readonly url: string } | { readonly refused: string });

/** One place in a Dockerfile that a rule reports. */
export interface LintDiagnostic {
  readonly ruleId: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  readonly fixes: readonly Fix[];
}

/** A diagnostic that a comment silenced; kept so that it can be listed with its reason. */
export interface SuppressedDiagnostic {
  readonly diagnostic: LintDiagnostic;
  readonly reason?: string;
}

export interface LintResult {
  /** Sorted by place, then rule id. */
  readonly diagnostics: readonly LintDiagnostic[];
  readonly suppressed: readonly SuppressedDiagnostic[];
  readonly problems: readonly Problem[];
}
