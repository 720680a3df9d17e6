import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { formatAge, formatCounts } from '../format.ts';
import { withoutIcons } from '../plain-text.ts';
import type { ScanRecord, ScanSummary } from '../scan-store.ts';
import { parseScanTarget } from '../scan-target.ts';
import { recordFor } from './check-push.ts';
import { scanImage } from './scan.ts';

/** Returns the scan of an engine's image that `argument` names; where it names none, the user chooses one of the last ones or scans another. Undefined when the user leaves. */
export async function chooseEngineScan(app: App, argument: unknown): Promise<ScanRecord | undefined> {
  if (parseScanTarget(argument).kind !== 'ask') return recordFor(app, argument);
  const scanned = app.scans.summaries.filter(({ input }) => input.kind === 'engine');
  if (scanned.length === 0) return scanImage(app, undefined);
  const another = { label: vscode.l10n.t('Scan another image…'), alwaysShow: true, key: undefined };
  const chosen = await vscode.window.showQuickPick([...scanned.map(toItem), another], {
    title: vscode.l10n.t('Push Image'),
    placeHolder: vscode.l10n.t('Choose a scanned image'),
    matchOnDescription: true,
  });
  if (chosen === undefined) return undefined;
  return chosen.key === undefined ? scanImage(app, undefined) : recordFor(app, { key: chosen.key });
}

function toItem({ key, title, scannedAt, counts, status }: ScanSummary): vscode.QuickPickItem & { readonly key: string } {
  const age = formatAge(scannedAt, new Date(), vscode.env.language);
  return { label: withoutIcons(title), description: formatCounts(counts, status, 2), ...(age === undefined ? {} : { detail: age }), key };
}
