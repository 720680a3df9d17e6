import { createPaint, severityStyle, type Paint } from '../report/paint.ts';
import { toPlainLine } from '../report/sanitize.ts';
import { truncate, widthOf, wrap } from '../report/text-layout.ts';
import { countBySeverity } from '../report/wording.ts';
import type { LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { LintedFile, LintRenderOptions } from './render.ts';

const DEFAULT_WIDTH = 120;
const MIN_WIDTH = 60;

export function renderLintTable(files: readonly LintedFile[], options: LintRenderOptions): string {
  const paint = createPaint(options.color === true);
  const width = Math.max(MIN_WIDTH, options.width ?? DEFAULT_WIDTH);
  const blocks = files.flatMap((file) => renderFile(file, paint, width));
  return `${[...blocks, renderSummary(files, paint)].join('\n')}\n`;
}

function renderFile(file: LintedFile, paint: Paint, width: number): readonly string[] {
  const lines = file.text?.split(/\r\n|\r|\n/) ?? [];
  return [
    ...file.diagnostics.flatMap((diagnostic) => [...renderDiagnostic(file.path, diagnostic, lines[diagnostic.range.start.line], paint, width), '']),
    ...file.problems.map(
      ({ message }) => `${paint(toPlainLine(file.path), 'bold')}: ${paint('not all of it was checked', 'yellow')}: ${toPlainLine(message)}`,
    ),
  ];
}

function renderDiagnostic(path: string, diagnostic: LintDiagnostic, line: string | undefined, paint: Paint, width: number): readonly string[] {
  const { range, severity, ruleId, message, fixes } = diagnostic;
  const place = `${toPlainLine(path)}:${range.start.line + 1}:${range.start.character + 1}`;
  const fix = fixes[0];
  return [
    `${paint(place, 'bold')}  ${paint(severity, ...severityStyle[severity])}  ${paint(ruleId, 'dim')}`,
    ...wrap(toPlainLine(message), width - 2).map((text) => `  ${text}`),
    ...(line === undefined ? [] : renderExcerpt(line, diagnostic, paint, width)),
    ...(fix === undefined
      ? []
      : [`  ${paint('fix:', 'green')} ${toPlainLine(fix.title)}${fix.safety === 'safe' ? paint(' (--fix does it)', 'dim') : ''}`]),
  ];
}

/** The line at fault with a mark under the words; cut at the left so that the mark is in sight. */
function renderExcerpt(line: string, { range }: LintDiagnostic, paint: Paint, width: number): readonly string[] {
  const room = width - 6;
  const { character } = range.start;
  const cut = widthOf(toPlainLine(line.slice(0, character))) > room / 2 ? Math.max(0, character - Math.floor(room / 3)) : 0;
  const before = `${cut > 0 ? '…' : ''}${toPlainLine(line.slice(cut, character))}`;
  const end = range.end.line === range.start.line ? range.end.character : line.length;
  const marked = toPlainLine(line.slice(character, end));
  const shown = truncate(`${before}${marked}${toPlainLine(line.slice(end))}`, room);
  const marks = Math.max(1, Math.min(widthOf(marked), room - widthOf(before)));
  return [`    ${paint(shown, 'dim')}`, `    ${' '.repeat(widthOf(before))}${paint('^'.repeat(marks), 'red')}`];
}

function renderSummary(files: readonly LintedFile[], paint: Paint): string {
  const diagnostics = files.flatMap(({ diagnostics: found }) => found);
  const counts = [...countBySeverity(diagnostics)]
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => paint(`${count} ${severity}`, ...severityStyle[severity]));
  const suppressed = files.reduce((sum, { suppressed: silenced = [] }) => sum + silenced.length, 0);
  const incomplete = files.some(({ problems }) => problems.length > 0);
  const where = `in ${files.length === 1 ? 'one file' : `${files.length} files`}`;
  const silenced = suppressed === 0 ? '' : paint(` (${suppressed} silenced by comments)`, 'dim');
  if (counts.length > 0) return `${counts.join('   ')}   ${where}${silenced}`;
  return `${incomplete ? paint('Nothing found in what could be checked', 'yellow') : paint('Nothing found', 'green')} ${where}${silenced}`;
}
