import { MarkupKind } from 'vscode-languageserver/node';
import type { Hover } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { IGNORE_KEY, ignoreKeys } from '../engine/configuration-ignore.ts';
import { RULES_KEY, SEVERITY_KEY, topKeys } from '../engine/configuration-keys.ts';
import { POLICY_KEY, policyFileKeys } from '../engine/configuration-policy.ts';
import { TRUST_KEY, trustKeysAt } from '../engine/configuration-trust.ts';
import { placeAt, type ConfigurationPlace } from '../engine/configuration-place.ts';
import type { TextPosition } from '../foundation/model/text-range.ts';
import { describeOption, describeRule, describeSeverity, optionsOf, rulesOf, toProse, type ConfigurationTexts } from './configuration-texts.ts';

/** Returns what the key at `position` of a configuration file means; null for everything else. */
export function configurationHover(document: TextDocument, position: TextPosition, texts: ConfigurationTexts): Hover | null {
  const place = placeAt(document.getText(), document.offsetAt(position));
  const value = place?.role === 'key' ? textFor(place, texts) : '';
  if (place === undefined || value === '') return null;
  return {
    contents: { kind: texts.markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value },
    range: { start: document.positionAt(place.span[0]), end: document.positionAt(place.span[1]) },
  };
}

function textFor({ path, key }: ConfigurationPlace, texts: ConfigurationTexts): string {
  const [top, rule, deeper] = path;
  if (top === undefined) return toProse(topKeys.find(({ name }) => name === key)?.description ?? '', texts);
  if (top === IGNORE_KEY) return rule === undefined ? toProse(ignoreKeys.find(({ name }) => name === key)?.description ?? '', texts) : '';
  if (top === POLICY_KEY) return rule === undefined ? toProse(policyFileKeys.find(({ name }) => name === key)?.description ?? '', texts) : '';
  if (top === TRUST_KEY) return toProse(trustKeysAt(path.slice(1)).find(({ name }) => name === key)?.description ?? '', texts);
  if (top !== RULES_KEY || deeper !== undefined) return '';
  if (rule === undefined) {
    return rulesOf(key)
      .map((named) => describeRule(named, texts))
      .join(texts.markdown ? '\n\n---\n\n' : '\n\n');
  }
  if (key === SEVERITY_KEY) return describeSeverity(rule, texts);
  const option = optionsOf(rule).find(({ name }) => name === key);
  return option === undefined ? '' : describeOption(option, texts);
}
