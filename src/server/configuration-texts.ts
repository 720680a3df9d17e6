import * as l10n from '@vscode/l10n';
import { rulesByName, severityDescription, type RuleOption } from '../engine/configuration-keys.ts';
import { escapeMarkdown, proseToMarkdown } from './markdown.ts';
import type { RulePageOf } from './rule-pages.ts';
import type { Rule } from './services.ts';

/** How texts about the configuration are written for a client. */
export interface ConfigurationTexts {
  readonly markdown: boolean;
  readonly rulePageOf: RulePageOf;
}

/** Returns a text of ours as the client shows it. */
export function toProse(text: string, { markdown }: ConfigurationTexts): string {
  return markdown ? proseToMarkdown(text) : text;
}

/** Returns what a rule is about: its title, what it reports and why, how much it weighs, what can be set, and where its page is. */
export function describeRule(rule: Rule, texts: ConfigurationTexts): string {
  const { id, slug, title, severity, aliases, options = [], docs } = rule;
  const page = texts.markdown ? texts.rulePageOf(rule) : undefined;
  const names = [slug, ...aliases].join(', ');
  return paragraphs([
    texts.markdown ? `**${escapeMarkdown(title)}** (${id})` : `${title} (${id})`,
    toProse(docs.reports, texts),
    toProse(docs.why, texts),
    l10n.t('Severity: {0}', severity),
    options.length === 0 ? '' : l10n.t('Options: {0}', toProse(options.map(({ name }) => `\`${name}\``).join(', '), texts)),
    l10n.t('Also known as {0}', texts.markdown ? escapeMarkdown(names) : names),
    page === undefined ? '' : `[${l10n.t('More about {0}', id)}](${page})`,
  ]);
}

export function describeOption({ description, default: value }: RuleOption, texts: ConfigurationTexts): string {
  const shown = Array.isArray(value) ? value.join(', ') : String(value);
  return paragraphs([
    toProse(description, texts),
    shown === '' ? l10n.t('Default: empty') : l10n.t('Default: {0}', texts.markdown ? escapeMarkdown(shown) : shown),
  ]);
}

/** Returns what the severity of the rules of a name is when it is not set. */
export function describeSeverity(name: string, texts: ConfigurationTexts): string {
  const own = new Set(rulesOf(name).map(({ severity }) => severity));
  return paragraphs([toProse(severityDescription, texts), own.size === 0 ? '' : l10n.t('Default: {0}', [...own].join(', '))]);
}

/** Returns the rules of a name: one, or those that share an alias. */
export function rulesOf(name: string): readonly Rule[] {
  return rulesByName.get(name) ?? [];
}

/** Returns the options of the rules of a name, each once. */
export function optionsOf(name: string): readonly RuleOption[] {
  const all = rulesOf(name).flatMap(({ options = [] }) => options);
  return all.filter((option, index) => all.findIndex((other) => other.name === option.name) === index);
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
