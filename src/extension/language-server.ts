import * as vscode from 'vscode';
import type { CloudKey } from '../foundation/model/cloud-key.ts';
import { clientCommands } from '../protocol/commands.ts';
import { clientRequests } from '../protocol/client.ts';
import { serverRequests } from '../protocol/server.ts';
import type { InitializationOptions, ServerNotification, ServerNotifications } from '../protocol/client.ts';
import type { ServerMethod, ServerRequests } from '../protocol/server.ts';
import { isText, recordOf } from '../protocol/shape.ts';
import type { Guard } from '../protocol/shape.ts';
import type { CloudKeys } from './cloud-keys.ts';
import type { RequestHooks, ServerConnection } from './language-client.ts';
import { installedLinters } from './other-linters.ts';

const isBundle = recordOf(isText) as Guard<Record<string, string>>;

/** The language server's process, started when the first Dockerfile is opened or the first request made; neither it nor its client is loaded before. */
export class LanguageServer implements vscode.Disposable {
  readonly #module: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #cloudKeys: CloudKeys;
  readonly #news = new Map<ServerNotification, object>();
  #connection: Promise<ServerConnection> | undefined;

  constructor(extensionUri: vscode.Uri, log: vscode.LogOutputChannel, cloudKeys: CloudKeys) {
    this.#cloudKeys = cloudKeys;
    this.#module = vscode.Uri.joinPath(extensionUri, 'dist', 'server.cjs').fsPath;
    this.#log = log;
  }

  /** True from the moment that it is started. */
  get isRunning(): boolean {
    return this.#connection !== undefined;
  }

  /** Starts the server unless it runs. A start that failed is tried again by the next call. */
  start(): Promise<ServerConnection> {
    this.#connection ??= this.#connect().catch((error: unknown) => {
      this.#connection = undefined;
      throw error;
    });
    return this.#connection;
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
    const connection = await this.start();
    const result = await connection.request(method, params, hooks);
    const { isResult } = serverRequests[method];
    if (!isResult(result)) throw new Error(`the language server answered ${method} with something else than it should`);
    return result;
  }

  /** Tells the server now, or as soon as it runs: what was told last of a kind counts. Does not start it. */
  notify<N extends ServerNotification>(method: N, params: ServerNotifications[N]): void {
    this.#news.set(method, params);
    this.#connection?.then(
      (connection) => {
        connection.notify(method, params);
      },
      () => undefined,
    );
  }

  dispose(): void {
    this.#connection
      ?.then((connection) => connection.dispose())
      .catch((error: unknown) => {
        this.#log.warn('the language server did not stop cleanly', error);
      });
  }

  async #connect(): Promise<ServerConnection> {
    const { connectServer } = await import('./language-client.ts');
    const connection = await connectServer(this.#module, this.#log, initializationOptions());
    connection.answer('plimsoll/cloudKey', (params) => this.#findCloudKey(params));
    for (const [method, params] of this.#news) connection.notify(method, params);
    return connection;
  }

  async #findCloudKey(params: unknown): Promise<CloudKey | null> {
    const { isParams } = clientRequests['plimsoll/cloudKey'];
    return isParams(params) ? ((await this.#cloudKeys.get(params.cloud)) ?? null) : null;
  }
}

function initializationOptions(): InitializationOptions {
  const { bundle } = vscode.l10n;
  return {
    ...(isBundle(bundle) ? { l10n: bundle } : {}),
    rulePage: `command:${clientCommands.openRule}?%5B%22{id}%22%5D`,
    commands: Object.values(clientCommands),
    otherLinters: installedLinters(),
    keepsCloudKeys: true,
    // Red Hat's YAML extension reads the schema that this one contributes: what both would say is said once.
    checksConfiguration: vscode.extensions.getExtension('redhat.vscode-yaml') !== undefined,
  };
}
