/** Entry of dist/extension.cjs. Thin: it wires the parts together; the work is done in the language server. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { keepAdvisoriesCurrent } from './advisories-updates.ts';
import type { App } from './app.ts';
import { CloudKeys } from './cloud-keys.ts';
import { registerCommands } from './commands.ts';
import { composeLanguage, composePattern, configurationPattern } from './contributions.ts';
import { registerImagesView } from './images-view.ts';
import { LanguageServer } from './language-server.ts';
import { tellFailure } from './notify.ts';
import { pageHandler } from './page-requests.ts';
import { reportFilesIn } from './report-files.ts';
import { ReportPanels } from './report-panels.ts';
import { ScanStore } from './scan-store.ts';
import { scheduleRematch } from './commands/rematch.ts';
import { keepServerTold } from './server-news.ts';
import { registerStatusBar } from './status-bar.ts';

export function activate(context: vscode.ExtensionContext): void {
  // The parts that know no `vscode` (format.ts, pick-items.ts) translate through @vscode/l10n.
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const { extensionUri } = context;
  const log = vscode.window.createOutputChannel('Plimsoll', { log: true });
  const cloudKeys = new CloudKeys(context.secrets);
  const server = new LanguageServer(extensionUri, log, cloudKeys);
  const files = reportFilesIn(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'reports'), log);
  const scans = new ScanStore(context.storageUri === undefined ? context.globalState : context.workspaceState, files);
  const panels = new ReportPanels(extensionUri, scans, log);
  const app: App = { extensionUri, log, server, scans, panels, cloudKeys, state: context.globalState };
  panels.handle(pageHandler(app));
  context.subscriptions.push(
    log,
    server,
    panels,
    registerCommands(app),
    registerImagesView(scans),
    registerStatusBar(scans),
    keepServerTold(app),
    scheduleRematch(app),
    keepAdvisoriesCurrent(app),
    startForDockerfiles(app),
  );
}

/** Starts the language server with the first document that it has something to say of. */
function startForDockerfiles(app: App): vscode.Disposable {
  const startFor = (document: vscode.TextDocument): void => {
    if (!concernsServer(document)) return;
    listening.dispose();
    app.server.start().catch((error: unknown) => {
      tellFailure(app, error);
    });
  };
  const listening = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(startFor),
    // A Dockerfile may be typed into a compose file that had none.
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      startFor(document);
    }),
  );
  vscode.workspace.textDocuments.forEach(startFor);
  return listening;
}

function concernsServer(document: vscode.TextDocument): boolean {
  if (document.languageId === 'dockerfile') return true;
  if (vscode.languages.match({ pattern: configurationPattern }, document) > 0) return true;
  return (
    vscode.languages.match([{ pattern: composePattern }, { language: composeLanguage }], document) > 0 &&
    document.getText().includes('dockerfile_inline')
  );
}
