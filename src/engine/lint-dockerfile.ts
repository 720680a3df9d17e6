import { fixText, lintText, type RuleSettings } from '../dockerfile/lint/lint.ts';
import type { Rule } from '../dockerfile/lint/rule.ts';
import { rules } from '../dockerfile/lint/rules.generated.ts';
import type { LintResult } from '../foundation/model/diagnostic.ts';

export { applyFixes, suppressionEdit } from '../dockerfile/lint/lint.ts';

export interface LintSettings {
  /** Severity or 'off' by rule id, slug or alias. */
  readonly rules?: RuleSettings;
}

/** Returns what the rules say of a Dockerfile's text, as typed so far. Pure and synchronous: no network, no engine, no other program. */
export function lintDockerfile(text: string, settings: LintSettings = {}): LintResult {
  return lintText(text, settings.rules === undefined ? {} : { settings: settings.rules });
}

/** Returns the text with every safe fix applied, and those they uncover: fixing the result again changes nothing. */
export function fixDockerfile(text: string, settings: LintSettings = {}): string {
  return fixText(text, 'safe', settings.rules === undefined ? {} : { settings: settings.rules });
}

const byId = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}
