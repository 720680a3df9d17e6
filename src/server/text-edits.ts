import type { Fix, LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextEdit, TextPosition, TextRange } from '../foundation/model/text-range.ts';

/**
 * Returns the edits of the safe fixes that can be made together: the first safe fix of every diagnostic, in document order, without those that would touch text that an earlier one
 * already changes (the next run has them).
 */
export function safeEdits(diagnostics: readonly LintDiagnostic[]): readonly TextEdit[] {
  return editsTogether(diagnostics.map((diagnostic) => safeFixOf(diagnostic)?.edits ?? []));
}

/** Returns the edits of all groups in document order, without the groups that would touch text that an earlier one already changes. */
export function editsTogether(groups: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const edits of groups) {
    if (edits.every((edit) => chosen.every((other) => !overlaps(edit, other)))) chosen.push(...edits);
  }
  return chosen.toSorted((a, b) => comparePositions(a.range.start, b.range.start));
}

export function safeFixOf(diagnostic: LintDiagnostic): Fix | undefined {
  return diagnostic.fixes.find(({ safety }) => safety === 'safe');
}

export function comparePositions(a: TextPosition, b: TextPosition): number {
  return a.line - b.line || a.character - b.character;
}

/** True when two ranges share text, or only touch. */
export function intersects(a: TextRange, b: TextRange): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}

export function sameRange(a: TextRange, b: TextRange): boolean {
  return comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0;
}

/** Edits that touch count as overlapping: two insertions at one place have no order, and two removals side by side could join words. */
function overlaps(a: TextEdit, b: TextEdit): boolean {
  return intersects(a.range, b.range);
}
