import type { LintDiagnostic } from '../../foundation/model/diagnostic.ts';
import type { TextPosition, TextRange } from '../../foundation/model/text-range.ts';

/** A diagnostic whose rule leaves the word to others where they speak of the same thing. */
export interface Claim {
  readonly diagnostic: LintDiagnostic;
  /** The stretch that it is about. */
  readonly subject: TextRange;
  /** Rule ids, the most specific first. */
  readonly givesWayTo: readonly string[];
}

/**
 * Returns the diagnostics without those whose subject a more specific rule reports. That one goes by their aliases as well, so that whoever looks for the flaw by another linter's id finds it,
 * and offers their fixes behind its own.
 */
export function speakOnce(found: readonly LintDiagnostic[], claims: readonly Claim[]): readonly LintDiagnostic[] {
  const silent = new Set<LintDiagnostic>();
  const heard = new Map<LintDiagnostic, LintDiagnostic[]>();
  const speakers = new Map<string, LintDiagnostic[]>(claims.flatMap(({ givesWayTo }) => givesWayTo.map((id) => [id, []])));
  for (const diagnostic of found) speakers.get(diagnostic.ruleId)?.push(diagnostic);
  for (const { diagnostic, subject, givesWayTo } of claims) {
    const speaker = givesWayTo.flatMap((id) => speakers.get(id) ?? []).find(({ range }) => overlaps(range, subject));
    if (speaker === undefined) continue;
    silent.add(diagnostic);
    heard.set(speaker, [...(heard.get(speaker) ?? []), diagnostic]);
  }
  return found.flatMap((diagnostic) => (silent.has(diagnostic) ? [] : [merge(diagnostic, heard.get(diagnostic) ?? [])]));
}

function merge(speaker: LintDiagnostic, others: readonly LintDiagnostic[]): LintDiagnostic {
  if (others.length === 0) return speaker;
  const fixes = new Map([speaker, ...others].flatMap((diagnostic) => diagnostic.fixes.map((fix) => [fix.title, fix])));
  return { ...speaker, aliases: [...new Set([speaker, ...others].flatMap(({ aliases }) => aliases))], fixes: [...fixes.values()] };
}

function overlaps(a: TextRange, b: TextRange): boolean {
  return isBefore(a.start, b.end) && isBefore(b.start, a.end);
}

function isBefore(a: TextPosition, b: TextPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
