import * as vscode from 'vscode';
import type { AdvisoriesStatusData, UpdateAdvisoriesParams } from '../protocol/advisories-requests.ts';
import type { App } from './app.ts';
import { noteNewFindings } from './commands/rematch.ts';
import { startUpdateRounds, type UpdateDesk } from './update-rounds.ts';
import { toUpdateMode, type Consent } from './update-schedule.ts';

const CONSENT_KEY = 'plimsoll.advisories.consent';
const TRIED_KEY = 'plimsoll.advisories.triedAt';

/**
 * Keeps the advisories up to date as the setting says. Nothing is downloaded before the user was asked, once; while servers must not be asked, or a database of one's own is
 * named, nothing happens. The language server is not started for this.
 */
export function keepAdvisoriesCurrent(app: App): vscode.Disposable {
  const desk: UpdateDesk = {
    isRunning: () => app.server.isRunning,
    settings: () => {
      const settings = vscode.workspace.getConfiguration('plimsoll');
      return {
        mode: toUpdateMode(settings.get('advisories.update')),
        offline: settings.get<boolean>('lint.offline', false),
        ownDatabase: settings.get<string>('advisories.file', '') !== '',
      };
    },
    status: () => app.server.request('plimsoll/advisoriesStatus', {}),
    consent: () => consentOf(app),
    triedAt: () => app.state.get<string>(TRIED_KEY),
    ask: (status) => ask(app, status),
    update: () => update(app),
    warn: (message, error) => {
      if (error === undefined) app.log.warn(message);
      else app.log.warn(message, error);
    },
  };
  return new vscode.Disposable(startUpdateRounds(desk, Math.random()));
}

/** Returns what a request for an update takes from the settings. */
export function updateSettings(): Omit<UpdateAdvisoriesParams, 'workDoneToken' | 'scheduled'> {
  const settings = vscode.workspace.getConfiguration('plimsoll.advisories');
  const sources = settings.get<readonly string[]>('sources', []);
  const [kevSource, epssSource] = [settings.get<string>('kevSource', ''), settings.get<string>('epssSource', '')];
  return { ...(sources.length > 0 && { sources }), ...(kevSource !== '' && { kevSource }), ...(epssSource !== '' && { epssSource }) };
}

/** Whoever set the schedule by hand has answered. */
function consentOf(app: App): Consent | undefined {
  const answer = app.state.get<unknown>(CONSENT_KEY);
  if (answer === 'yes' || answer === 'no') return answer;
  return vscode.workspace.getConfiguration('plimsoll').inspect('advisories.update')?.globalValue === undefined ? undefined : 'yes';
}

/** Asks once: a question that is closed is answered with no, and the command stays. */
async function ask(app: App, { full }: AdvisoriesStatusData): Promise<Consent> {
  const yes = vscode.l10n.t('Download and Keep Current');
  const text = full
    ? vscode.l10n.t('May Plimsoll keep its vulnerability advisories current? It downloads them (some 100 MB) when there are newer ones.')
    : vscode.l10n.t(
        'May Plimsoll download all vulnerability advisories (some 100 MB) and keep them current? Until then it knows the most dangerous ones only.',
      );
  const answer: Consent = (await vscode.window.showInformationMessage(text, yes, vscode.l10n.t('No'))) === yes ? 'yes' : 'no';
  await app.state.update(CONSENT_KEY, answer);
  return answer;
}

async function update(app: App): Promise<void> {
  await app.state.update(TRIED_KEY, new Date().toISOString());
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Updating advisories') };
  const updated = await vscode.window.withProgress(options, () =>
    app.server.request('plimsoll/updateAdvisories', { ...updateSettings(), scheduled: true }),
  );
  for (const problem of updated.problems) app.log.warn(problem);
  app.log.info(`advisories: ${updated.source}, built ${updated.builtAt}, ${updated.changed ? 'updated' : 'nothing newer'}`);
  if (updated.changed) await noteNewFindings(app);
}
