import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  ProposedFeatures,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ConfigurationRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  InitializeParams,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
  RegistrationParams,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import { addIgnoreEdit } from '../../../src/engine/configuration-edit.ts';
import { createPolicyAnswers } from '../../../src/engine/policy-answers.ts';
import { describeDockerfile } from '../../../src/engine/describe-dockerfile.ts';
import type { LintDiagnostic, LintResult } from '../../../src/foundation/model/diagnostic.ts';
import type { TextRange } from '../../../src/foundation/model/text-range.ts';
import type { InitializationOptions } from '../../../src/protocol/client.ts';
import { startServer } from '../../../src/server/server.ts';
import type { Rule, ServerServices } from '../../../src/server/services.ts';

/** As VS Code's language client announces itself, as far as this server looks. */
export const vscodeCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: { hover: { contentFormat: ['markdown', 'plaintext'] } },
  window: { workDoneProgress: true },
};

export const curlRule: Rule = {
  id: 'PL9001',
  slug: 'insecure-flag',
  title: 'TLS check [turned](x) off',
  severity: 'high',
  aliases: ['CK2_2'],
  docs: {
    reports: 'Reports `--insecure`.',
    why: 'Anyone on the way can answer in place of <host>.',
    fix: 'Remove `--insecure`.',
    bad: ['FROM a:1\nRUN curl --insecure https://a.example\n'],
    good: ['FROM a:1\nRUN curl https://a.example\n'],
    references: [],
  },
};

/** Returns what a linter with one rule says: every ` --insecure` is reported, and removed by a safe fix. */
export function lintInsecure(text: string): LintResult {
  const diagnostics = text.split('\n').flatMap((content, line): LintDiagnostic[] => {
    const at = content.indexOf(' --insecure');
    if (at < 0) return [];
    const range: TextRange = { start: { line, character: at }, end: { line, character: at + ' --insecure'.length } };
    const fix = { safety: 'safe' as const, title: 'Remove --insecure', edits: [{ range, newText: '' }] };
    return [{ ruleId: curlRule.id, aliases: curlRule.aliases, severity: 'high', message: 'curl does not check who answers', range, fixes: [fix] }];
  });
  return { diagnostics, suppressed: [], problems: [] };
}

/** Services whose scan half is missing: a test puts in what it needs. */
export function fakeServices(parts: Partial<ServerServices> = {}): ServerServices {
  const missing = (): never => {
    throw new Error('not part of this test');
  };
  return {
    lintDockerfile: lintInsecure,
    lintCompose: lintInsecure,
    ruleById: (id) => (id === curlRule.id ? curlRule : undefined),
    ruleByName: (name) => (name === curlRule.id || curlRule.aliases.includes(name) ? curlRule : undefined),
    composeSuppressionEdit: () => undefined,
    describeDockerfile,
    leftToOthers: () => ({}),
    suppressionEdit: (_, { ruleId, range }, reason) => {
      const start = { line: range.start.line, character: 0 };
      return { range: { start, end: start }, newText: `# plimsoll ignore=${ruleId} ${reason}\n` };
    },
    findLookUps: () => ({ lookUps: [], refused: [] }),
    askServers: missing,
    readConfiguration: () => Promise.resolve({ settings: {}, ignores: [], providerOf: {}, problems: [] }),
    readExceptions: () => Promise.resolve({ ignores: [], statements: [], notices: [] }),
    withExceptions: (report) => Promise.resolve(report),
    addIgnoreEdit,
    rematch: missing,
    rematchReport: missing,
    scanImage: missing,
    createPolicyAnswers,
    checkPush: missing,
    pushImage: missing,
    compareWithRegistry: missing,
    listLocalImages: missing,
    advisoriesStatus: missing,
    updateAdvisories: missing,
    renderReport: missing,
    ...parts,
  };
}

export interface SessionOptions {
  readonly services?: ServerServices;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** The `plimsoll` section; may be changed between requests. */
  readonly settings?: { current: unknown };
  /** The section for one document, in place of `settings`: a workspace of several folders. */
  readonly settingsOf?: (uri: string) => unknown;
}

/** A client connected to a server of its own in this process, over two streams. */
export class Session implements AsyncDisposable {
  readonly client: ProtocolConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  readonly shown: string[] = [];
  readonly registrations: RegistrationParams[] = [];
  initialized!: InitializeResult;
  readonly #watchers = new Set<() => void>();
  readonly #streams: readonly PassThrough[];

  private constructor(options: SessionOptions) {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    this.#streams = [toServer, toClient];
    startServer(
      createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      options.services ?? fakeServices(),
    );
    this.client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.client.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      this.#changed();
    });
    this.client.onNotification(LogMessageNotification.type, ({ message }) => {
      this.log.push(message);
      this.#changed();
    });
    this.client.onNotification(ShowMessageNotification.type, ({ message }) => {
      this.shown.push(message);
      this.#changed();
    });
    this.client.onRequest(RegistrationRequest.type, (params) => {
      this.registrations.push(params);
      this.#changed();
    });
    this.client.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ scopeUri = '' }) => options.settingsOf?.(scopeUri) ?? options.settings?.current ?? null),
    );
    this.client.listen();
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const session = new Session(options);
    const params: Omit<InitializeParams, 'rootUri'> = {
      processId: null,
      workspaceFolders: null,
      capabilities: options.capabilities ?? vscodeCapabilities,
      initializationOptions: options.initializationOptions,
    };
    session.initialized = await session.client.sendRequest(InitializeRequest.type, params as InitializeParams);
    await session.client.sendNotification(InitializedNotification.type, {});
    return session;
  }

  open(uri: string, text: string, languageId = 'dockerfile'): Promise<void> {
    return this.client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
  }

  change(uri: string, version: number, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    return this.client.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): Promise<void> {
    return this.client.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** Returns the first publication for `uri` that `accept` accepts, past or future. */
  async diagnostics(uri: string, accept: (params: PublishDiagnosticsParams) => boolean = () => true): Promise<PublishDiagnosticsParams> {
    return this.until(() => this.published.find((params) => params.uri === uri && accept(params)));
  }

  /** Returns what `look` finds, asked again whenever the server said something. */
  until<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const watch = (): void => {
        const found = look();
        if (found === undefined) return;
        this.#watchers.delete(watch);
        resolve(found);
      };
      this.#watchers.add(watch);
      watch();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.sendRequest('shutdown');
    this.client.dispose();
    for (const stream of this.#streams) stream.destroy();
  }

  #changed(): void {
    for (const watch of this.#watchers) watch();
  }
}
