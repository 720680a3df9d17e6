import type { FixSafety } from '../../foundation/model/diagnostic.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { TextRange } from '../../foundation/model/text-range.ts';
import { toStableJson } from '../report/stable-json.ts';
import type { LintedFile } from './render.ts';

/** What `plimsoll lint --format json` prints; scripts depend on it. @see media/schemas/lint.json */
export interface LintReport {
  readonly schemaVersion: 1;
  readonly files: readonly LintReportFile[];
}

export interface LintReportFile {
  readonly path: string;
  readonly diagnostics: readonly LintReportDiagnostic[];
  readonly problems: readonly Problem[];
}

/** Lines and characters count from 0, as in LSP. */
export interface LintReportDiagnostic {
  readonly ruleId: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  /** The safest fix it offers; absent when it offers none. */
  readonly fix?: FixSafety;
}

export function toLintReport(files: readonly LintedFile[]): LintReport {
  return {
    schemaVersion: 1,
    files: files.map(({ path, diagnostics, problems }) => ({
      path,
      diagnostics: diagnostics.map(({ ruleId, aliases, severity, message, range, fixes }) => {
        const fix = fixes.some(({ safety }) => safety === 'safe') ? 'safe' : fixes.length > 0 ? 'suggested' : undefined;
        return { ruleId, aliases, severity, message, range, ...(fix === undefined ? {} : { fix }) };
      }),
      problems,
    })),
  };
}

export function renderLintJson(files: readonly LintedFile[]): string {
  return toStableJson(toLintReport(files), ['schemaVersion', 'files']);
}
