import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextEdit } from '../foundation/model/text-range.ts';
import { safeEdits } from './text-edits.ts';

/** Most times that a fixed text is looked at again: a fix may uncover another place, but never without end. */
const MAX_ROUNDS = 10;

/**
 * Returns the edits that every safe fix of a document comes to, as `--fix` makes them: where some can only be made after others, one edit of all lines between the first and the last change.
 * Whoever fixes on save gets it whole with the first save.
 */
export function fixAllEdits(
  document: TextDocument,
  diagnostics: readonly LintDiagnostic[],
  lint: (text: string) => readonly LintDiagnostic[],
): readonly TextEdit[] {
  const first = safeEdits(diagnostics);
  if (first.length === 0) return [];
  const once = applyEdits(document.getText(), first);
  let fixed = once;
  for (let round = 1; round < MAX_ROUNDS; round++) {
    const more = safeEdits(lint(fixed));
    if (more.length === 0) break;
    fixed = applyEdits(fixed, more);
  }
  return fixed === once ? first : [changedLines(document, fixed)];
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits]);
}

/** One edit from the first line that differs to the last. */
function changedLines(document: TextDocument, fixed: string): TextEdit {
  const [before, after] = [linesOf(document.getText()), linesOf(fixed)];
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const start = before.slice(0, head).join('').length;
  const end = start + before.slice(head, before.length - tail).join('').length;
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: after.slice(head, after.length - tail).join('') };
}

/** Each with its line break, so that none is ever cut in two. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
