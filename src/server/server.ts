import { fileURLToPath } from 'node:url';
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
import type { ClientCapabilities, Connection, Diagnostic } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CONFIGURATION_NAMES } from '../engine/configuration.ts';
import type { LintSettings } from '../engine/lint-dockerfile.ts';
import type { LintDiagnostic } from '../foundation/model/diagnostic.ts';
import type { TextRange } from '../foundation/model/text-range.ts';
import { isInitializationOptions, serverNotifications } from '../protocol/client.ts';
import type { InitializationOptions } from '../protocol/client.ts';
import type { SuppressParams, SuppressResult } from '../protocol/exception-requests.ts';
import { cloudKeysOf } from './cloud-keys.ts';
import { codeActionsAt, FIX_ALL_KIND, wants } from './code-actions.ts';
import { EditorFeatures } from './editor-features.ts';
import { FindingRequests } from './finding-requests.ts';
import { toDiagnostic } from './diagnostics.ts';
import type { DiagnosticContext } from './diagnostics.ts';
import { fixAllEdits } from './fix-all.ts';
import { lookUpActionsAt, lookUpsIn } from './look-up-actions.ts';
import { LookUpCommands } from './look-up-commands.ts';
import { configurationCompletions } from './configuration-completion.ts';
import { ConfigurationDocuments, isConfiguration } from './configuration-documents.ts';
import { configurationHover } from './configuration-hover.ts';
import type { ConfigurationTexts } from './configuration-texts.ts';
import { hoverAt } from './hover.ts';
import { LintSession } from './lint-session.ts';
import { servePushes } from './push-requests.ts';
import { progressTitles, RequestDesk } from './requests.ts';
import { rulePages } from './rule-pages.ts';
import { ScanNotes } from './scan-notes.ts';
import { ScannedImages } from './scanned-images.ts';
import type { ServerServices } from './services.ts';
import { serveScans } from './scan-requests.ts';
import { SettingsCache } from './settings.ts';
import { suppressionEditIn } from './suppression.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

/** What `initialize` told about the client. */
interface Client {
  readonly capabilities: ClientCapabilities;
  readonly options: InitializationOptions;
}

/** Serves the language server protocol on `connection`, which this starts to listen on, until the client shuts it down. `rulePage` is used where the client names none. */
export function startServer(connection: Connection, services: ServerServices, defaults: Pick<InitializationOptions, 'rulePage'> = {}): void {
  let client: Client = { capabilities: {}, options: {} };
  let otherLinters: readonly string[] = [];
  const documents = new TextDocuments(TextDocument);
  const settings = new SettingsCache(() => ({
    askClient:
      client.capabilities.workspace?.configuration === true
        ? (uri) => connection.workspace.getConfiguration({ scopeUri: uri, section: 'plimsoll' }) as Promise<unknown>
        : undefined,
    readConfiguration: readProjectSettings,
    leftToOthers: (choice, chosen) => services.leftToOthers(choice, otherLinters, chosen),
    warn: (message) => {
      connection.console.warn(message);
    },
  }));
  const diagnosticContext = (): DiagnosticContext => ({ services, rulePageOf: rulePages(client.options.rulePage ?? defaults.rulePage) });
  const notes = new ScanNotes();
  const lint = new LintSession({
    connection,
    documents,
    services,
    settings,
    notes,
    diagnosticContext,
    refreshed: () => {
      features.refresh();
    },
  });
  const desk = new RequestDesk(connection);
  const registries = { memory: services.createPolicyAnswers(), cloudKeyFor: cloudKeysOf(connection, () => client.options.keepsCloudKeys === true) };
  const findingRequests = new FindingRequests({ desk, services, openDocument: (uri) => documents.get(uri) });
  const configurations = new ConfigurationDocuments({ connection, documents, isLeftToOthers: () => client.options.checksConfiguration === true });
  const lookUpCommands = new LookUpCommands({
    connection,
    documents,
    lint,
    services,
    toWorkspaceEdit: (document, edits) => toWorkspaceEdit(document, edits, client.capabilities),
    showsProgress: () => client.capabilities.window?.workDoneProgress === true,
  });

  const scanned = new ScannedImages();
  const features = new EditorFeatures({
    connection,
    documents,
    lint,
    settings,
    services,
    scanned,
    client: () => client,
    otherLinters: () => otherLinters,
    rulePageOf: () => diagnosticContext().rulePageOf,
    toWorkspaceEdit: (document, edits) => toWorkspaceEdit(document, edits, client.capabilities),
  });

  connection.onInitialize(({ capabilities, initializationOptions }) => {
    client = { capabilities, options: isInitializationOptions(initializationOptions) ? initializationOptions : {} };
    otherLinters = client.options.otherLinters ?? [];
    if (client.options.l10n !== undefined) l10n.config({ contents: { ...client.options.l10n } });
    return {
      serverInfo: { name: 'plimsoll' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        // Of the configuration file: behind a colon stands a value.
        completionProvider: { triggerCharacters: [' '] },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND] },
        executeCommandProvider: { commands: [...LookUpCommands.names, ...EditorFeatures.commands], workDoneProgress: true },
        ...EditorFeatures.capabilities,
      },
    };
  });
  connection.onInitialized(() => {
    const { workspace } = client.capabilities;
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'plimsoll' });
    }
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: CONFIGURATION_NAMES.map((name) => ({ globPattern: `**/${name}` })),
      });
    }
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    lint.refresh();
  });
  connection.onNotification('plimsoll/otherLinters', (params: unknown) => {
    if (!serverNotifications['plimsoll/otherLinters'](params)) return;
    otherLinters = params.ids;
    configurationChanged();
  });
  connection.onNotification('plimsoll/cloudKeysChanged', () => {
    registries.memory.clear();
  });
  connection.onNotification('plimsoll/scannedImages', (params: unknown) => {
    if (!serverNotifications['plimsoll/scannedImages'](params)) return;
    scanned.told(params.images);
    features.refresh();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) if (type === FileChangeType.Deleted) void connection.sendDiagnostics({ uri, diagnostics: [] });
    configurationChanged();
  });
  connection.onShutdown(() => {
    desk.abortAll();
    lookUpCommands.abortAll();
    lint.dispose();
    configurations.dispose();
  });

  documents.onDidChangeContent(({ document }) => {
    lint.changed(document);
    configurations.changed(document);
  });
  documents.onDidSave(({ document }) => {
    if (isConfiguration(document)) configurationChanged();
  });
  documents.onDidClose(({ document }) => {
    settings.forget(document.uri);
    lint.closed(document.uri);
    configurations.closed(document.uri);
    // What is wrong in it is shown again where it counts for an open Dockerfile.
    if (isConfiguration(document)) configurationChanged();
  });

  function configurationChanged(): void {
    settings.changed();
    lint.refresh();
  }

  connection.onCompletion(({ textDocument, position }) => {
    const document = configurationAt(textDocument.uri);
    return document === undefined ? [] : configurationCompletions(document, position, configurationTexts());
  });

  connection.onHover(async ({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return null;
    if (isConfiguration(document))
      return configurationAt(document.uri) === undefined ? null : configurationHover(document, position, configurationTexts());
    const { result } = await lint.resultOf(document);
    return hoverAt(result.diagnostics, position, { ...diagnosticContext(), markdown: showsMarkdown() });
  });

  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const linted = await lint.resultOf(document);
    const { result, settings: current } = linted;
    const lookUps = canLookUp(context.only) ? lookUpsIn(document, linted, services).lookUps : [];
    const toLspDiagnostic = (diagnostic: LintDiagnostic): Diagnostic => toDiagnostic(diagnostic, current, diagnosticContext());
    const actions = codeActionsAt({
      uri: document.uri,
      range,
      only: context.only,
      diagnostics: result.diagnostics,
      commands: new Set(client.options.commands),
      toDiagnostic: toLspDiagnostic,
      fixAllEdits: () => fixAllEdits(document, result.diagnostics, (text) => linted.lintInstead(text).diagnostics),
      toWorkspaceEdit: (edits) => toWorkspaceEdit(document, edits, client.capabilities),
      suppressionEdit: (diagnostic, note) => suppressionEditIn(document, diagnostic, note, services),
    });
    return [...lookUpActionsAt({ uri: document.uri, range, lookUps, toDiagnostic: toLspDiagnostic }), ...actions];
  });

  connection.onExecuteCommand(
    async (params, token, progress) =>
      (await features.execute(params)) ?? lookUpCommands.execute(params, token, params.workDoneToken === undefined ? undefined : progress),
  );

  /** A command that looks something up ends with an edit that the client has to make. */
  function canLookUp(only: readonly string[] | undefined): boolean {
    return client.capabilities.workspace?.applyEdit === true && wants(only, CodeActionKind.QuickFix);
  }

  function showsMarkdown(): boolean {
    return client.capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false;
  }

  /** Undefined where it is no configuration file, or somebody else speaks of it. */
  function configurationAt(uri: string): TextDocument | undefined {
    const document = documents.get(uri);
    return document !== undefined && isConfiguration(document) && client.options.checksConfiguration !== true ? document : undefined;
  }

  function configurationTexts(): ConfigurationTexts {
    return { markdown: showsMarkdown(), rulePageOf: diagnosticContext().rulePageOf };
  }

  /** What is wrong in the configuration file is shown in that file. */
  async function readProjectSettings(uri: string): Promise<LintSettings> {
    if (!uri.startsWith('file:')) return {};
    const configuration = await services.readConfiguration(fileURLToPath(uri));
    if (configuration.file !== undefined) configurations.found(configuration.file, configuration.problems);
    return configuration.settings;
  }

  async function suppress({ uri, ruleId, range, ...note }: SuppressParams): Promise<SuppressResult> {
    const document = documents.get(uri);
    if (document === undefined) return { edit: null };
    const { result } = await lint.resultOf(document);
    const diagnostic = result.diagnostics.find((candidate) => candidate.ruleId === ruleId && sameStart(candidate.range, range));
    return { edit: diagnostic === undefined ? null : (suppressionEditIn(document, diagnostic, note, services) ?? null) };
  }

  serveScans({
    desk,
    services,
    documents,
    exceptionsIn: (project) => findingRequests.exceptionsIn(project),
    notes,
    scanned,
    onScanned: () => {
      features.refresh();
    },
    onPlaced: () => {
      lint.refresh();
    },
  });
  servePushes({ desk, services, registries, configurationIn: (project) => findingRequests.configurationIn(project) });
  desk.serve('plimsoll/advisoriesStatus', undefined, () => services.advisoriesStatus());
  desk.serve('plimsoll/updateAdvisories', progressTitles.updateAdvisories, (params, hooks) => services.updateAdvisories(hooks, params));
  desk.serve('plimsoll/suppress', undefined, suppress);

  documents.listen(connection);
  connection.listen();
}

function sameStart(a: TextRange, b: TextRange): boolean {
  return a.start.line === b.start.line && a.start.character === b.start.character;
}
