import { FoldingRangeKind } from 'vscode-languageserver/node';
import type { FoldingRange } from 'vscode-languageserver/node';
import type { Fold } from '../engine/describe-dockerfile.ts';

/** Returns the folds as LSP has them: whole lines, no more than the client takes; of too many the widest stay. */
export function foldingRangesOf(folds: readonly Fold[], limit = Number.POSITIVE_INFINITY): FoldingRange[] {
  const kept = folds.length <= limit ? folds : new Set(folds.toSorted((a, b) => b.end - b.start - (a.end - a.start)).slice(0, limit));
  return folds
    .filter((fold) => kept === folds || (kept as ReadonlySet<Fold>).has(fold))
    .map(({ start, end, kind }) => ({ startLine: start, endLine: end, ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}) }));
}
