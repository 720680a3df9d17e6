import { lintText } from '../../../dockerfile/lint/lint.ts';
import type { Rule } from '../../../dockerfile/lint/rule.ts';
import { rules } from '../../../dockerfile/lint/rules.generated.ts';
import type { Fix, LintDiagnostic } from '../../../foundation/model/diagnostic.ts';
import type { Remediation } from '../../../foundation/model/finding.ts';
import { isAtLeast } from '../../../foundation/model/severity.ts';
import type { Detector, DetectorHit } from '../detector.ts';
import { toInstructions, type HistoryInstruction } from '../history-instructions.ts';
import { redactSecrets } from '../redact-text.ts';

const historyRules = rules.filter(({ appliesToHistory }) => appliesToHistory !== false);
const rulesById: ReadonlyMap<string, Rule> = new Map(historyRules.map((rule) => [rule.id, rule]));

/** Where an image of unknown origin begins; nothing is reported on this line. */
const FIRST_LINE = 'FROM scratch';

/** Dangerous build commands, told from the history that every image carries: the lint rules, run on it as if it were a Dockerfile. */
export const detector: Detector = {
  id: 'build-history',
  version: 1,
  scope: 'final-filesystem',
  *inspectConfig(config) {
    const instructions = toInstructions(config.history);
    const text = [FIRST_LINE, ...instructions.map((instruction) => instruction.text), ''].join('\n');
    const byLine = instructionsByLine(instructions);
    const seen = new Set<string>();
    const { diagnostics, suppressed } = lintText(text, { rules: historyRules });
    // A comment inside a recorded command silences nothing here: the image is what is judged, and it does not judge itself.
    for (const diagnostic of [...diagnostics, ...suppressed.map((silenced) => silenced.diagnostic)]) {
      const rule = rulesById.get(diagnostic.ruleId);
      const instruction = byLine[diagnostic.range.start.line];
      // What is below medium is about how a file is written, and its author is not the one who reads this.
      if (rule === undefined || !isAtLeast(diagnostic.severity, 'medium')) continue;
      if (instruction === undefined || instruction.implied === true) continue;
      const key = `${diagnostic.ruleId} ${instruction.historyIndex} ${diagnostic.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield toHit(diagnostic, rule, instruction);
    }
  },
};

/** What stands on each line of the text: undefined for FROM. */
function instructionsByLine(instructions: readonly HistoryInstruction[]): readonly (HistoryInstruction | undefined)[] {
  return [undefined, ...instructions.flatMap((instruction) => instruction.text.split('\n').map(() => instruction))];
}

function toHit(diagnostic: LintDiagnostic, rule: Rule, instruction: HistoryInstruction): DetectorHit {
  return {
    id: rule.id,
    category: 'build-command',
    severity: diagnostic.severity,
    title: redactSecrets(diagnostic.message),
    description: `${rule.title}. ${rule.docs.why}`,
    references: rule.docs.references,
    remediation: remedies(diagnostic, rule, instruction),
    historyIndex: instruction.historyIndex,
  };
}

function remedies(diagnostic: LintDiagnostic, rule: Rule, instruction: HistoryInstruction): readonly Remediation[] {
  const manual: Remediation = { kind: 'manual', text: rule.docs.fix };
  const fixed = diagnostic.fixes.map((fix) => fixInstruction(diagnostic, fix, instruction)).find((text) => text !== undefined);
  return fixed === undefined
    ? [manual]
    : [{ kind: 'dockerfile', text: redactSecrets(fixed), description: diagnostic.fixes[0]?.title ?? 'The instruction, put right' }, manual];
}

/** Returns the instruction as the fix would leave it, when it is one line and the fix stays on it. */
function fixInstruction(diagnostic: LintDiagnostic, fix: Fix, instruction: HistoryInstruction): string | undefined {
  const { line } = diagnostic.range.start;
  if (instruction.text.includes('\n') || fix.edits.some(({ range }) => range.start.line !== line || range.end.line !== line)) return undefined;
  return fix.edits
    .toReversed()
    .reduce((text, { range, newText }) => text.slice(0, range.start.character) + newText + text.slice(range.end.character), instruction.text);
}
