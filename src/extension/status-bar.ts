import * as vscode from 'vscode';
import { formatAge, formatCounts } from './format.ts';
import { withoutIcons } from './plain-text.ts';
import type { ScanStore } from './scan-store.ts';
import { isOutdated } from './update-schedule.ts';

/** Registers the status bar item: the last scan and its worst counts. Hidden while there is none. */
export function registerStatusBar(scans: ScanStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('plimsoll.lastScan', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Plimsoll: last scan');
  const update = (): void => {
    const last = scans.summaries[0];
    if (last === undefined) {
      item.hide();
      return;
    }
    const counts = formatCounts(last.counts, last.status, 2);
    item.text = `$(shield) ${withoutIcons(last.title)}: ${counts}`;
    const scanned = vscode.l10n.t('Last scan of Plimsoll: {0}, {1}', last.title, formatCounts(last.counts, last.status));
    const builtAt = last.advisoriesBuiltAt ?? '';
    const now = new Date();
    const age = isOutdated(builtAt, now) ? formatAge(builtAt, now, vscode.env.language) : undefined;
    item.tooltip =
      age === undefined ? scanned : `${scanned}\n${vscode.l10n.t('Its advisories were built {0}. Newer ones: "Plimsoll: Update Advisories".', age)}`;
    item.command = { command: 'plimsoll.openReport', title: vscode.l10n.t('Open Report'), arguments: [{ key: last.key }] };
    item.show();
  };
  update();
  return vscode.Disposable.from(item, scans.onDidChange(update));
}
