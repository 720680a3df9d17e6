import * as l10n from '@vscode/l10n';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import type { ScanHooks, ScanProgress } from '../engine/engine.ts';
import { serverRequests } from '../protocol/server.ts';
import type { FailureData, ServerMethod, ServerRequests } from '../protocol/server.ts';
import { isBug, toResponseError } from './failures.ts';

type Hooks = Required<Pick<ScanHooks, 'signal' | 'onProgress'>>;
type Work<M extends ServerMethod> = (
  params: ServerRequests[M]['params'],
  hooks: Hooks,
) => ServerRequests[M]['result'] | Promise<ServerRequests[M]['result']>;

/** The custom requests that are being worked on: each checked on arrival, with progress and cancellation, and all ended together at shutdown. */
export class RequestDesk {
  readonly #connection: Connection;
  readonly #running = new Set<AbortController>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Answers `method` with what `work` returns. `title` heads the progress; undefined for requests too short to show any. */
  serve<M extends ServerMethod>(method: M, title: (() => string) | undefined, work: Work<M>): void {
    this.#connection.onRequest(method, (params: unknown, token: CancellationToken) => this.#answer(method, title, work, params, token));
  }

  abortAll(): void {
    for (const controller of this.#running) controller.abort();
  }

  async #answer<M extends ServerMethod>(
    method: M,
    title: (() => string) | undefined,
    work: Work<M>,
    params: unknown,
    token: CancellationToken,
  ): Promise<ServerRequests[M]['result'] | ResponseError<FailureData>> {
    const { isParams } = serverRequests[method];
    if (!isParams(params)) return new ResponseError(ErrorCodes.InvalidParams, `${method}: the parameters are malformed`, { code: 'invalid-params' });
    const controller = new AbortController();
    const cancellation = token.onCancellationRequested(() => {
      controller.abort();
    });
    if (token.isCancellationRequested) controller.abort();
    this.#running.add(controller);
    const progress = this.#connection.window.attachWorkDoneProgress(params.workDoneToken);
    if (title !== undefined) progress.begin(title(), undefined, undefined, true);
    try {
      const hooks: Hooks = { signal: controller.signal, onProgress: title === undefined ? ignoreProgress : reportTo(progress) };
      return await Promise.race([rejectWhenAborted(controller.signal), work(params, hooks)]);
    } catch (error) {
      if (!controller.signal.aborted) this.#log(method, error);
      return toResponseError(error, controller.signal);
    } finally {
      if (title !== undefined) progress.done();
      cancellation.dispose();
      this.#running.delete(controller);
    }
  }

  #log(method: ServerMethod, error: unknown): void {
    const text = error instanceof Error ? (isBug(error) ? (error.stack ?? error.message) : `${error.name}: ${error.message}`) : String(error);
    this.#connection.console.error(`${method} failed: ${text}`);
  }
}

/** Title of the progress of requests that show some. */
export const progressTitles = {
  scan: () => l10n.t('Scanning'),
  checkPush: () => l10n.t('Asking the registry for its policy'),
  push: () => l10n.t('Checking and pushing'),
  compareScans: () => l10n.t("Asking for the registry's own scan"),
  updateAdvisories: () => l10n.t('Updating advisories'),
} as const;

function ignoreProgress(): void {
  // A request without a title shows no progress.
}

/** Passes on what differs from the last report; the engine tells of every file, the user sees percents. */
function reportTo(progress: { report(message: string): void; report(percentage: number, message: string): void }): (progress: ScanProgress) => void {
  let last = '';
  return ({ fraction, message }) => {
    const percent = fraction === undefined ? undefined : Math.min(100, Math.max(0, Math.round(fraction * 100)));
    const now = `${percent ?? ''} ${message}`;
    if (now === last) return;
    last = now;
    if (percent === undefined) progress.report(message);
    else progress.report(percent, message);
  };
}

/** Never resolves; rejects when `signal` aborts: whoever cancels is answered at once, even where the work takes a moment to stop. */
export function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(new DOMException('cancelled', 'AbortError'));
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
