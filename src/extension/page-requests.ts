import * as vscode from 'vscode';
import type { App } from './app.ts';
import { updateAdvisories } from './commands/advisories.ts';
import { checkPush } from './commands/check-push.ts';
import { ignoreFinding } from './commands/ignore.ts';
import { pushImage } from './commands/push-image.ts';
import { exportReport } from './commands/report.ts';
import { scanAgain } from './commands/scan.ts';
import { insertInDockerfile, revealInDockerfile } from './dockerfile-edits.ts';
import type { PageHandler } from './report-panels.ts';

/** Returns what does the things that a report page asks for. Messages arrive validated; what they name is still only ever shown, copied or inserted, never run. */
export function pageHandler(app: App): PageHandler {
  return async (record, message) => {
    const { summary } = record;
    const { key, dockerfileUri } = summary;
    const dockerfile = dockerfileUri === undefined ? undefined : vscode.Uri.parse(dockerfileUri, true);
    switch (message.type) {
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied'), 2000);
        break;
      case 'open-dockerfile':
        if (dockerfile !== undefined) await revealInDockerfile(dockerfile, message.range);
        break;
      case 'insert-in-dockerfile':
        if (dockerfile !== undefined) await insertInDockerfile(dockerfile, message.text, message.range);
        break;
      case 'open-reference':
        await vscode.env.openExternal(vscode.Uri.parse(message.url, true));
        break;
      case 'check-push':
        await checkPush(app, { key });
        break;
      case 'push-image':
        await pushImage(app, { key, ...(record.decision === undefined ? {} : { as: record.decision.reference }) });
        break;
      case 'update-advisories':
        await updateAdvisories(app, { key });
        break;
      case 'rescan':
        await scanAgain(app, { key });
        break;
      case 'export':
        await exportReport(app, { key, format: message.format });
        break;
      case 'ignore':
        await ignoreFinding(app, record, message);
        break;
    }
  };
}
