import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { LintDiagnostic, LintResult } from '../foundation/model/diagnostic.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { RulePageOf } from './rule-pages.ts';
import type { ServerServices } from './services.ts';
import type { ServerSettings } from './settings.ts';

const SOURCE = 'plimsoll';

export interface DiagnosticContext {
  readonly services: Pick<ServerServices, 'ruleById'>;
  readonly rulePageOf: RulePageOf;
}

/** Returns what the editor shows for a lint result: every diagnostic, then what could not be linted, so that half a file is never taken for a clean one. */
export function toDiagnostics(result: LintResult, settings: ServerSettings, context: DiagnosticContext): Diagnostic[] {
  return [...result.diagnostics.map((diagnostic) => toDiagnostic(diagnostic, settings, context)), ...result.problems.map(toProblemDiagnostic)];
}

/** Returns one diagnostic as LSP has it: code = rule id, linked to the rule's page. */
export function toDiagnostic(diagnostic: LintDiagnostic, settings: ServerSettings, { services, rulePageOf }: DiagnosticContext): Diagnostic {
  const rule = services.ruleById(diagnostic.ruleId);
  const href = rule === undefined ? undefined : rulePageOf(rule);
  return {
    source: SOURCE,
    code: diagnostic.ruleId,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    severity: settings.severityMapping[diagnostic.severity],
    message: diagnostic.message,
    range: diagnostic.range,
  };
}

/** Returns a problem on its line: information, since it says what is not known. */
export function toProblemDiagnostic(problem: Problem): Diagnostic {
  const line = Math.max(0, (problem.line ?? 1) - 1);
  return {
    source: SOURCE,
    code: problem.code,
    severity: DiagnosticSeverity.Information,
    message: problem.message,
    range: { start: { line, character: 0 }, end: { line, character: 0 } },
  };
}
