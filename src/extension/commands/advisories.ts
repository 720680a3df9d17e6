import * as vscode from 'vscode';
import { updateSettings } from '../advisories-updates.ts';
import type { App } from '../app.ts';
import { formatAge } from '../format.ts';
import { tell, tellFailure, withProgress } from '../notify.ts';
import { noteNewFindings } from './rematch.ts';

/** Downloads the full advisory database; then offers to scan `{ key }`, or the last image, again with it. */
export async function updateAdvisories(app: App, argument: unknown): Promise<void> {
  try {
    const status = await withProgress(vscode.l10n.t('Updating advisories'), (token, onProgress) =>
      app.server.request('plimsoll/updateAdvisories', updateSettings(), { token, onProgress }),
    );
    const age = formatAge(status.builtAt, new Date(), vscode.env.language) ?? status.builtAt;
    const again = { title: vscode.l10n.t('Scan Again'), run: () => vscode.commands.executeCommand('plimsoll.scanAgain', argument) };
    tell('info', vscode.l10n.t('Advisories are up to date: {0}, built {1}.', status.source, age), app.scans.summaries.length === 0 ? [] : [again]);
    // The database is there; a list beside it that could not be had is for the log.
    for (const problem of status.problems) app.log.warn(problem);
    await noteNewFindings(app);
  } catch (error) {
    tellFailure(app, error);
  }
}
