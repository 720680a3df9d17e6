import * as vscode from 'vscode';
import type { App } from './app.ts';
import { toFailure } from './failure.ts';
import { withoutLinks } from './plain-text.ts';

/** A button of a message and what it does. */
export interface MessageAction {
  readonly title: string;
  readonly run: () => unknown;
}

export type MessageLevel = 'info' | 'warning' | 'error';

/** Shows a message with buttons. Does not wait: the message may stay for hours. */
export function tell(level: MessageLevel, message: string, actions: readonly MessageAction[] = []): void {
  const show = { info: vscode.window.showInformationMessage, warning: vscode.window.showWarningMessage, error: vscode.window.showErrorMessage }[
    level
  ];
  void show(withoutLinks(message), ...actions).then((chosen) => chosen?.run());
}

/** Shows why something failed, with a way to the log; says nothing of what the user cancelled. */
export function tellFailure(app: Pick<App, 'log'>, error: unknown, actions: readonly MessageAction[] = []): void {
  const failure = toFailure(error);
  if (failure.kind === 'cancelled') return;
  app.log.error(failure.code === 'internal' && error instanceof Error ? error : `${failure.code}: ${failure.message}`);
  const showLog: MessageAction = {
    title: vscode.l10n.t('Show Log'),
    run: () => {
      app.log.show();
    },
  };
  tell('error', failure.message, [...actions, showLog]);
}

/** Runs `work` under a progress notification that can be cancelled. `percent` is of the whole, 0 to 100. */
export async function withProgress<T>(
  title: string,
  work: (token: vscode.CancellationToken, report: (step: { readonly message?: string; readonly percent?: number }) => void) => Promise<T>,
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true },
    (progress, token) => {
      let done = 0;
      return work(token, ({ message, percent }) => {
        const increment = Math.max(0, (percent ?? done) - done);
        done += increment;
        progress.report({ increment, ...(message === undefined ? {} : { message: withoutLinks(message) }) });
      });
    },
  );
}
