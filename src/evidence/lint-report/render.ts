import type { LintDiagnostic, SuppressedDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { renderLintGithub } from './github.ts';
import { renderLintGitlab } from './gitlab.ts';
import { renderLintJson } from './json.ts';
import { renderLintSarif } from './sarif.ts';
import { renderLintTable } from './table.ts';

/** One linted file, or standard input as `-`. */
export interface LintedFile {
  /** As the user named it. */
  readonly path: string;
  readonly diagnostics: readonly LintDiagnostic[];
  readonly problems: readonly Problem[];
  readonly suppressed?: readonly SuppressedDiagnostic[];
  /** The text that was linted; with it the table shows the line at fault. */
  readonly text?: string;
}

export interface LintRenderOptions {
  readonly color?: boolean;
  readonly width?: number;
  readonly toolVersion: string;
  /** Where the command ran; formats for services name the files below it relative to it. */
  readonly workingDirectory?: string;
  /** What is known of a rule beyond its id, for SARIF. */
  readonly describeRule?: (id: string) => DescribedRule | undefined;
}

export interface DescribedRule {
  readonly slug: string;
  readonly title: string;
  readonly reports: string;
  readonly why: string;
  readonly fix: string;
  /** Whole Dockerfiles. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  readonly references: readonly string[];
  /** False: it is about correctness or style. */
  readonly isSecurity: boolean;
}

export const lintFormats = ['table', 'json', 'sarif', 'github', 'gitlab'] as const;
export type LintFormat = (typeof lintFormats)[number];

/** Returns what the rules say of some files, in one of the formats of `plimsoll lint --format`. Files stand in the order given. */
export function renderLint(format: LintFormat, files: readonly LintedFile[], options: LintRenderOptions): string {
  switch (format) {
    case 'json':
      return renderLintJson(files);
    case 'sarif':
      return renderLintSarif(files, options);
    case 'github':
      return renderLintGithub(files, options);
    case 'gitlab':
      return renderLintGitlab(files, options);
    case 'table':
      return renderLintTable(files, options);
  }
}
