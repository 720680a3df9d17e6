import * as l10n from '@vscode/l10n';
import { MarkupKind } from 'vscode-languageserver/node';
import type { Hover, MarkupContent } from 'vscode-languageserver/node';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextPosition, TextRange } from '../foundation/model/text-range.ts';
import { escapeMarkdown, fencedBlock, proseToMarkdown } from './markdown.ts';
import type { RulePageOf } from './rule-pages.ts';
import type { Rule, ServerServices } from './services.ts';

export interface HoverContext {
  readonly services: Pick<ServerServices, 'ruleById'>;
  readonly rulePageOf: RulePageOf;
  readonly markdown: boolean;
}

/** Returns what to show at `position`: for each rule that reports there, what an attacker does with it, how it is put right, and an example of both. */
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
  const bad = rule.docs.bad[0];
  const good = rule.docs.good[0];
  const aliases = rule.aliases.map((alias) => escapeMarkdown(alias)).join(', ');
  return [
    `**${escapeMarkdown(rule.title)}** (${rule.id})`,
    proseToMarkdown(rule.docs.why),
    `**${l10n.t('Fix')}**: ${proseToMarkdown(rule.docs.fix)}`,
    bad === undefined ? '' : `${l10n.t('Risky')}\n\n${fencedBlock('dockerfile', bad)}`,
    good === undefined ? '' : `${l10n.t('Better')}\n\n${fencedBlock('dockerfile', good)}`,
    aliases === '' ? '' : l10n.t('Also known as {0}', aliases),
    page === undefined ? '' : `[${l10n.t('More about {0}', rule.id)}](${page})`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function plainTextOf(rule: Rule): string {
  return [`${rule.title} (${rule.id})`, rule.docs.why, `${l10n.t('Fix')}: ${rule.docs.fix}`].join('\n\n');
}
