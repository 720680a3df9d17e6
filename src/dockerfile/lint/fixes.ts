import type { Fix, LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { TextEdit } from '../../foundation/model/text-range.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import { createTextDocument, lineEnd, offsetAt, positionAt } from '../syntax/text-document.ts';

interface OffsetEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Returns `text` with one fix of each diagnostic applied: only safe ones, or the suggested ones too. A fix that meets one already taken is left for the next run. */
export function applyFixes(text: string, diagnostics: readonly LintDiagnostic[], which: 'safe' | 'suggested'): string {
  const document = createTextDocument(text);
  const taken: OffsetEdit[] = [];
  for (const diagnostic of diagnostics) {
    const fix = chooseFix(diagnostic.fixes, which);
    if (fix === undefined) continue;
    const edits = fix.edits.map((edit) => ({
      start: offsetAt(document, edit.range.start),
      end: offsetAt(document, edit.range.end),
      newText: edit.newText,
    }));
    if (!edits.some((edit) => meetsAny(taken, edit))) for (const edit of edits) taken.splice(countBefore(taken, edit.start, edit.end), 0, edit);
  }
  let result = '';
  let at = 0;
  for (const edit of taken) {
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}

function chooseFix(fixes: readonly Fix[], which: 'safe' | 'suggested'): Fix | undefined {
  return fixes.find((fix) => fix.safety === 'safe') ?? (which === 'suggested' ? fixes[0] : undefined);
}

/** Edits that touch count as meeting, so that two of them never join two words. Those in `taken` are in order and do not overlap, so the last that could meet it decides. */
function meetsAny(taken: readonly OffsetEdit[], edit: OffsetEdit): boolean {
  const last = taken[countBefore(taken, edit.end, Infinity) - 1];
  return last !== undefined && last.end >= edit.start;
}

/** Returns how many edits, which are in order, start before `start`, or there and do not end behind `end`. */
function countBefore(edits: readonly OffsetEdit[], start: number, end: number): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const edit = edits[middle];
    if (edit !== undefined && (edit.start < start || (edit.start === start && edit.end <= end))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the edit that puts a suppression with its reason, and the day (YYYY-MM-DD) it ends on if it does, above the instruction a diagnostic stands in. */
export function suppressionEdit(text: string, diagnostic: LintDiagnostic, reason: string, expires?: string): TextEdit {
  const { instructions, document } = parseDockerfile(text);
  const { line } = diagnostic.range.start;
  const instruction = instructions.findLast((candidate) => candidate.range.start.line <= line);
  const start = instruction?.range.start ?? { line, character: 0 };
  const at = positionAt(document, document.lineStarts[start.line] ?? text.length);
  const indent = text.slice(offsetAt(document, at), offsetAt(document, start)).replace(/\S.*$/, '');
  const newline = text.slice(lineEnd(document, 0)).startsWith('\r\n') ? '\r\n' : '\n';
  const because = reason.replaceAll(/[\s;]+/g, ' ').trim();
  const until = expires === undefined ? '' : `; expires=${expires}`;
  const newText = `${indent}# plimsoll ignore=${diagnostic.ruleId}${because === '' ? '' : ` reason=${because}`}${until}${newline}`;
  return { range: { start: at, end: at }, newText };
}
