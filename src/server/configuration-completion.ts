import * as l10n from '@vscode/l10n';
import { CompletionItemKind, MarkupKind } from 'vscode-languageserver/node';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { IGNORE_KEY, ignoreKeys } from '../engine/configuration-ignore.ts';
import {
  configurableRules,
  policyKeys,
  providerIds,
  PROVIDERS_KEY,
  ruleLevels,
  RULES_KEY,
  SEVERITY_KEY,
  topKeys,
} from '../engine/configuration-keys.ts';
import { POLICY_KEY, policyFileKeys, policySwitches, signatureWishes } from '../engine/configuration-policy.ts';
import { requirements, TRUST_KEY, trustKeysAt } from '../engine/configuration-trust.ts';
import { typingPlaceAt, type TypingPlace } from '../engine/configuration-place.ts';
import { severities } from '../foundation/model/severity.ts';
import type { TextPosition } from '../foundation/model/text-range.ts';
import { defaultExpiry } from './suppression.ts';
import { describeOption, describeRule, describeSeverity, optionsOf, rulesOf, toProse, type ConfigurationTexts } from './configuration-texts.ts';

/** Text that needs no quotes in YAML, in a list on one line either. */
const PLAIN = /^[A-Za-z][\w./=-]*(?::[\w./=-]+)?$|^\d+$/;

interface Choice {
  readonly label: string;
  readonly kind: 'key' | 'value';
  readonly detail?: string;
  readonly documentation?: string;
  /** What else it is found by. */
  readonly filterText?: string;
}

/** Returns what may be typed at `position` of a configuration file: keys, rules, severities, options and examples of their values. */
export function configurationCompletions(document: TextDocument, position: TextPosition, texts: ConfigurationTexts): CompletionItem[] {
  const place = typingPlaceAt(document.getText(), document.offsetAt(position));
  if (place === undefined) return [];
  const range = { start: document.positionAt(place.word[0]), end: document.positionAt(place.word[1]) };
  return choicesAt(place, texts)
    .filter(({ kind, label }) => kind === 'value' || !place.siblings.includes(label))
    .map((choice, index) => {
      const newText = textOf(choice, place);
      return {
        label: choice.label,
        kind: choice.kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.Value,
        sortText: String(index).padStart(4, '0'),
        textEdit: { range, newText },
        ...(choice.filterText === undefined ? {} : { filterText: choice.filterText }),
        ...(choice.detail === undefined ? {} : { detail: choice.detail }),
        ...(choice.documentation === undefined ? {} : { documentation: toMarkup(choice.documentation, texts) }),
      };
    });
}

function choicesAt(place: TypingPlace, texts: ConfigurationTexts): readonly Choice[] {
  const [top, rule, option] = place.path;
  if (place.role === 'key') {
    if (top === undefined) return topKeys.map(({ name, description }) => ({ label: name, kind: 'key', documentation: toProse(description, texts) }));
    if (top === IGNORE_KEY) return rule === undefined ? ignoreChoices(texts) : [];
    if (top === POLICY_KEY) return rule === undefined ? policyChoices(texts) : [];
    if (top === TRUST_KEY) return trustChoices(place.path.slice(1), texts);
    if (top !== RULES_KEY) return [];
    return rule === undefined ? ruleChoices(place, texts) : option === undefined ? optionChoices(rule, texts) : [];
  }
  // Behind the dash of an entry its first key is typed, which is no key yet.
  if (top === IGNORE_KEY) return rule === undefined ? (place.isItem ? ignoreChoices(texts) : []) : place.isItem ? [] : ignoreValues(rule);
  if (top === POLICY_KEY) return option === undefined && !place.isItem ? policyValues(rule) : [];
  if (top === TRUST_KEY) return trustValues(place, texts);
  if (top === PROVIDERS_KEY) return rule === undefined ? [] : examples(providerIds);
  if (top !== RULES_KEY) return place.isItem ? examples(policyKeys.find(({ name }) => name === top)?.examples ?? []) : [];
  if (rule === undefined || rulesOf(rule).length === 0) return [];
  if (option === undefined || option === SEVERITY_KEY) return place.isItem ? [] : levels(rule);
  const found = optionsOf(rule).find(({ name }) => name === option);
  return found !== undefined && place.isItem === (found.kind !== 'integer') ? examples(found.examples) : [];
}

function ignoreChoices(texts: ConfigurationTexts): readonly Choice[] {
  return ignoreKeys.map(({ name, description }) => ({ label: name, kind: 'key', documentation: toProse(description, texts) }));
}

function ignoreValues(key: string | undefined): readonly Choice[] {
  if (key === 'expires') return examples([defaultExpiry(new Date())]);
  return examples(ignoreKeys.find(({ name }) => name === key)?.examples ?? []);
}

function policyChoices(texts: ConfigurationTexts): readonly Choice[] {
  return policyFileKeys.map(({ name, description }) => ({ label: name, kind: 'key', documentation: toProse(description, texts) }));
}

function policyValues(key: string | undefined): readonly Choice[] {
  switch (policyFileKeys.find(({ name }) => name === key)?.kind) {
    case 'severity':
      return examples(severities);
    case 'switch':
      return examples(policySwitches);
    case 'signature':
      return examples(signatureWishes);
    case 'days':
      return examples([7, 30]);
    default:
      return [];
  }
}

function trustChoices(path: readonly string[], texts: ConfigurationTexts): readonly Choice[] {
  return trustKeysAt(path).map(({ name, description }) => ({ label: name, kind: 'key', documentation: toProse(description, texts) }));
}

/** Of the entry that a value belongs to, or the first key of a new one of its list. */
function trustValues({ path, isItem }: TypingPlace, texts: ConfigurationTexts): readonly Choice[] {
  const key = path.at(-1);
  const known = trustKeysAt(path.slice(1, -1)).find(({ name }) => name === key);
  const isList = known === undefined || known.kind === 'entries' || known.kind === 'texts' || known.kind === 'revoked';
  if (isItem !== isList) return [];
  if (path.length === 1 || known?.kind === 'entries') return trustChoices(path.slice(1), texts);
  switch (known?.kind) {
    case 'requirement':
      return examples(requirements);
    case 'day':
      return examples([defaultExpiry(new Date())]);
    default:
      return examples(known?.examples ?? []);
  }
}

/** A rule that the file sets already, under whatever name, is not offered again. */
function ruleChoices({ siblings }: TypingPlace, texts: ConfigurationTexts): readonly Choice[] {
  return configurableRules
    .filter(({ id, slug }) => !siblings.includes(id) && !siblings.includes(slug))
    .map((rule) => ({
      label: rule.id,
      kind: 'key',
      detail: rule.title,
      documentation: describeRule(rule, texts),
      filterText: [rule.id, rule.slug, ...rule.aliases].join(' '),
    }));
}

function optionChoices(rule: string, texts: ConfigurationTexts): readonly Choice[] {
  if (rulesOf(rule).length === 0) return [];
  const own = optionsOf(rule).map((option): Choice => ({ label: option.name, kind: 'key', documentation: describeOption(option, texts) }));
  return [{ label: SEVERITY_KEY, kind: 'key', documentation: describeSeverity(rule, texts) }, ...own];
}

function levels(rule: string): readonly Choice[] {
  const own = new Set<string>(rulesOf(rule).map(({ severity }) => severity));
  return ruleLevels.map((label) => ({ label, kind: 'value', ...(own.has(label) ? { detail: l10n.t('default') } : {}) }));
}

function examples(values: readonly (string | number)[]): readonly Choice[] {
  return values.map((value) => ({ label: String(value), kind: 'value' }));
}

function textOf({ label, kind }: Choice, { hasColon, isQuoted }: TypingPlace): string {
  if (kind === 'key') return hasColon || isQuoted ? label : `${label}: `;
  return isQuoted || PLAIN.test(label) ? label : `'${label}'`;
}

function toMarkup(value: string, { markdown }: ConfigurationTexts): MarkupContent {
  return { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value };
}
