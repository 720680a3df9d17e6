import * as vscode from 'vscode';
import type { AdvisoriesStatusData, UpdateAdvisoriesParams } from '../protocol/server.ts';
import type { App } from './app.ts';
import { noteNewFindings } from './commands/rematch.ts';
import { nextUpdateStep, toUpdateMode, type Consent } from './update-schedule.ts';

const CONSENT_KEY = 'plimsoll.advisories.consent';
const TRIED_KEY = 'plimsoll.advisories.triedAt';
/** Not while the editor starts; then each so often, with chance added to both. */
const FIRST_LOOK_MS = 180_000;
const LOOK_MS = 1_800_000;

/**
 * Keeps the advisories up to date as the setting says. Nothing is downloaded before the user was asked, once; while servers must not be asked, or a database of one's own is
 * named, nothing happens. The language server is not started for this.
 */
export function keepAdvisoriesCurrent(app: App): vscode.Disposable {
  const jitter = Math.random();
  let isBusy = false;
  let timer: NodeJS.Timeout;
  const plan = (afterMs: number): void => {
    timer = setTimeout(
      () => {
        plan(LOOK_MS);
        if (isBusy || !app.server.isRunning) return;
        isBusy = true;
        look(app, jitter)
          .catch((error: unknown) => {
            app.log.warn('advisories could not be updated', error);
          })
          .finally(() => {
            isBusy = false;
          });
      },
      afterMs * (1 + jitter),
    );
  };
  plan(FIRST_LOOK_MS);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
  });
}

/** Returns what a request for an update takes from the settings. */
export function updateSettings(): Omit<UpdateAdvisoriesParams, 'workDoneToken' | 'scheduled'> {
  const settings = vscode.workspace.getConfiguration('plimsoll.advisories');
  const sources = settings.get<readonly string[]>('sources', []);
  const [kevSource, epssSource] = [settings.get<string>('kevSource', ''), settings.get<string>('epssSource', '')];
  return { ...(sources.length > 0 && { sources }), ...(kevSource !== '' && { kevSource }), ...(epssSource !== '' && { epssSource }) };
}

async function look(app: App, jitter: number): Promise<void> {
  const settings = vscode.workspace.getConfiguration('plimsoll');
  const mode = toUpdateMode(settings.get('advisories.update'));
  const offline = settings.get<boolean>('lint.offline', false);
  if (mode === 'manual' || offline || settings.get<string>('advisories.file', '') !== '') return;
  const status = await app.server.request('plimsoll/advisoriesStatus', {});
  const triedAt = app.state.get<string>(TRIED_KEY);
  const known = { mode, offline, builtAt: status.builtAt, now: new Date(), jitter };
  const times = { ...(status.checkedAt !== undefined && { checkedAt: status.checkedAt }), ...(triedAt !== undefined && { triedAt }) };
  const step = nextUpdateStep({ ...known, ...times, consent: consentOf(app, settings) });
  if (step === 'clock-is-wrong')
    app.log.warn(`advisories are not updated: by the clock of this machine it is ${known.now.toISOString()}, before what was seen already`);
  if (step === 'update' || (step === 'ask' && (await ask(app, status)) === 'yes')) await update(app);
}

/** Whoever set the schedule by hand has answered. */
function consentOf(app: App, settings: vscode.WorkspaceConfiguration): Consent | undefined {
  const answer = app.state.get<unknown>(CONSENT_KEY);
  if (answer === 'yes' || answer === 'no') return answer;
  return settings.inspect('advisories.update')?.globalValue === undefined ? undefined : 'yes';
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
