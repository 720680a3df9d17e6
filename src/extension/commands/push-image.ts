import * as vscode from 'vscode';
import type { PushResult } from '../../foundation/model/push.ts';
import type { ServerRequests } from '../../protocol/server.ts';
import { isRecord } from '../../protocol/shape.ts';
import type { App } from '../app.ts';
import { toFailure } from '../failure.ts';
import { tell, tellFailure, withProgress } from '../notify.ts';
import type { MessageAction } from '../notify.ts';
import { withoutLinks } from '../plain-text.ts';
import { projectOf } from '../project.ts';
import { linesOfComparison, wordsOfRefusal } from '../push-words.ts';
import type { ScanRecord } from '../scan-store.ts';
import { askReference } from './check-push.ts';
import { chooseEngineScan } from './choose-scan.ts';
import { scanAgain } from './scan.ts';

/** How long the registry's own scan is waited for before the user is asked whether to go on. */
const SCAN_WAIT_MS = 60_000;

interface PushOrder {
  readonly record: ScanRecord;
  readonly source: { readonly reference: string; readonly host?: string };
  readonly reference: string;
}

/**
 * Pushes a scanned image when the decision on it is 'allow'; else shows what forbids it, and pushes only for a typed reason. Takes `{ key }` for a scan of the view, `as` for the reference and `reason`; what is not given is asked for.
 * Undefined when cancelled or failed (the user was told).
 */
export async function pushImage(app: App, argument: unknown): Promise<PushResult | undefined> {
  const record = await chooseEngineScan(app, argument);
  if (record === undefined) return undefined;
  const { input, title } = record.summary;
  if (input.kind !== 'engine') {
    tell(
      'warning',
      vscode.l10n.t('{0} is a file: only an image of a container engine can be pushed. Load it with "docker load", and scan that image.', title),
    );
    return undefined;
  }
  const reference = textIn(argument, 'as') ?? (await askReference(record, vscode.l10n.t('Push {0}', title)));
  if (reference === undefined) return undefined;
  const source = { reference: input.reference, ...(input.host === undefined ? {} : { host: input.host }) };
  try {
    return await pushAndTell(app, { record, source, reference }, textIn(argument, 'reason'));
  } catch (error) {
    tellFailure(app, error, isMoved(error) ? [scanAndPushAction(app, record.summary.key, reference)] : []);
    return undefined;
  }
}

/** The image was built or tagged anew since it was scanned. */
function isMoved(error: unknown): boolean {
  const failure = toFailure(error);
  return failure.kind === 'failed' && failure.code === 'moved';
}

function scanAndPushAction(app: App, key: string, reference: string): MessageAction {
  return {
    title: vscode.l10n.t('Scan Again and Push'),
    run: async () => {
      if ((await scanAgain(app, { key })) !== undefined) await pushImage(app, { key, as: reference });
    },
  };
}

async function pushAndTell(app: App, order: PushOrder, given: string | undefined): Promise<PushResult> {
  // Whoever gave a reason has been told what there is to say.
  let result = await push(app, order, given === undefined ? { heedProblems: true } : { reason: given });
  if (result.outcome !== 'pushed') {
    const answer = await askWhetherToPush(app, order.record, result);
    if (answer === undefined) return result;
    result = await push(app, order, answer);
  }
  if (result.outcome === 'pushed') tellPushed(app, order, result);
  else tell('warning', wordsOfRefusal(result.decision).message);
  return result;
}

type Terms = Pick<ServerRequests['plimsoll/pushImage']['params'], 'reason' | 'heedProblems'>;

async function push(app: App, { record, source, reference }: PushOrder, terms: Terms): Promise<PushResult> {
  const result = await withProgress(vscode.l10n.t('Pushing {0}', reference), (token, onProgress) =>
    app.server.request(
      'plimsoll/pushImage',
      { report: record.report, source, reference, ...projectOf(record.summary.dockerfileUri), ...terms },
      { token, onProgress },
    ),
  );
  const { decision, outcome, problems } = result;
  app.panels.update(await app.scans.decide(record, decision));
  app.log.info(`push of ${result.reference}: ${outcome}, ${decision.decision} (${decision.reason})`);
  for (const { message } of [...decision.problems, ...problems]) app.log.warn(message);
  return result;
}

/** Shows what forbids the push, or what is to be said before it. Returns on which terms to push all the same; undefined when it is left at that. */
async function askWhetherToPush(app: App, record: ScanRecord, { decision }: PushResult): Promise<Terms | undefined> {
  const { message, detail } = wordsOfRefusal(decision);
  const isAllowed = decision.decision === 'allow';
  const open = vscode.l10n.t('Open Report');
  const anyway = isAllowed ? vscode.l10n.t('Push') : vscode.l10n.t('Push Anyway…');
  const chosen = await vscode.window.showWarningMessage(withoutLinks(message), { modal: true, detail }, open, anyway);
  if (chosen === open) app.panels.show((await app.scans.get(record.summary.key)) ?? record);
  if (chosen !== anyway) return undefined;
  if (isAllowed) return {};
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Push {0} All the Same', decision.reference),
    prompt: vscode.l10n.t('Why it must be pushed. It is kept in the evidence log, with your name and the decision.'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Say why') : undefined),
  });
  return reason === undefined || reason.trim() === '' ? undefined : { reason: reason.trim() };
}

function tellPushed(app: App, order: PushOrder, { reference, digest, problems }: PushResult): void {
  const warning = problems[0]?.message;
  if (warning === undefined) tell('info', vscode.l10n.t('Pushed {0} as {1}.', reference, digest ?? ''), []);
  else tell('warning', vscode.l10n.t('Pushed {0} as {1}. {2}', reference, digest ?? '', warning), []);
  if (digest !== undefined) void compareScans(app, order.record, reference, digest);
}

/** Says where the registry's own scan differs. That there is none to be had is for the log: the push is done. */
async function compareScans(app: App, record: ScanRecord, reference: string, digest: NonNullable<PushResult['digest']>): Promise<void> {
  try {
    const comparison = await withProgress(vscode.l10n.t('Waiting for the scan of {0} in its registry', reference), (token, onProgress) =>
      app.server.request(
        'plimsoll/compareScans',
        { report: record.report, reference, digest, waitMs: SCAN_WAIT_MS, ...projectOf(record.summary.dockerfileUri) },
        { token, onProgress },
      ),
    );
    const { status, message } = comparison;
    const differences = linesOfComparison(comparison);
    app.log.info([`${reference}: ${message}`, ...differences].join('\n  '));
    const show: MessageAction = {
      title: vscode.l10n.t('Show Differences'),
      run: () => {
        app.log.show();
      },
    };
    const again: MessageAction = { title: vscode.l10n.t('Ask Again'), run: () => compareScans(app, record, reference, digest) };
    if (status === 'done') tell(differences.length === 0 ? 'info' : 'warning', message, differences.length === 0 ? [] : [show]);
    else if (status !== 'unavailable') tell('info', message, [again]);
  } catch (error) {
    tellFailure(app, error);
  }
}

function textIn(argument: unknown, name: string): string | undefined {
  const value = isRecord(argument) ? argument[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
