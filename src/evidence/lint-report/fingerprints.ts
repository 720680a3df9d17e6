import { createHash } from 'node:crypto';
import type { LintDiagnostic } from '../../foundation/model/diagnostic.ts';

/**
 * Returns a name for each diagnostic of one file that it keeps when lines move: from rule, file and message, and, where these are the same, from which of them it is.
 * Services tell by it whether they have seen a result before.
 */
export function fingerprintsOf(path: string, diagnostics: readonly LintDiagnostic[]): readonly string[] {
  const counts = new Map<string, number>();
  return diagnostics.map(({ ruleId, message }) => {
    const key = JSON.stringify([ruleId, path, message]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return createHash('sha256').update(`${key}${count}`).digest('hex');
  });
}
