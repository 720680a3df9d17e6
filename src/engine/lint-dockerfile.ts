import { fixText, lintText, type LintOptions, type RuleSettings } from '../dockerfile/lint/lint.ts';
import type { OptionValues } from '../dockerfile/lint/options.ts';
import type { LintPolicy, Rule } from '../dockerfile/lint/rule.ts';
import { suppressionRules } from '../dockerfile/lint/suppressions.ts';
import { rules } from '../dockerfile/lint/rules.generated.ts';
import type { LintResult } from '../foundation/model/diagnostic.ts';

export { suppressionEdit } from '../dockerfile/lint/lint.ts';

export interface LintSettings {
  /** Severity or 'off' by rule id, slug or alias. */
  readonly rules?: RuleSettings;
  /** Options of rules, by rule id. */
  readonly ruleOptions?: Readonly<Record<string, OptionValues>>;
  /** Trusted registries, denied packages and vendors. */
  readonly policy?: Partial<LintPolicy>;
  /** YYYY-MM-DD against which suppressions expire and base releases end. Default: today. */
  readonly today?: string;
  /** Text of the .dockerignore that the build heeds (see readDockerignore). Default: there is none. */
  readonly dockerignore?: string | undefined;
}

/** Returns what the rules say of a Dockerfile's text, as typed so far. Synchronous: no network, no engine, no other program. */
export function lintDockerfile(text: string, settings: LintSettings = {}): LintResult {
  return lintText(text, toOptions(settings));
}

/** Returns the text with every safe fix applied, and those they uncover: fixing the result again changes nothing. */
export function fixDockerfile(text: string, settings: LintSettings = {}): string {
  return fixText(text, 'safe', toOptions(settings));
}

/** Returns the settings as the lint wing takes them. */
export function toOptions({ rules: severities, ruleOptions, policy = {}, today, dockerignore }: LintSettings): LintOptions {
  return {
    policy,
    ...(severities === undefined ? {} : { settings: severities }),
    ...(ruleOptions === undefined ? {} : { ruleOptions }),
    ...(today === undefined ? {} : { today }),
    ...(dockerignore === undefined ? {} : { dockerignore }),
  };
}

/** What is known of a rule apart from how it looks. */
export type RuleDescription = Pick<Rule, 'id' | 'slug' | 'title' | 'severity' | 'aliases' | 'options' | 'docs'>;

const byId = new Map<string, RuleDescription>(
  [...rules, ...suppressionRules.map((rule) => ({ ...rule, aliases: [] }))].map((rule) => [rule.id, rule]),
);

const byName = new Map<string, RuleDescription>(
  // An id or slug is heeded before another linter's id, and of rules that share one the first.
  [...byId.values()].toReversed().flatMap((rule) => rule.aliases.map((alias): [string, RuleDescription] => [alias.toLowerCase(), rule])),
);
for (const rule of byId.values()) for (const name of [rule.slug, rule.id]) byName.set(name.toLowerCase(), rule);

/** Returns the rule that goes by an id, a slug or another linter's id, in any case. */
export function ruleByName(name: string): RuleDescription | undefined {
  return byName.get(name.toLowerCase());
}

/** Returns the rule that a diagnostic's `ruleId` names, those about suppression comments included. */
export function ruleById(id: string): RuleDescription | undefined {
  return byId.get(id);
}
