import type { Severity } from '../../foundation/model/severity.ts';
import { toPlainLine } from '../report/sanitize.ts';
import { sarifLevel } from '../report/sarif-log.ts';
import { toReportPath } from './report-path.ts';
import type { LintedFile, LintRenderOptions } from './render.ts';

/**
 * Returns workflow commands: one line each, which GitHub Actions shows as an annotation at the line of the file.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderLintGithub(files: readonly LintedFile[], { workingDirectory }: LintRenderOptions): string {
  const lines = files.flatMap((file) => {
    const path = toReportPath(file.path, workingDirectory);
    return [
      ...file.diagnostics.map(({ severity, ruleId, message, range: { start, end } }) =>
        toCommand(
          commandOf(severity),
          {
            file: path,
            line: start.line + 1,
            endLine: end.line + 1,
            // Columns are of one line, or they do not count.
            ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
            title: `${ruleId} (${severity})`,
          },
          message,
        ),
      ),
      ...file.problems.map(({ message }) => toCommand('warning', { file: path, title: 'not all of it was checked' }, message)),
    ];
  });
  return lines.map((line) => `${line}\n`).join('');
}

function toCommand(command: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${command} ${list.join(',')}::${escapeData(message)}`;
}

/** Text of a Dockerfile must not begin a command of its own: toPlainLine leaves no line end, and what the runner would decode is encoded. */
function escapeData(text: string): string {
  return toPlainLine(text).replaceAll('%', '%25');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** GitHub's commands have SARIF's levels, but for one name. */
function commandOf(severity: Severity): 'error' | 'warning' | 'notice' {
  const level = sarifLevel(severity);
  return level === 'note' ? 'notice' : level;
}
