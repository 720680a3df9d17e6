import * as vscode from 'vscode';
import { isShowTarget } from '../../protocol/commands.ts';
import { isSuppressTarget } from '../../protocol/exception-requests.ts';
import type { App } from '../app.ts';
import { askException, type ExceptionNote } from '../ask-exception.ts';
import { toRange } from '../dockerfile-edits.ts';
import { tell, tellFailure } from '../notify.ts';

/** Asks why a problem is accepted and until when, and writes the suppression comment. Called by the lightbulb with the place; a `reason` given along (scripts, tests), with `expires` if it has an end, asks nothing. */
export async function suppress(app: App, argument: unknown): Promise<void> {
  if (!isSuppressTarget(argument)) return;
  const { uri, ruleId, range } = argument;
  const note = givenNote(argument) ?? (await askNote(ruleId));
  if (note === undefined) return;
  try {
    const { edit } = await app.server.request('plimsoll/suppress', { uri, ruleId, range, ...note });
    if (edit === null) {
      tell('info', vscode.l10n.t('{0} is no longer reported there.', ruleId));
      return;
    }
    const change = new vscode.WorkspaceEdit();
    change.replace(vscode.Uri.parse(uri, true), toRange(edit.range), edit.newText);
    await vscode.workspace.applyEdit(change);
  } catch (error) {
    tellFailure(app, error);
  }
}

function givenNote(argument: object): ExceptionNote | undefined {
  if (!('reason' in argument) || typeof argument.reason !== 'string') return undefined;
  const expires = 'expires' in argument && typeof argument.expires === 'string' ? { expires: argument.expires } : {};
  return { reason: argument.reason.trim(), ...expires };
}

function askNote(ruleId: string): Promise<ExceptionNote | undefined> {
  return askException({
    title: vscode.l10n.t('Suppress {0}', ruleId),
    prompt: vscode.l10n.t('Why is this accepted here? The reason is written into the file, for whoever reads it next.'),
    needsReason: vscode.l10n.t('A suppression needs a reason.'),
    untilWhen: vscode.l10n.t('When is the problem to be shown again?'),
  });
}

/** Goes to a problem and shows what is known of it. Called by the code lens of a stage. */
export async function showProblem(_app: App, argument: unknown): Promise<void> {
  if (!isShowTarget(argument)) return;
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(argument.uri, true));
  const range = toRange(argument.range);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  await vscode.commands.executeCommand('editor.action.showHover');
}

/** Shows the page of a rule, which ships with the extension. */
export async function openRule(app: App, argument: unknown): Promise<void> {
  if (typeof argument !== 'string' || !/^PL\d{4}$/.test(argument)) return;
  const pages = vscode.Uri.joinPath(app.extensionUri, 'docs', 'rules');
  const name = (await vscode.workspace.fs.readDirectory(pages)).map(([entry]) => entry).find((entry) => entry.startsWith(`${argument}-`));
  if (name !== undefined) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(pages, name));
}
