import * as vscode from 'vscode';
import { isRecord } from '../../protocol/shape.ts';
import type { App } from '../app.ts';
import { exportFileName, exportFormats } from '../export-formats.ts';
import type { OfferedFormat } from '../export-formats.ts';
import { formatAge, formatCounts } from '../format.ts';
import { tell, tellFailure } from '../notify.ts';
import { withoutIcons } from '../plain-text.ts';
import type { ScanRecord } from '../scan-store.ts';

/** Opens the report of `{ key }`, or asks which one when there are several; offers a scan when there is none. */
export async function openReport(app: App, argument: unknown): Promise<void> {
  const record = await recordOf(app, argument);
  if (record !== undefined) app.panels.show(record);
}

/** Saves the report of `{ key }` (or the one chosen) in `format`, or in the one chosen. */
export async function exportReport(app: App, argument: unknown): Promise<void> {
  const record = await recordOf(app, argument);
  if (record === undefined) return;
  const asked = isRecord(argument) ? exportFormats.find((format) => format === argument.format) : undefined;
  const format = asked ?? (await pickFormat());
  if (format === undefined) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = exportFileName(record.summary.title, format);
  const target = await vscode.window.showSaveDialog(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) });
  if (target === undefined) return;
  try {
    const { text } = await app.server.request('plimsoll/exportReport', { report: record.report, format });
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    tell('info', vscode.l10n.t('The report was saved to {0}.', target.fsPath), [
      { title: vscode.l10n.t('Open'), run: () => vscode.commands.executeCommand('vscode.open', target) },
    ]);
  } catch (error) {
    tellFailure(app, error);
  }
}

export async function removeReport(app: App, argument: unknown): Promise<void> {
  if (!isRecord(argument) || typeof argument.key !== 'string') return;
  app.panels.close(argument.key);
  await app.scans.remove(argument.key);
}

async function recordOf(app: App, argument: unknown): Promise<ScanRecord | undefined> {
  const key = isRecord(argument) && typeof argument.key === 'string' ? argument.key : await pickKey(app);
  if (key === undefined) return undefined;
  const record = await app.scans.get(key);
  if (record === undefined) {
    tell('warning', vscode.l10n.t('This report is no longer there. Scan the image again.'), [
      { title: vscode.l10n.t('Scan Again'), run: () => vscode.commands.executeCommand('plimsoll.scanAgain', { key }) },
    ]);
  }
  return record;
}

async function pickKey(app: App): Promise<string | undefined> {
  const [only, ...others] = app.scans.summaries;
  if (only === undefined) {
    tell('info', vscode.l10n.t('No image was scanned yet.'), [
      { title: vscode.l10n.t('Scan Image…'), run: () => vscode.commands.executeCommand('plimsoll.scanImage') },
    ]);
    return undefined;
  }
  if (others.length === 0) return only.key;
  const items = app.scans.summaries.map(({ key, title, scannedAt, counts, status }) => ({
    label: withoutIcons(title),
    description: formatAge(scannedAt, new Date(), vscode.env.language) ?? '',
    detail: formatCounts(counts, status),
    key,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Report'), placeHolder: vscode.l10n.t('Choose a scanned image') }))
    ?.key;
}

async function pickFormat(): Promise<OfferedFormat | undefined> {
  const items = exportFormats.map((format) => ({ label: formatNames[format], format }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export Report'), placeHolder: vscode.l10n.t('Choose a format') }))?.format;
}

/** Names of standards; not translated. */
const formatNames: Readonly<Record<OfferedFormat, string>> = {
  sarif: 'SARIF',
  cyclonedx: 'CycloneDX',
  spdx: 'SPDX',
  openvex: 'OpenVEX',
  html: 'HTML',
  junit: 'JUnit',
  json: 'JSON',
};
