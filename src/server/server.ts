import { fileURLToPath, pathToFileURL } from 'node:url';
import * as l10n from '@vscode/l10n';
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  MarkupKind,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import type { ClientCapabilities, Connection, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CONFIGURATION_NAME } from '../engine/configuration.ts';
import type { ScanHooks } from '../engine/engine.ts';
import type { LintSettings } from '../engine/lint-dockerfile.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { TextEdit, TextRange } from '../foundation/model/text-range.ts';
import { isInitializationOptions } from '../protocol/server.ts';
import type { InitializationOptions, ScanImageParams, SuppressParams, SuppressResult } from '../protocol/server.ts';
import { codeActionsAt, FIX_ALL_KIND } from './code-actions.ts';
import { toDiagnostic, toProblemDiagnostic } from './diagnostics.ts';
import type { DiagnosticContext } from './diagnostics.ts';
import { hoverAt } from './hover.ts';
import { LintSession } from './lint-session.ts';
import { progressTitles, RequestDesk } from './requests.ts';
import { rulePages } from './rule-pages.ts';
import { ScanNotes } from './scan-notes.ts';
import type { ServerServices } from './services.ts';
import { SettingsCache } from './settings.ts';

/** What `initialize` told about the client. */
interface Client {
  readonly capabilities: ClientCapabilities;
  readonly options: InitializationOptions;
}

/** Serves the language server protocol on `connection`, which this starts to listen on, until the client shuts it down. `rulePage` is used where the client names none. */
export function startServer(connection: Connection, services: ServerServices, defaults: Pick<InitializationOptions, 'rulePage'> = {}): void {
  let client: Client = { capabilities: {}, options: {} };
  const documents = new TextDocuments(TextDocument);
  const settings = new SettingsCache(() => ({
    askClient:
      client.capabilities.workspace?.configuration === true
        ? (uri) => connection.workspace.getConfiguration({ scopeUri: uri, section: 'plimsoll' }) as Promise<unknown>
        : undefined,
    readConfiguration: readProjectSettings,
    warn: (message) => {
      connection.console.warn(message);
    },
  }));
  const diagnosticContext = (): DiagnosticContext => ({ services, rulePageOf: rulePages(client.options.rulePage ?? defaults.rulePage) });
  const notes = new ScanNotes();
  const lint = new LintSession({ connection, documents, services, settings, notes, diagnosticContext });
  const desk = new RequestDesk(connection);

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    client = { capabilities, options: isInitializationOptions(initializationOptions) ? initializationOptions : {} };
    if (client.options.l10n !== undefined) l10n.config({ contents: { ...client.options.l10n } });
    return {
      serverInfo: { name: 'plimsoll' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
      },
    };
  });
  connection.onInitialized(() => {
    const { workspace } = client.capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'plimsoll' });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: `**/${CONFIGURATION_NAME}` }] });
    }
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    lint.refresh();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) if (type === FileChangeType.Deleted) void connection.sendDiagnostics({ uri, diagnostics: [] });
    settings.changed();
    lint.refresh();
  });
  connection.onShutdown(() => {
    desk.abortAll();
    lint.dispose();
  });

  documents.onDidChangeContent(({ document }) => {
    lint.changed(document);
  });
  documents.onDidClose(({ document }) => {
    settings.forget(document.uri);
    lint.closed(document.uri);
  });

  connection.onHover(async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    const { result } = await lint.resultOf(document);
    const markdown = client.capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
    return hoverAt(result.diagnostics, position, { ...diagnosticContext(), markdown });
  });

  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const { result, settings: current } = await lint.resultOf(document);
    return codeActionsAt({
      uri: document.uri,
      range,
      only: context.only,
      diagnostics: result.diagnostics,
      commands: new Set(client.options.commands),
      toDiagnostic: (diagnostic) => toDiagnostic(diagnostic, current, diagnosticContext()),
      toWorkspaceEdit: (edits) => toWorkspaceEdit(document, edits, client.capabilities),
      suppressionEdit: (diagnostic, reason) => services.suppressionEdit(document.getText(), diagnostic, reason),
    });
  });

  /** What is wrong in the configuration file is shown in that file. */
  async function readProjectSettings(uri: string): Promise<LintSettings> {
    if (!uri.startsWith('file:')) return {};
    const configuration = await services.readConfiguration(fileURLToPath(uri));
    if (configuration.file !== undefined) {
      void connection.sendDiagnostics({ uri: pathToFileURL(configuration.file).href, diagnostics: configuration.problems.map(toProblemDiagnostic) });
    }
    return configuration.settings;
  }

  async function suppress({ uri, ruleId, range, reason }: SuppressParams): Promise<SuppressResult> {
    const document = documents.get(uri);
    if (document === undefined) return { edit: null };
    const { result } = await lint.resultOf(document);
    const diagnostic = result.diagnostics.find((candidate) => candidate.ruleId === ruleId && sameStart(candidate.range, range));
    return { edit: diagnostic === undefined ? null : services.suppressionEdit(document.getText(), diagnostic, reason) };
  }

  async function scanImage({ input, platform, advisoriesFile, dockerfileUri }: ScanImageParams, hooks: ScanHooks): Promise<ScanReport> {
    const open = dockerfileUri === undefined ? undefined : documents.get(dockerfileUri);
    // Documents change in place; what the findings are placed on is the text of now.
    const dockerfile = open === undefined ? undefined : TextDocument.create(open.uri, open.languageId, open.version, open.getText());
    const options = {
      ...(platform === undefined ? {} : { platform }),
      ...(advisoriesFile === undefined ? {} : { advisoriesFile }),
      ...(dockerfile === undefined ? {} : { dockerfile: dockerfile.getText() }),
    };
    const report = await services.scanImage(input, options, hooks);
    if (dockerfile !== undefined && hooks.signal?.aborted !== true) {
      notes.keep(dockerfile, report);
      lint.refresh();
    }
    return report;
  }

  desk.serve('plimsoll/scanImage', progressTitles.scan, scanImage);
  desk.serve('plimsoll/checkPush', progressTitles.checkPush, ({ report, reference }, hooks) => services.checkPush(report, reference, hooks));
  desk.serve('plimsoll/listImages', undefined, (_, { signal }) => services.listLocalImages(signal));
  desk.serve('plimsoll/advisoriesStatus', undefined, () => services.advisoriesStatus());
  desk.serve('plimsoll/updateAdvisories', progressTitles.updateAdvisories, (_, hooks) => services.updateAdvisories(hooks));
  desk.serve('plimsoll/exportReport', undefined, async ({ report, format }) => ({ text: await services.renderReport(report, format) }));
  desk.serve('plimsoll/suppress', undefined, suppress);

  documents.listen(connection);
  connection.listen();
}

function sameStart(a: TextRange, b: TextRange): boolean {
  return a.start.line === b.start.line && a.start.character === b.start.character;
}

/** Tied to the document's version where the client can check that, so an edit made for older text is refused rather than misplaced. */
function toWorkspaceEdit(document: TextDocument, edits: readonly TextEdit[], capabilities: ClientCapabilities): WorkspaceEdit {
  if (capabilities.workspace?.workspaceEdit?.documentChanges !== true) return { changes: { [document.uri]: [...edits] } };
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [...edits] }] };
}
