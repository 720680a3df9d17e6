/** Entry of dist/language-client.cjs: the client library is most of the extension's code, so it is a file of its own, loaded when the language server starts and not when the extension does. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind, WorkDoneProgress } from 'vscode-languageclient/node';
import { clientCommands } from '../protocol/commands.ts';
import type { InitializationOptions } from '../protocol/client.ts';
import { composeLanguage, composePattern, configurationPattern } from './contributions.ts';

/** What the server tells while it works. */
export interface RequestHooks {
  readonly token?: vscode.CancellationToken;
  readonly onProgress?: (step: { readonly message?: string; readonly percent?: number }) => void;
}

/** A language server that runs. */
export interface ServerConnection {
  /** Returns the server's answer, unchecked. @throws ResponseError (see failure.ts) */
  request(method: string, params: object, hooks: RequestHooks): Promise<unknown>;
  notify(method: string, params: object): void;
  /** Answers what the server asks from now on; `params` are unchecked. */
  answer(method: string, handler: (params: unknown) => Promise<unknown>): void;
  dispose(): Promise<void>;
}

/** Starts the language server that the file `module` is. */
export async function connectServer(
  module: string,
  outputChannel: vscode.LogOutputChannel,
  initializationOptions: InitializationOptions,
): Promise<ServerConnection> {
  const client = new LanguageClient(
    'plimsoll',
    'Plimsoll',
    { run: { module, transport: TransportKind.ipc }, debug: { module, transport: TransportKind.ipc } },
    {
      documentSelector: ['file', 'untitled', 'vscode-vfs'].flatMap((scheme) => [
        { scheme, language: 'dockerfile' },
        { scheme, pattern: configurationPattern },
        { scheme, pattern: composePattern },
        { scheme, language: composeLanguage },
      ]),
      outputChannel,
      initializationOptions,
      markdown: { isTrusted: { enabledCommands: [clientCommands.openRule] } },
    },
  );
  await client.start();
  let requests = 0;
  return {
    dispose: () => client.dispose(),
    answer(method, handler) {
      client.onRequest(method, handler);
    },
    notify(method, params) {
      client.sendNotification(method, params).catch((error: unknown) => {
        outputChannel.warn(`${method} did not reach the language server`, error);
      });
    },
    async request(method, params, { token, onProgress }) {
      const workDoneToken = `plimsoll-${++requests}`;
      const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (step) => {
        if (step.kind === 'end') return;
        onProgress?.({
          ...(step.message === undefined ? {} : { message: step.message }),
          ...(step.percentage === undefined ? {} : { percent: step.percentage }),
        });
      });
      try {
        return await client.sendRequest<unknown>(method, { ...params, workDoneToken }, ...(token === undefined ? [] : [token]));
      } finally {
        progress.dispose();
      }
    },
  };
}
