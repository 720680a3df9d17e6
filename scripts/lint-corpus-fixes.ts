import { applyFixes, fixText, lintText, type LintOptions } from '../src/dockerfile/lint/lint.ts';
import type { LintDiagnostic } from '../src/foundation/model/diagnostic.ts';
import { parseDockerfile } from '../src/dockerfile/syntax/parse.ts';
import type { CorpusFile } from './lint-corpus-files.ts';

export interface FixCheck {
  /** How many fixes were tried, one by one. */
  readonly tried: number;
  /** Fixes that took an instruction away, by rule: right for a rule that reports a whole instruction. */
  readonly shortened: readonly string[];
  readonly violations: readonly string[];
}

/** Returns whether the fixes of a file keep their promises: each alone takes its finding away and breaks nothing, all together leave nothing to fix, and a second run changes nothing. */
export function checkFixes(
  { source, path, text }: CorpusFile,
  diagnostics: readonly LintDiagnostic[],
  which: 'safe' | 'suggested',
  options: LintOptions,
): FixCheck {
  const fixable = diagnostics.filter(({ fixes }) => fixes.some(({ safety }) => which === 'suggested' || safety === 'safe'));
  const violations: string[] = [];
  const shortened: string[] = [];
  const place = `${source} ${path}`;
  for (const diagnostic of fixable) {
    const fixed = applyFixes(text, [diagnostic], which);
    const at = `${place}:${diagnostic.range.start.line + 1} ${diagnostic.ruleId}`;
    violations.push(...compareTexts(text, fixed, diagnostic.ruleId, options).map((what) => `${at} ${what}`));
    const lost = countInstructions(text) - countInstructions(fixed);
    if (lost > 0) shortened.push(diagnostic.ruleId);
    if (lost > keywordsTaken(text, fixed)) violations.push(`${at} the fix lets an instruction run into another`);
  }
  if (fixable.length === 0) return { tried: 0, shortened, violations };
  const fixed = fixText(text, which, options);
  if (fixText(fixed, which, options) !== fixed) violations.push(`${place} a second run changes the text again`);
  const left = lintText(fixed, options).diagnostics.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'));
  violations.push(...left.map(({ ruleId }) => `${place} ${ruleId} can still be fixed safely after the run`));
  violations.push(...compareProblems(text, fixed, options).map((what) => `${place} all fixes: ${what}`));
  return { tried: fixable.length, shortened, violations };
}

function countInstructions(text: string): number {
  return parseDockerfile(text).instructions.length;
}

/** How many lines that begin with an instruction's keyword are gone. */
function keywordsTaken(before: string, after: string): number {
  const count = (text: string): number => text.split('\n').filter((line) => KEYWORD_LINE.test(line)).length;
  return count(before) - count(after);
}

const KEYWORD_LINE =
  /^\s*(?:ONBUILD\s+)?(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)(?:\s|$)/i;

function compareTexts(before: string, after: string, ruleId: string, options: LintOptions): readonly string[] {
  if (before === after) return ['the fix changes nothing'];
  const count = (text: string): number => lintText(text, options).diagnostics.filter((diagnostic) => diagnostic.ruleId === ruleId).length;
  const gone = count(before) - count(after);
  const more = parseDockerfile(after).instructions.length - parseDockerfile(before).instructions.length;
  return [
    ...(gone < 1 ? ['the fix does not take the finding away'] : []),
    ...(more > 0 ? [`the fix adds ${more} instruction(s)`] : []),
    ...compareProblems(before, after, options),
  ];
}

function compareProblems(before: string, after: string, options: LintOptions): readonly string[] {
  const known = new Set(lintText(before, options).problems.map(({ message }) => message));
  return lintText(after, options)
    .problems.filter(({ message }) => !known.has(message))
    .map(({ message }) => `new problem: ${message}`);
}
