import * as vscode from 'vscode';
import type { ScannedImage } from '../protocol/client.ts';
import type { App } from './app.ts';
import { installedLinters } from './other-linters.ts';
import type { ScanSummary } from './scan-store.ts';

/** Keeps the language server told of what it cannot see: other extensions, and the scans that are remembered. */
export function keepServerTold({ server, scans }: Pick<App, 'server' | 'scans'>): vscode.Disposable {
  const tellScans = (): void => {
    server.notify('plimsoll/scannedImages', { images: scans.summaries.map(toScannedImage) });
  };
  tellScans();
  return vscode.Disposable.from(
    scans.onDidChange(tellScans),
    vscode.extensions.onDidChange(() => {
      server.notify('plimsoll/otherLinters', { ids: installedLinters() });
    }),
  );
}

function toScannedImage({ key, title, counts }: ScanSummary): ScannedImage {
  return { key, reference: title, critical: counts.critical ?? 0, high: counts.high ?? 0 };
}
