import { MAX_DIAGNOSTICS } from '../../foundation/base/limits.ts';
import type { LintDiagnostic, LintResult, SuppressedDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { TextEdit } from '../../foundation/model/text-range.ts';
import { applyFixes, lintText, MAX_FIX_ROUNDS, suppressionEdit } from '../lint/lint.ts';
import type { LintOptions } from '../lint/lint.ts';
import { createTextDocument, positionAt } from '../syntax/text-document.ts';
import { findInlineDockerfiles } from './inline-dockerfiles.ts';
import type { InlineDockerfile } from './inline-dockerfiles.ts';
import { InlinePlace } from './inline-place.ts';

/** Returns what the rules say of the Dockerfiles inside a compose file, at their places in it. Never throws. A fix that cannot be written into the YAML is left out. */
export function lintComposeText(yaml: string, options: LintOptions = {}): LintResult {
  const { inlines, problems: unread } = findInlineDockerfiles(yaml);
  const document = createTextDocument(yaml);
  const diagnostics: LintDiagnostic[] = [];
  const suppressed: SuppressedDiagnostic[] = [];
  const problems: Problem[] = unread.map(({ message, offset }) => ({
    code: 'malformed',
    message,
    ...(offset === undefined ? {} : { line: positionAt(document, offset).line + 1 }),
  }));
  for (const inline of inlines) {
    const place = new InlinePlace(document, inline);
    const result = lintText(inline.text, options);
    const toOuter = (diagnostic: LintDiagnostic): LintDiagnostic => ({
      ...diagnostic,
      range: place.toOuter(diagnostic.range),
      fixes: place.toOuterFixes(diagnostic.fixes),
    });
    diagnostics.push(...result.diagnostics.map(toOuter));
    suppressed.push(...result.suppressed.map((entry) => ({ ...entry, diagnostic: toOuter(entry.diagnostic) })));
    problems.push(...result.problems.map((problem) => toOuterProblem(problem, inline, place)));
  }
  if (diagnostics.length > MAX_DIAGNOSTICS) {
    problems.push({ code: 'limit-exceeded', message: `${diagnostics.length} places were found; only the first ${MAX_DIAGNOSTICS} are listed` });
  }
  return { diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS), suppressed: suppressed.slice(0, MAX_DIAGNOSTICS), problems };
}

/** Returns the compose file with every safe fix applied to the Dockerfiles inside it: fixing the result again changes nothing. */
export function fixComposeText(yaml: string, which: 'safe' | 'suggested', options: LintOptions = {}): string {
  let current = yaml;
  for (let round = 0; round < MAX_FIX_ROUNDS; round++) {
    const next = applyFixes(current, lintComposeText(current, options).diagnostics, which);
    if (next === current) return current;
    current = next;
  }
  return current;
}

/** Returns the edit that puts a suppression above the instruction a diagnostic stands in; undefined where the YAML has no line for a comment. */
export function composeSuppressionEdit(yaml: string, diagnostic: LintDiagnostic, reason: string, expires?: string): TextEdit | undefined {
  const document = createTextDocument(yaml);
  for (const inline of findInlineDockerfiles(yaml).inlines) {
    const place = new InlinePlace(document, inline);
    const start = place.toInner(diagnostic.range.start);
    if (start === undefined) continue;
    return place.toOuterEdits([suppressionEdit(inline.text, { ...diagnostic, range: { start, end: start } }, reason, expires)])?.[0];
  }
  return undefined;
}

function toOuterProblem(problem: Problem, { service }: InlineDockerfile, place: InlinePlace): Problem {
  const at = { line: Math.max(0, (problem.line ?? 1) - 1), character: 0 };
  const { start } = problem.line === undefined ? place.range : place.toOuter({ start: at, end: at });
  return { ...problem, message: `service ${service}: ${problem.message}`, line: start.line + 1 };
}
