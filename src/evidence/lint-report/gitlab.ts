import { createHash } from 'node:crypto';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { toStableJson } from '../report/stable-json.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { toReportPath } from './report-path.ts';
import type { LintedFile, LintRenderOptions } from './render.ts';

/**
 * Returns a Code Quality report, which GitLab shows in merge requests. It knows no incomplete report, so what could not be checked is an entry as well.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function renderLintGitlab(files: readonly LintedFile[], { workingDirectory }: LintRenderOptions): string {
  const issues = files.flatMap(({ path: named, diagnostics, problems }) => {
    const path = toReportPath(named, workingDirectory);
    const fingerprints = fingerprintsOf(path, diagnostics);
    return [
      ...diagnostics.map(({ ruleId, message, severity, range: { start, end } }, i) => ({
        description: message,
        check_name: ruleId,
        // Two with the same one are shown once.
        fingerprint: fingerprints[i],
        severity: toGitlabSeverity(severity),
        location: { path, lines: { begin: start.line + 1, end: end.line + 1 } },
      })),
      ...problems.map((problem, i) => toIssue(path, problem, i)),
    ];
  });
  return toStableJson(issues);
}

function toIssue(path: string, { message, line }: Problem, index: number): object {
  return {
    description: `Not all of it was checked: ${message}`,
    check_name: 'not-checked',
    fingerprint: createHash('sha256')
      .update(JSON.stringify(['not-checked', path, message, index]))
      .digest('hex'),
    severity: 'major',
    location: { path, lines: { begin: line ?? 1 } },
  };
}

function toGitlabSeverity(severity: Severity): 'blocker' | 'critical' | 'major' | 'minor' | 'info' {
  const names = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor', negligible: 'info', unknown: 'major' } as const;
  return names[severity];
}
