import * as vscode from 'vscode';
import { serverCommands } from '../../protocol/commands.ts';
import type { LookUpTarget } from '../../protocol/commands.ts';
import type { App } from '../app.ts';
import { tell } from '../notify.ts';

/** Pins every image of a Dockerfile, the one in front when none is given. The language server asks the registries, shows progress and makes the edit, as for any other editor. */
export async function pinBaseImages(app: App, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri?.toString());
  if (document?.languageId !== 'dockerfile') {
    tell('info', vscode.l10n.t('Open the Dockerfile whose images are to be pinned, then run the command again.'));
    return;
  }
  await app.server.start();
  const target: LookUpTarget = { uri: document.uri.toString() };
  await vscode.commands.executeCommand(serverCommands.pinImages, target);
}
