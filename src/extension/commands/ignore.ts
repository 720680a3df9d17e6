import * as vscode from 'vscode';
import type { IgnoreMessage } from '../../protocol/webview.ts';
import type { App } from '../app.ts';
import { askException } from '../ask-exception.ts';
import { toRange } from '../dockerfile-edits.ts';
import { ignoreScope } from '../ignore-scope.ts';
import { tell, tellFailure } from '../notify.ts';
import { projectOf } from '../project.ts';
import type { ScanRecord } from '../scan-store.ts';

/** Asks why a finding can be ignored and until when, writes that into `.plimsoll.yaml`, where it can be undone like any edit, and shows the report without it. */
export async function ignoreFinding(app: App, { summary }: ScanRecord, message: IgnoreMessage): Promise<void> {
  const note = await askException({
    title: vscode.l10n.t('Ignore {0}', message.findingId),
    prompt: vscode.l10n.t('Why can it be ignored? The reason is written into .plimsoll.yaml, for whoever reads it next.'),
    needsReason: vscode.l10n.t('What is ignored needs a reason.'),
    untilWhen: vscode.l10n.t('When is the finding to be shown again?'),
  });
  if (note === undefined) return;
  try {
    const project = projectOf(summary.dockerfileUri);
    const { uri, edit } = await app.server.request('plimsoll/ignore', { ...ignoreScope(message), ...note, ...project });
    if (edit === null) {
      tell(
        'error',
        vscode.l10n.t('The entry cannot be added to {0}: put right what is wrong in the file first.', uri),
        uri === '' ? [] : [openAction(vscode.Uri.parse(uri, true))],
      );
      return;
    }
    const target = vscode.Uri.parse(uri, true);
    if (!(await writeEntry(target, toRange(edit.range), edit.newText))) return;
    await refreshReport(app, summary.key, false);
    tell('info', vscode.l10n.t('{0} is ignored. The entry is in {1}.', message.findingId, vscode.workspace.asRelativePath(target)), [
      openAction(target),
    ]);
  } catch (error) {
    tellFailure(app, error);
  }
}

/** Makes the report of `key` anew without looking at the image, and shows it where it is open. Returns it, undefined when it is no longer there. */
export async function refreshReport(app: App, key: string, match: boolean): Promise<ScanRecord | undefined> {
  const record = await app.scans.get(key);
  if (record === undefined) return undefined;
  const advisoriesFile = vscode.workspace.getConfiguration('plimsoll').get<string>('advisories.file', '');
  const report = await app.server.request('plimsoll/refreshReport', {
    report: record.report,
    match,
    ...(advisoriesFile === '' ? {} : { advisoriesFile }),
    ...projectOf(record.summary.dockerfileUri),
  });
  const refreshed = await app.scans.replaceReport(record, report);
  app.panels.update(refreshed);
  return refreshed;
}

/** Saves what nobody else was editing, so that it counts at once. False when the editor refused the edit. */
async function writeEntry(target: vscode.Uri, range: vscode.Range, text: string): Promise<boolean> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === target.toString());
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(target, { ignoreIfExists: true });
  edit.replace(target, range, text);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  if (open?.isDirty !== true) await (await vscode.workspace.openTextDocument(target)).save();
  return true;
}

function openAction(target: vscode.Uri): { readonly title: string; readonly run: () => unknown } {
  return { title: vscode.l10n.t('Open'), run: () => vscode.commands.executeCommand('vscode.open', target) };
}
