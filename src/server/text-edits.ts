import type { Fix, LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextEdit, TextPosition } from '../foundation/model/text-range.ts';

/**
 * Returns the edits of the safe fixes that can be made together: the first safe fix of every diagnostic, in document order, without those that would touch text that an earlier one
 * already changes (the next run has them).
 */
export function safeEdits(diagnostics: readonly LintDiagnostic[]): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const fix of diagnostics.map(safeFixOf)) {
    if (fix?.edits.every((edit) => chosen.every((other) => !overlaps(edit, other))) === true) chosen.push(...fix.edits);
  }
  return chosen.toSorted((a, b) => comparePositions(a.range.start, b.range.start));
}

export function safeFixOf(diagnostic: LintDiagnostic): Fix | undefined {
  return diagnostic.fixes.find(({ safety }) => safety === 'safe');
}

export function comparePositions(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}

/** Edits that touch count as overlapping: two insertions at one place have no order, and two removals side by side could join words. */
function overlaps(a: TextEdit, b: TextEdit): boolean {
  return comparePositions(a.range.start, b.range.end) <= 0 && comparePositions(b.range.start, a.range.end) <= 0;
}
