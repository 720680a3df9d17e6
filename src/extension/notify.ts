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

export interface ProgressStep {
  readonly message?: string;
  /** Of the whole, 0 to 100. */
  readonly percent?: number;
}

/** What is done sooner shows no progress: VS Code keeps the notification for most of a second once it is there, and it would stand beside what came of the work. */
const SHOW_AFTER_MS = 400;

/** Runs `work` under a progress notification that can be cancelled. */
export async function withProgress<T>(
  title: string,
  work: (token: vscode.CancellationToken, report: (step: ProgressStep) => void) => Promise<T>,
): Promise<T> {
  const cancellation = new vscode.CancellationTokenSource();
  let last: ProgressStep = {};
  let show = (step: ProgressStep): void => {
    last = step;
  };
  const result = work(cancellation.token, (step) => {
    show(step);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => {
        cancellation.cancel();
      });
      show = stepsOf(progress);
      show(last);
      // How it ends is for the caller to tell.
      await Promise.allSettled([result]);
    });
  }, SHOW_AFTER_MS);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
    cancellation.dispose();
  }
}

/** VS Code wants to know by how much it went on. */
function stepsOf(progress: vscode.Progress<{ message?: string; increment?: number }>): (step: ProgressStep) => void {
  let done = 0;
  return ({ message, percent }) => {
    const increment = Math.max(0, (percent ?? done) - done);
    done += increment;
    progress.report({ increment, ...(message === undefined ? {} : { message: withoutLinks(message) }) });
  };
}
