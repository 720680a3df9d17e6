import * as vscode from 'vscode';
import { imageItem, viewIds } from './contributions.ts';
import { formatAge, formatCounts } from './format.ts';
import type { ScanStore, ScanSummary } from './scan-store.ts';

/** Registers the view of the images scanned lately. */
export function registerImagesView(scans: ScanStore): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const listening = scans.onDidChange(() => {
    changed.fire(undefined);
  });
  const view = vscode.window.createTreeView<ScanSummary>(viewIds.images, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (parent) => (parent === undefined ? [...scans.summaries] : []),
      getTreeItem: toTreeItem,
    },
  });
  return vscode.Disposable.from(view, changed, listening);
}

function toTreeItem(summary: ScanSummary): vscode.TreeItem {
  const counts = formatCounts(summary.counts, summary.status);
  const age = formatAge(summary.scannedAt, new Date(), vscode.env.language) ?? '';
  const item = new vscode.TreeItem(summary.title);
  item.id = summary.key;
  item.description = `${formatCounts(summary.counts, summary.status, 2)} · ${age}`;
  item.tooltip = `${summary.title}\n${counts}\n${age}`;
  item.contextValue = imageItem;
  item.iconPath = new vscode.ThemeIcon(iconOf(summary));
  item.command = { command: 'plimsoll.openReport', title: vscode.l10n.t('Open Report'), arguments: [{ key: summary.key }] };
  item.accessibilityInformation = { label: `${summary.title}, ${counts}, ${age}` };
  return item;
}

function iconOf({ decision, counts, status }: ScanSummary): string {
  if (decision === 'allow') return 'pass';
  if (decision === 'block' || decision === 'block-until-scanned') return 'circle-slash';
  if (status === 'partial') return 'question';
  return (counts.critical ?? 0) + (counts.high ?? 0) > 0 ? 'warning' : 'package';
}
