import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { clientCommands, serverRequests } from '../protocol/server.ts';
import type { InitializationOptions, ServerMethod, ServerRequests } from '../protocol/server.ts';
import { isText, recordOf } from '../protocol/shape.ts';
import type { Guard } from '../protocol/shape.ts';

const isBundle = recordOf(isText) as Guard<Record<string, string>>;

/** What the server tells while it works. */
export interface RequestHooks {
  readonly token?: vscode.CancellationToken;
  readonly onProgress?: (step: { readonly message?: string; readonly percent?: number }) => void;
}

/** The language server's process, started when the first Dockerfile is opened or the first request made; neither it nor its client library is loaded before. */
export class LanguageServer implements vscode.Disposable {
  readonly #module: string;
  readonly #log: vscode.LogOutputChannel;
  #client: Promise<LanguageClient> | undefined;
  #requests = 0;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel) {
    this.#module = vscode.Uri.joinPath(extensionUri, 'dist', 'server.cjs').fsPath;
    this.#log = log;
  }

  /** Starts the server unless it runs. A start that failed is tried again by the next call. */
  start(): Promise<LanguageClient> {
    this.#client ??= this.#launch().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  /**
   * Returns the server's answer.
   * @throws ResponseError (see failure.ts), or an Error when the answer is malformed
   */
  async request<M extends ServerMethod>(
    method: M,
    params: Omit<ServerRequests[M]['params'], 'workDoneToken'>,
    hooks: RequestHooks = {},
  ): Promise<ServerRequests[M]['result']> {
    const client = await this.start();
    const { WorkDoneProgress } = await import('vscode-languageclient/node');
    const workDoneToken = `plimsoll-${++this.#requests}`;
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
      if (step.kind === 'end') return;
      hooks.onProgress?.({
        ...(step.message === undefined ? {} : { message: step.message }),
        ...(step.percentage === undefined ? {} : { percent: step.percentage }),
      });
    });
    try {
      const cancellation = hooks.token === undefined ? [] : [hooks.token];
      const result: unknown = await client.sendRequest(method, { ...params, workDoneToken }, ...cancellation);
      const { isResult } = serverRequests[method];
      if (!isResult(result)) throw new Error(`the language server answered ${method} with something else than it should`);
      return result;
    } finally {
      progress.dispose();
    }
  }

  dispose(): void {
    this.#client
      ?.then((client) => client.dispose())
      .catch((error: unknown) => {
        this.#log.warn('the language server did not stop cleanly', error);
      });
  }

  async #launch(): Promise<LanguageClient> {
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    const client = new LanguageClient(
      'plimsoll',
      'Plimsoll',
      { run: { module: this.#module, transport: TransportKind.ipc }, debug: { module: this.#module, transport: TransportKind.ipc } },
      {
        documentSelector: ['file', 'untitled', 'vscode-vfs'].map((scheme) => ({ scheme, language: 'dockerfile' })),
        outputChannel: this.#log,
        initializationOptions: initializationOptions(),
        markdown: { isTrusted: { enabledCommands: [clientCommands.openRule] } },
      },
    );
    await client.start();
    return client;
  }
}

function initializationOptions(): InitializationOptions {
  const { bundle } = vscode.l10n;
  return {
    ...(isBundle(bundle) ? { l10n: bundle } : {}),
    rulePage: `command:${clientCommands.openRule}?%5B%22{id}%22%5D`,
    commands: Object.values(clientCommands),
  };
}
