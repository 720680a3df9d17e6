import type * as vscode from 'vscode';
import type { CloudKeys } from './cloud-keys.ts';
import type { LanguageServer } from './language-server.ts';
import type { ReportPanels } from './report-panels.ts';
import type { ScanStore } from './scan-store.ts';

/** What commands work with; made once, in extension.ts. */
export interface App {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly server: LanguageServer;
  readonly scans: ScanStore;
  readonly panels: ReportPanels;
  readonly cloudKeys: CloudKeys;
  /** What outlives the window, for all windows of this user. */
  readonly state: vscode.Memento;
}
