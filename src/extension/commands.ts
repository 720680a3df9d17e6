import * as vscode from 'vscode';
import type { App } from './app.ts';
import { updateAdvisories } from './commands/advisories.ts';
import { checkPush } from './commands/check-push.ts';
import { forgetCloudKey, keepCloudKey } from './commands/cloud-keys.ts';
import { openRule, showProblem, suppress } from './commands/lint.ts';
import { pinBaseImages } from './commands/look-up.ts';
import { pushImage } from './commands/push-image.ts';
import { exportReport, openReport, removeReport } from './commands/report.ts';
import { scanAgain, scanImage } from './commands/scan.ts';
import { commands } from './contributions.ts';
import type { CommandId } from './contributions.ts';
import { tellFailure } from './notify.ts';

/** What runs for a command; it gets the first argument of whoever executed it, unchecked. What it returns is for scripts. */
type CommandHandler = (app: App, argument: unknown) => unknown;

/** The compiler holds this complete: a command that contributions.ts lists must be here. */
const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  'plimsoll.scanImage': scanImage,
  'plimsoll.scanFile': scanImage,
  'plimsoll.scanAgain': scanAgain,
  'plimsoll.checkPush': checkPush,
  'plimsoll.pushImage': pushImage,
  'plimsoll.keepCloudKey': keepCloudKey,
  'plimsoll.forgetCloudKey': forgetCloudKey,
  'plimsoll.openReport': openReport,
  'plimsoll.exportReport': exportReport,
  'plimsoll.removeReport': removeReport,
  'plimsoll.updateAdvisories': updateAdvisories,
  'plimsoll.showLog': ({ log }) => {
    log.show();
  },
  'plimsoll.pinBaseImages': pinBaseImages,
  'plimsoll.suppress': suppress,
  'plimsoll.openRule': openRule,
  'plimsoll.showProblem': showProblem,
};

/** Registers every command. One that throws says so to the user; its stack is in the log. */
export function registerCommands(app: App): vscode.Disposable {
  const registered = (Object.keys(commands) as CommandId[]).map((id) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await handlers[id](app, argument);
      } catch (error) {
        tellFailure(app, error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
