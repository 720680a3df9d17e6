/**
 * The workbench as a person uses it: keyboard, mouse and eyes, through Chromium. Only this file and text-editor.ts know how VS Code's page is built.
 * Every wait is for something to be seen.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Frame, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../setup/capabilities.ts';
import type { CodeServer } from '../support/code-server.ts';
import { waitFor } from '../support/wait.ts';
import { TextEditor } from './text-editor.ts';

const SCREENSHOTS = path.join(import.meta.dirname, '..', '..', 'out', 'screenshots');
const OPEN_TIMEOUT_MS = 90_000;
const COMMAND_TIMEOUT_MS = 60_000;
/** Of a single look or click: the browser, the server and the extension host share two cores. */
const ACTION_TIMEOUT_MS = 60_000;

export interface Notification {
  readonly message: string;
  readonly buttons: readonly string[];
}

/** Returns a headless Chromium that asks nothing of the network by itself. */
export async function launchBrowser(): Promise<Browser> {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  // Chromium's sandbox refuses to run as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: findChromium() ?? 'chromium', headless: true, args: [...quiet, ...sandbox] });
}

/** Returns the workbench showing `folder`, ready to be used. */
export async function openWorkbench(browser: Browser, server: CodeServer, folder: string): Promise<Workbench> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  context.setDefaultTimeout(ACTION_TIMEOUT_MS);
  const page = await context.newPage();
  // What has to be there is waited for below.
  await page.goto(server.urlOf(folder), { waitUntil: 'domcontentloaded', timeout: OPEN_TIMEOUT_MS });
  await page.locator('.monaco-workbench').waitFor({ timeout: OPEN_TIMEOUT_MS });
  // The explorer shows the folder only when the workbench has connected to its server.
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: OPEN_TIMEOUT_MS });
  return new Workbench(context, page);
}

export class Workbench {
  readonly page: Page;
  readonly editor: TextEditor;
  readonly #context: BrowserContext;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.editor = new TextEditor(page);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** Saves a picture in out/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  }

  // ——— files

  /** Opens a file of the folder by quick open and puts the caret in it. */
  async openFile(name: string): Promise<void> {
    const parts = name.split('/');
    await this.page.keyboard.press('Control+P');
    await this.quickInput().waitFor();
    await this.quickInput().locator('input').fill(name);
    // Until the answer is there, the list shows what was opened last.
    const row = parts.reduce((rows, part) => rows.filter({ hasText: part }), this.#quickRows());
    await row.first().click();
    await this.quickInput().waitFor({ state: 'hidden' });
    const breadcrumbs = this.page.locator('.editor-group-container.active .breadcrumbs-control');
    await parts.reduce((bar, part) => bar.filter({ hasText: part }), breadcrumbs).waitFor();
    await this.editor.focus();
  }

  /** Returns the rows of the Problems panel, as a screen reader tells them. */
  async problems(): Promise<string[]> {
    await this.runCommand('Problems: Focus on Problems View');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await this.page.locator('.markers-panel').waitFor();
    return readAttributes(rows, 'aria-label');
  }

  // ——— commands, picks, notifications

  /** Runs a command by its title, as the palette shows it: `Plimsoll: Scan Image…`. Waits for it to be there, for the extension host may still be starting. */
  async runCommand(title: string): Promise<void> {
    let offered: readonly string[] = [];
    const choose = async (): Promise<boolean> => {
      // The palette does not take up commands that come while it is open.
      await this.page.keyboard.press('Escape');
      await this.#openPalette(title);
      const row = this.#quickRows().filter({ has: this.page.getByText(title, { exact: true }) });
      offered = await readAttributes(this.#quickRows(), 'aria-label');
      if ((await row.count()) === 0) return false;
      await row.first().click();
      return true;
    };
    await waitFor(`the command "${title}"`, choose, {
      timeoutMs: COMMAND_TIMEOUT_MS,
      intervalMs: 500,
      explain: () => `the palette offers ${JSON.stringify(offered.slice(0, 5))}`,
    });
  }

  /** Opens the command palette with `text` typed, and waits for its answer, be it that there is none. */
  async #openPalette(text: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput().waitFor();
    await this.quickInput().locator('input').fill(`>${text}`);
    await this.#quickRows().first().waitFor();
  }

  /** Waits for an open quick pick and returns its rows, each as a screen reader tells it. */
  async quickPickRows(): Promise<string[]> {
    await this.#quickRows().first().waitFor();
    return readAttributes(this.#quickRows(), 'aria-label');
  }

  /** Takes the row of the open quick pick that contains `text`. */
  async pick(text: string): Promise<void> {
    await this.quickInput().waitFor();
    await this.#quickRows().filter({ hasText: text }).first().click();
  }

  /** Types into the open input box and confirms. */
  async answer(text: string): Promise<void> {
    await this.quickInput().waitFor();
    await this.quickInput().locator('input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Returns the notifications that are on screen. */
  async notifications(): Promise<Notification[]> {
    const items = await this.page.locator('.notifications-toasts .notification-list-item').all();
    return Promise.all(
      items.map(async (item) => ({
        message: (await item.locator('.notification-list-item-message').innerText()).trim(),
        buttons: (await item.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts()).map((text) => text.trim()),
      })),
    );
  }

  /** Waits for a notification that `pattern` matches and returns it. */
  async waitForNotification(pattern: RegExp, timeoutMs = 30_000): Promise<Notification> {
    let seen: readonly Notification[] = [];
    const look = async (): Promise<Notification | undefined> => {
      seen = await this.notifications();
      return seen.find(({ message }) => pattern.test(message));
    };
    return waitFor(`a notification like ${String(pattern)}`, look, { timeoutMs, explain: () => `on screen: ${JSON.stringify(seen)}` });
  }

  /** Presses a button of the notification that contains `text`. */
  async pressNotificationButton(text: string, button: string): Promise<void> {
    const item = this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
    await item.locator('.notification-list-item-buttons-container .monaco-button', { hasText: button }).click();
  }

  async dismissNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'hidden' });
  }

  // ——— webviews and the rest

  /** Waits for a webview that has `selector`, and returns its inner frame. */
  async webview(selector: string, timeoutMs = 60_000): Promise<Frame> {
    const look = async (): Promise<Frame | undefined> => {
      for (const frame of this.page.frames()) {
        if (frame === this.page.mainFrame() || frame.isDetached()) continue;
        if ((await frame.locator(selector).count()) > 0) return frame;
      }
      return undefined;
    };
    return waitFor(`a webview with ${selector}`, look, { timeoutMs });
  }

  /** Returns the titles of the open editors. */
  async tabs(): Promise<string[]> {
    return readAttributes(this.page.locator('.tabs-container .tab'), 'aria-label');
  }

  /** Returns the texts of the status bar's entries. */
  async statusBar(): Promise<string[]> {
    const texts = await this.page.locator('.statusbar-item:visible').allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  /** Returns what is on the clipboard. */
  async clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** The open quick pick or input box. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  #quickRows(): Locator {
    return this.quickInput().locator('.quick-input-list .monaco-list-row');
  }
}

/** An element of the page, as far as it is used here: the DOM's own types are not those of a test. */
interface PageElement {
  getAttribute(name: string): string | null;
}

async function readAttributes(locator: Locator, name: string): Promise<string[]> {
  return locator.evaluateAll(
    (elements: readonly PageElement[], attribute: string) => elements.map((element) => element.getAttribute(attribute) ?? ''),
    name,
  );
}
