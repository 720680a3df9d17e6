import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { parseWebviewMessage, parseWebviewState } from '../protocol/validate-webview.ts';
import type { HostToWebview, ReportMessage, WebviewToHost } from '../protocol/webview.ts';
import { webviewHtml } from '../protocol/webview-html.ts';
import { reportViewType } from './contributions.ts';
import { exportFormats } from './export-formats.ts';
import { hasProject } from './project.ts';
import type { ScanRecord, ScanStore } from './scan-store.ts';

/** What a page asks for, with the scan it shows. */
export type PageHandler = (record: ScanRecord, message: Exclude<WebviewToHost, { readonly type: 'ready' }>) => Promise<void>;

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  record: ScanRecord;
  /** True from the page's `ready` on; what is posted earlier is lost. */
  ready: boolean;
}

/** The report panels: one for each image, shown again rather than opened twice, and restored with the window. */
export class ReportPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #scans: ScanStore;
  readonly #log: vscode.LogOutputChannel;
  readonly #open = new Map<string, OpenPanel>();
  readonly #serializer: vscode.Disposable;
  #handler: PageHandler | undefined;

  constructor(extensionUri: vscode.Uri, scans: ScanStore, log: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#scans = scans;
    this.#log = log;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(reportViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const key = parseWebviewState(state)?.key;
        const record = key === undefined ? undefined : await this.#scans.get(key);
        if (record === undefined || this.#open.has(record.summary.key)) panel.dispose();
        else this.#attach(panel, record);
      },
    });
  }

  /** From now on `handler` does what pages ask for. */
  handle(handler: PageHandler): void {
    this.#handler = handler;
  }

  /** Shows the report in its panel, a new one when there is none. */
  show(record: ScanRecord): void {
    const open = this.#open.get(record.summary.key);
    if (open !== undefined) {
      this.update(record);
      open.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(reportViewType, record.summary.title, vscode.ViewColumn.Active, { retainContextWhenHidden: true });
    this.#attach(panel, record);
  }

  /** Gives an open panel its new content; does nothing when there is none. */
  update(record: ScanRecord): void {
    const open = this.#open.get(record.summary.key);
    if (open === undefined) return;
    open.record = record;
    if (open.ready) void open.panel.webview.postMessage(reportMessage(record));
  }

  /** Tells the panel of `key`, when there is one that listens. */
  post(key: string, message: Exclude<HostToWebview, ReportMessage>): void {
    const open = this.#open.get(key);
    if (open?.ready === true) void open.panel.webview.postMessage(message);
  }

  close(key: string): void {
    this.#open.get(key)?.panel.dispose();
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #attach(panel: vscode.WebviewPanel, record: ScanRecord): void {
    const { key } = record.summary;
    const open: OpenPanel = { panel, record, ready: false };
    this.#open.set(key, open);
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.#extensionUri, 'media');
    const { webview } = panel;
    panel.title = record.summary.title;
    panel.iconPath = { light: vscode.Uri.joinPath(media, 'plimsoll-light.svg'), dark: vscode.Uri.joinPath(media, 'plimsoll-dark.svg') };
    panel.onDidDispose(() => this.#open.delete(key));
    webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    webview.onDidReceiveMessage((message: unknown) => {
      this.#receive(open, message);
    });
    webview.html = webviewHtml({
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(24).toString('base64url'),
      title: record.summary.title,
      lang: vscode.env.language,
    });
  }

  #receive(open: OpenPanel, value: unknown): void {
    const message = parseWebviewMessage(value);
    if (message === undefined) {
      this.#log.warn('a message of the report panel was malformed and is ignored');
    } else if (message.type === 'ready') {
      open.ready = true;
      void open.panel.webview.postMessage(reportMessage(open.record));
    } else {
      this.#handler?.(open.record, message).catch((error: unknown) => {
        this.#log.error(`${message.type} of the report panel failed`, error);
      });
    }
  }
}

function reportMessage({ summary, report, decision }: ScanRecord): ReportMessage {
  const { bundle } = vscode.l10n;
  return {
    type: 'report',
    key: summary.key,
    report,
    scannedAt: summary.scannedAt,
    ...(decision === undefined ? {} : { decision }),
    ...(bundle === undefined ? {} : { l10n: bundle }),
    locale: vscode.env.language,
    actions: {
      exportFormats: [...exportFormats],
      checkPush: true,
      push: summary.input.kind === 'engine',
      updateAdvisories: true,
      rescan: true,
      dockerfile: summary.dockerfileUri !== undefined,
      ignore: hasProject(summary.dockerfileUri),
    },
  };
}
