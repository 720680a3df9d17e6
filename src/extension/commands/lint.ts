import * as vscode from 'vscode';
import { isSuppressTarget } from '../../protocol/server.ts';
import type { App } from '../app.ts';
import { toRange } from '../dockerfile-edits.ts';
import { tell, tellFailure } from '../notify.ts';

/** Asks why a problem is accepted and writes the suppression comment. Called by the lightbulb with the place; a `reason` given along (scripts, tests) is not asked for. */
export async function suppress(app: App, argument: unknown): Promise<void> {
  if (!isSuppressTarget(argument)) return;
  const { uri, ruleId, range } = argument;
  const given = 'reason' in argument && typeof argument.reason === 'string' ? argument.reason : undefined;
  const reason = given ?? (await askReason(ruleId));
  if (reason === undefined) return;
  try {
    const { edit } = await app.server.request('plimsoll/suppress', { uri, ruleId, range, reason: reason.trim() });
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

function askReason(ruleId: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Suppress {0}', ruleId),
    prompt: vscode.l10n.t('Why is this accepted here? The reason is written into the file, for whoever reads it next.'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A suppression needs a reason.') : undefined),
  });
}

/** Shows the page of a rule, which ships with the extension. */
export async function openRule(app: App, argument: unknown): Promise<void> {
  if (typeof argument !== 'string' || !/^PL\d{4}$/.test(argument)) return;
  const pages = vscode.Uri.joinPath(app.extensionUri, 'docs', 'rules');
  const name = (await vscode.workspace.fs.readDirectory(pages)).map(([entry]) => entry).find((entry) => entry.startsWith(`${argument}-`));
  if (name !== undefined) await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(pages, name));
}
