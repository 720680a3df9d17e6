import * as vscode from 'vscode';
import { toSentence } from '../../foundation/base/sentence.ts';
import type { PolicyDecision } from '../../foundation/model/policy.ts';
import { isRecord } from '../../protocol/shape.ts';
import type { App } from '../app.ts';
import { cloudAskingForKey } from '../cloud-of-decision.ts';
import type { CommandId } from '../contributions.ts';
import { tell, tellFailure, withProgress } from '../notify.ts';
import type { MessageAction } from '../notify.ts';
import { projectOf } from '../project.ts';
import type { ScanRecord } from '../scan-store.ts';
import { parseScanTarget } from '../scan-target.ts';
import { keepCloudKey } from './cloud-keys.ts';
import { scanImage } from './scan.ts';

/**
 * Asks the registry of a reference whether it would refuse a scanned image, shows and returns its decision. Takes `{ key }` for a scan of the view and `as` for the reference;
 * otherwise the last scan is taken (or made) and the reference is asked for. Undefined when cancelled or failed (the user was told).
 */
export async function checkPush(app: App, argument: unknown): Promise<PolicyDecision | undefined> {
  const record = await recordFor(app, argument);
  if (record === undefined) return undefined;
  const given = isRecord(argument) && typeof argument.as === 'string' ? argument.as : undefined;
  const reference = given ?? (await askReference(record, vscode.l10n.t('Check Push of {0}', record.summary.title)));
  if (reference === undefined) return undefined;
  return decide(app, record, reference);
}

/** Returns the scan that `argument` names, else the last one, else a new one; undefined when the user leaves. */
export async function recordFor(app: App, argument: unknown): Promise<ScanRecord | undefined> {
  const target = parseScanTarget(argument);
  if (target.kind === 'input') return scanImage(app, argument);
  const key = target.kind === 'scanned' ? target.key : app.scans.summaries[0]?.key;
  const known = key === undefined ? undefined : await app.scans.get(key);
  return known ?? scanImage(app, undefined);
}

/** Asks what the image is pushed as; undefined when the user leaves. */
export async function askReference({ report }: ScanRecord, title: string): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The reference you are about to push: registry/namespace/name:tag'),
    value: report.image.reference ?? '',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^\S+$/.test(value.trim()) ? undefined : vscode.l10n.t('Give a reference without spaces, such as registry.example.com/team/app:1.0'),
  });
  return answer?.trim();
}

async function decide(app: App, record: ScanRecord, reference: string): Promise<PolicyDecision | undefined> {
  const { key } = record.summary;
  app.panels.show(record);
  app.panels.post(key, { type: 'policy', checking: true });
  try {
    const decision = await withProgress(vscode.l10n.t('Checking the policy for {0}', reference), (token, onProgress) =>
      app.server.request(
        'plimsoll/checkPush',
        { report: record.report, reference, ...projectOf(record.summary.dockerfileUri) },
        { token, onProgress },
      ),
    );
    app.panels.update(await app.scans.decide(record, decision));
    app.panels.post(key, { type: 'policy', checking: false, decision });
    app.log.info(`push of ${decision.reference}: ${decision.decision} (${decision.reason})`);
    tellDecision(app, key, decision);
    return decision;
  } catch (error) {
    app.panels.post(key, { type: 'policy', checking: false, ...(record.decision === undefined ? {} : { decision: record.decision }) });
    tellFailure(app, error);
    return undefined;
  }
}

function tellDecision(app: App, key: string, decision: PolicyDecision): void {
  const open: MessageAction = {
    title: vscode.l10n.t('Open Report'),
    run: async () => {
      const record = await app.scans.get(key);
      if (record !== undefined) app.panels.show(record);
    },
  };
  const { reference } = decision;
  const reason = toSentence(decision.reason);
  const push: MessageAction = {
    title: vscode.l10n.t('Push'),
    run: () => vscode.commands.executeCommand('plimsoll.pushImage' satisfies CommandId, { key, as: reference }),
  };
  switch (decision.decision) {
    case 'allow':
      tell('info', vscode.l10n.t('{0} may be pushed. {1}', reference, reason), [push, open]);
      break;
    case 'block':
      tell(
        'warning',
        isHeldHere(decision)
          ? vscode.l10n.t('The policy of this project holds {0}. {1}', reference, reason)
          : vscode.l10n.t('The registry would refuse {0}. {1}', reference, reason),
        [open],
      );
      break;
    case 'block-until-scanned':
      tell('warning', vscode.l10n.t('The registry would hold back {0} until it has scanned it. {1}', reference, reason), [open]);
      break;
    case 'unknown':
      tell('warning', vscode.l10n.t('Whether {0} may leave is not known. {1}', reference, reason), [...keyActions(app, key, decision), open]);
      break;
  }
}

/** Where a key of the registry's cloud is what is missing: to give it, and to ask again with it. */
function keyActions(app: App, key: string, decision: PolicyDecision): readonly MessageAction[] {
  const cloud = cloudAskingForKey(decision);
  if (cloud === undefined) return [];
  const keepAndCheck = async (): Promise<void> => {
    if (await keepCloudKey(app, { cloud })) await checkPush(app, { key, as: decision.reference });
  };
  return [{ title: vscode.l10n.t('Keep a Key…'), run: keepAndCheck }];
}

/** True when the registry would let it through, and `.plimsoll.yaml` does not. */
function isHeldHere({ provider, decision, parts = [] }: PolicyDecision): boolean {
  return provider === 'policy-file' || (parts.length > 0 && parts.every((part) => part.provider === 'policy-file' || part.decision !== decision));
}
