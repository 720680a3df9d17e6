import * as l10n from '@vscode/l10n';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver/node';
import type { Fix, LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextEdit, TextRange } from '../foundation/model/text-range.ts';
import { clientCommands } from '../protocol/commands.ts';
import { defaultExpiry } from './suppression.ts';
import type { SuppressionNote } from './suppression.ts';
import { intersects, safeEdits, safeFixOf } from './text-edits.ts';

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
  /** What every safe fix of the file comes to. */
  readonly fixAllEdits: () => readonly TextEdit[];
  readonly toWorkspaceEdit: (edits: readonly TextEdit[]) => WorkspaceEdit;
  /** Undefined where there is no line for a comment. */
  readonly suppressionEdit: (diagnostic: LintDiagnostic, note: SuppressionNote) => TextEdit | undefined;
}

/** Returns the lightbulb of a range: for each diagnostic its fixes, then ways to silence or read about it; and the fix of all safe ones of the file. */
export function codeActionsAt(context: CodeActionContext): CodeAction[] {
  const actions: CodeAction[] = [];
  if (wants(context.only, CodeActionKind.QuickFix)) {
    const here = context.diagnostics.filter(({ range }) => intersects(range, context.range));
    for (const diagnostic of here) actions.push(...diagnostic.fixes.map((fix) => fixAction(fix, diagnostic, context)));
    const fixable = context.diagnostics.filter((diagnostic) => safeFixOf(diagnostic) !== undefined);
    const fixableHere = here.filter((diagnostic) => fixable.includes(diagnostic));
    if (fixable.length > 1 && fixableHere.length > 0) {
      // Without a diagnostic it would be shown below the others.
      const diagnostics = fixableHere.map(context.toDiagnostic);
      actions.push({ ...fixAllAction(CodeActionKind.QuickFix, safeEdits(context.diagnostics), context), diagnostics });
    }
    for (const diagnostic of here) actions.push(suppressAction(diagnostic, context));
    if (context.commands.has(clientCommands.openRule)) actions.push(...Array.from(new Set(here.map(({ ruleId }) => ruleId)), openRuleAction));
  }
  if (context.only !== undefined && wants(context.only, FIX_ALL_KIND)) actions.push(fixAllAction(FIX_ALL_KIND, context.fixAllEdits(), context));
  return actions.filter(({ edit, command }) => edit !== undefined || command !== undefined);
}

/** True when `kind` is, or lies under, one of the kinds asked for ('source' covers 'source.fixAll.plimsoll'). */
export function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
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
function fixAllAction(kind: string, edits: readonly TextEdit[], context: CodeActionContext): CodeAction {
  return {
    title: l10n.t('Apply all safe Plimsoll fixes in this file'),
    kind,
    ...(edits.length === 0 ? {} : { edit: context.toWorkspaceEdit(edits) }),
  };
}

/** A client that has the command asks for a reason and an end; any other gets the comment with a placeholder for the one and a proposal for the other. */
function suppressAction(diagnostic: LintDiagnostic, context: CodeActionContext): CodeAction {
  const { ruleId, range } = diagnostic;
  const base = { title: l10n.t('Suppress {0} here…', ruleId), kind: CodeActionKind.QuickFix, diagnostics: [context.toDiagnostic(diagnostic)] };
  if (context.commands.has(clientCommands.suppress)) {
    return { ...base, command: { title: base.title, command: clientCommands.suppress, arguments: [{ uri: context.uri, ruleId, range }] } };
  }
  const edit = context.suppressionEdit(diagnostic, { reason: l10n.t('why this is accepted here'), expires: defaultExpiry(new Date()) });
  return edit === undefined ? base : { ...base, edit: context.toWorkspaceEdit([edit]) };
}

function openRuleAction(ruleId: string): CodeAction {
  const title = l10n.t('Read about {0}', ruleId);
  return { title, kind: CodeActionKind.QuickFix, command: { title, command: clientCommands.openRule, arguments: [ruleId] } };
}
