import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { HostToWebview, WebviewToHost } from '../../src/protocol/webview.ts';
import { webviewHtml } from '../../src/protocol/webview-html.ts';
import { themeVariables } from '../support/vscode-theme.ts';
import type { ThemeName } from '../support/vscode-theme.ts';

const executablePath = process.env.PLIMSOLL_CHROMIUM ?? '/usr/bin/chromium';
const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Options for tests that need the browser: skipped, with the reason, where there is none. */
export const needsChromium: { readonly skip: string | false } = {
  skip: existsSync(executablePath) ? false : `no Chromium at ${executablePath}; set PLIMSOLL_CHROMIUM to one`,
};

const nonce = 'dGVzdC1ub25jZS0wMTIzNDU2Nzg5';

/** The built page behind a server, and a browser to look at it. */
export class ReportLab {
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  static async open(): Promise<ReportLab> {
    const root = path.join(import.meta.dirname, '..', '..');
    const { outputFiles } = await build({
      entryPoints: [path.join(root, 'webview', 'main.ts')],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2023',
      write: false,
      logLevel: 'error',
    });
    const script = outputFiles[0]?.contents;
    const server = createServer((request, response) => {
      if (request.url === '/webview.js') {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
        return;
      }
      const cspSource = `http://${request.headers.host ?? ''}`;
      const html = webviewHtml({ scriptUri: '/webview.js', cspSource, nonce, title: 'Report', lang: 'en' });
      response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(request.url === '/' ? html : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ReportLab(server, await chromium.launch({ executablePath, args: switches }));
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Opens the page as VS Code would, with `first` posted once the page says that it is ready. */
  async show(
    first: HostToWebview,
    options: { width?: number; height?: number; theme?: ThemeName; state?: unknown; scale?: number } = {},
  ): Promise<ReportPage> {
    const context = await this.#browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
      deviceScaleFactor: options.scale ?? 1,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const shown = new ReportPage(page);
    await page.addInitScript(hostScript(options.theme ?? 'dark', options.state));
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    // The script is a module: it has run, and said that it is ready, when the load event fires.
    await shown.post(first);
    return shown;
  }
}

/** Returns the stand-in for VS Code's side: theme tokens on the root, the API, and a record of everything that went wrong. */
function hostScript(theme: ThemeName, state: unknown): string {
  return `{
    globalThis.posted = [];
    globalThis.refused = [];
    globalThis.stored = ${JSON.stringify(state ?? null)} ?? undefined;
    globalThis.acquireVsCodeApi = () => {
      delete globalThis.acquireVsCodeApi;
      return {
        postMessage: (message) => globalThis.posted.push(structuredClone(message)),
        getState: () => globalThis.stored,
        setState: (state) => { globalThis.stored = structuredClone(state); },
      };
    };
    globalThis.readText = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.nodeType !== Node.ELEMENT_NODE || ['STYLE', 'SCRIPT'].includes(node.tagName) || !(node.tagName === 'SLOT' || node.checkVisibility())) return '';
      const inner = node.tagName === 'SLOT' ? node.assignedNodes({ flatten: true }) : (node.shadowRoot ?? node).childNodes;
      const text = [...inner].map(globalThis.readText).join('');
      return getComputedStyle(node).display === 'inline' ? text : ' ' + text + ' ';
    };
    document.addEventListener('securitypolicyviolation', (event) => globalThis.refused.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
    const dress = () => { for (const [name, value] of ${JSON.stringify(themeVariables(theme))}) document.documentElement.style.setProperty(name, value); };
    if (document.documentElement) dress(); else new MutationObserver((_, observer) => { if (document.documentElement) { observer.disconnect(); dress(); } }).observe(document, { childList: true });
  }`;
}

/** One page under test. */
export class ReportPage {
  readonly page: Page;
  readonly #complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
    page.on('dialog', (dialog) => this.#complaints.push(`dialog: ${dialog.message()}`));
  }

  async post(message: unknown): Promise<void> {
    // Through structured clone as postMessage does, but as one JSON text: lone surrogates and control letters survive that way.
    await this.page.evaluate(`window.postMessage(JSON.parse(${JSON.stringify(JSON.stringify(message))}), '*')`);
    await this.settle();
  }

  /** Waits until the page has drawn what it was told. */
  async settle(): Promise<void> {
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))');
  }

  /** Waits until what has the focus begins with `start`. */
  async waitForFocus(start: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await this.focused()).startsWith(start)) return;
      await this.settle();
    }
    throw new Error(`the focus is not on ${start} but on ${await this.focused()}`);
  }

  /** What the page posted, `ready` apart. */
  async posted(): Promise<readonly WebviewToHost[]> {
    const all: readonly WebviewToHost[] = await this.page.evaluate('globalThis.posted');
    return all.filter((message) => message.type !== 'ready');
  }

  async stored(): Promise<unknown> {
    return this.page.evaluate('globalThis.stored');
  }

  /** The text a reader sees in the first element that `selector` names: through shadow roots and slots, white space collapsed. */
  async textOf(selector: string): Promise<string> {
    const text = await this.page
      .locator(selector)
      .first()
      .evaluate((element) => (globalThis as unknown as { readText(start: unknown): string }).readText(element));
    return text.replaceAll(/\s+/g, ' ').trim();
  }

  /** The text of what has the focus, through shadow roots. */
  async focused(): Promise<string> {
    return this.page.evaluate(`{
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      (element?.getAttribute('aria-rowindex') ? 'row ' + element.getAttribute('aria-rowindex') + ' ' : (element?.getAttribute('role') ?? element?.localName) + ' ') + (element?.innerText ?? '').replaceAll(/\\s+/g, ' ').trim()
    }`);
  }

  /** What went wrong since the page was opened: console errors and warnings, uncaught errors, refusals of the content security policy. */
  async complaints(): Promise<readonly string[]> {
    return [...this.#complaints, ...(await this.page.evaluate<readonly string[]>('globalThis.refused'))];
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
