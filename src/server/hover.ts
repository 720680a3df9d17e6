import * as l10n from '@vscode/l10n';
import { MarkupKind } from 'vscode-languageserver/node';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextPosition, TextRange } from '../foundation/model/text-range.ts';
import { escapeMarkdown, proseToMarkdown } from './markdown.ts';
import type { RulePageOf } from './rule-pages.ts';
import type { Rule, ServerServices } from './services.ts';

export interface HoverContext {
  readonly services: Pick<ServerServices, 'ruleById'>;
  readonly rulePageOf: RulePageOf;
  readonly markdown: boolean;
}

/** Returns what to show at `position` beside the messages, which editors show themselves: for each rule that reports there, what an attacker does with it, how it is put right, and where there is more. */
export function hoverAt(diagnostics: readonly LintDiagnostic[], position: TextPosition, context: HoverContext): Hover | null {
  const here = diagnostics.filter(({ range }) => contains(range, position));
  const first = here[0];
  if (first === undefined) return null;
  const ids = [...new Set(here.map(({ ruleId }) => ruleId))];
  const rules = ids.map((id) => context.services.ruleById(id)).filter((rule) => rule !== undefined);
  if (rules.length === 0) return null;
  const contents: MarkupContent = context.markdown
    ? { kind: MarkupKind.Markdown, value: rules.map((rule) => markdownOf(rule, context.rulePageOf(rule))).join('\n\n---\n\n') }
    : { kind: MarkupKind.PlainText, value: rules.map(plainTextOf).join('\n\n') };
  return { contents, range: first.range };
}

/** True when `position` is in `range` or right behind it, where the caret stands after typing the last letter. */
export function contains(range: TextRange, position: TextPosition): boolean {
  return isBefore(range.start, position) && isBefore(position, range.end);
}

function isBefore(a: TextPosition, b: TextPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

function markdownOf(rule: Rule, page: string | undefined): string {
  const name = `${rule.id}: ${escapeMarkdown(rule.title)}`;
  const aliases = rule.aliases.map((alias) => escapeMarkdown(alias)).join(', ');
  return [
    proseToMarkdown(rule.docs.why),
    `**${l10n.t('Fix')}**: ${proseToMarkdown(rule.docs.fix)}`,
    [page === undefined ? name : `[${name}](${page})`, aliases === '' ? '' : l10n.t('also known as {0}', aliases)]
      .filter((part) => part !== '')
      .join(' · '),
  ].join('\n\n');
}

function plainTextOf(rule: Rule): string {
  return [rule.docs.why, `${l10n.t('Fix')}: ${rule.docs.fix}`, `${rule.id}: ${rule.title}`].join('\n\n');
}
