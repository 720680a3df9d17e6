import * as l10n from '@vscode/l10n';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Fix, LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextEdit, TextRange } from '../foundation/model/text-range.ts';
import { clientCommands } from '../protocol/server.ts';
import { comparePositions, safeEdits, safeFixOf } from './text-edits.ts';

/** The kind that `editor.codeActionsOnSave` names. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.plimsoll`;

export interface CodeActionContext {
  readonly uri: string;
  readonly range: TextRange;
  /** Kinds the client asked for; undefined: all that belong into a lightbulb. */
  readonly only: readonly string[] | undefined;
  /** Of the document as it is now. */
  readonly diagnostics: readonly LintDiagnostic[];
  /** Commands of `clientCommands` that the client has. */
  readonly commands: ReadonlySet<string>;
  readonly toDiagnostic: (diagnostic: LintDiagnostic) => Diagnostic;
  readonly toWorkspaceEdit: (edits: readonly TextEdit[]) => WorkspaceEdit;
  readonly suppressionEdit: (diagnostic: LintDiagnostic, reason: string) => TextEdit;
}

/** Returns the lightbulb of a range: for each diagnostic its fixes, then ways to silence or read about it; and the fix of all safe ones of the file. */
export function codeActionsAt(context: CodeActionContext): CodeAction[] {
  const actions: CodeAction[] = [];
  if (wants(context.only, CodeActionKind.QuickFix)) {
    const here = context.diagnostics.filter(({ range }) => intersects(range, context.range));
    for (const diagnostic of here) actions.push(...diagnostic.fixes.map((fix) => fixAction(fix, diagnostic, context)));
    const fixable = context.diagnostics.filter((diagnostic) => safeFixOf(diagnostic) !== undefined);
    if (fixable.length > 1 && here.some((diagnostic) => fixable.includes(diagnostic))) actions.push(fixAllAction(CodeActionKind.QuickFix, context));
    for (const diagnostic of here) actions.push(suppressAction(diagnostic, context));
    if (context.commands.has(clientCommands.openRule)) actions.push(...Array.from(new Set(here.map(({ ruleId }) => ruleId)), openRuleAction));
  }
  if (context.only !== undefined && wants(context.only, FIX_ALL_KIND)) actions.push(fixAllAction(FIX_ALL_KIND, context));
  return actions.filter(({ edit, command }) => edit !== undefined || command !== undefined);
}

/** True when `kind` is, or lies under, one of the kinds asked for ('source' covers 'source.fixAll.plimsoll'). */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

function intersects(a: TextRange, b: TextRange): boolean {
  return comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
}

function fixAction(fix: Fix, diagnostic: LintDiagnostic, context: CodeActionContext): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    isPreferred: fix === safeFixOf(diagnostic),
    diagnostics: [context.toDiagnostic(diagnostic)],
    edit: context.toWorkspaceEdit(fix.edits),
  };
}

/** Without an edit, and so dropped, when there is nothing safe to fix. */
function fixAllAction(kind: string, context: CodeActionContext): CodeAction {
  const edits = safeEdits(context.diagnostics);
  return {
    title: l10n.t('Fix all safe Plimsoll problems in this file'),
    kind,
    ...(edits.length === 0 ? {} : { edit: context.toWorkspaceEdit(edits) }),
  };
}

/** A client that has the command asks for a reason; any other gets the comment with a placeholder where the reason goes. */
function suppressAction(diagnostic: LintDiagnostic, context: CodeActionContext): CodeAction {
  const { ruleId, range } = diagnostic;
  const base = { title: l10n.t('Suppress {0} here…', ruleId), kind: CodeActionKind.QuickFix, diagnostics: [context.toDiagnostic(diagnostic)] };
  if (context.commands.has(clientCommands.suppress)) {
    return { ...base, command: { title: base.title, command: clientCommands.suppress, arguments: [{ uri: context.uri, ruleId, range }] } };
  }
  return { ...base, edit: context.toWorkspaceEdit([context.suppressionEdit(diagnostic, l10n.t('why this is accepted here'))]) };
}

function openRuleAction(ruleId: string): CodeAction {
  const title = l10n.t('Read about {0}', ruleId);
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: clientCommands.openRule, arguments: [ruleId] } };
}
