/** The text editor of the workbench: what is typed in it and what it shows around the text. */
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '../support/wait.ts';

const ACTIVE_EDITOR = '.editor-group-container.active .editor-instance .monaco-editor';
const SQUIGGLES = '.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint';
const QUICK_FIXES = '.action-widget .monaco-list-row.action';
const COMPLETIONS = '.suggest-widget.visible .monaco-list-row';

/** Runs in the page: promises the time between the next key and the next squiggle beyond those of the severity that are there. */
const watchForSquiggle = (severity: Squiggle['severity']): string => `{
  const count = () => document.querySelectorAll('.squiggly-${severity}').length;
  const before = count();
  globalThis.plimsollSquiggle = new Promise((resolve, reject) => {
    let pressedAt;
    setTimeout(reject, 30000, new Error('no new squiggle after 30 s'));
    addEventListener('keydown', () => { pressedAt = performance.now(); }, { once: true, capture: true });
    const observer = new MutationObserver(() => {
      if (pressedAt === undefined || count() <= before) return;
      observer.disconnect();
      resolve(performance.now() - pressedAt);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
  });
  // Nothing to wait for yet: the key comes after.
  void 0;
}`;

/** Runs in the page: what the active editor shows at one moment. Line numbers go by the place, since a folded or scrolled editor shows some lines only. */
const LOOK_AT_EDITOR = `(() => {
  const editor = document.querySelector('${ACTIVE_EDITOR}');
  if (editor === null) return { lines: [], marks: [] };
  const numbers = new Map(Array.from(editor.querySelectorAll('.margin-view-overlays .line-numbers'), (element) => [
    Math.round(element.getBoundingClientRect().y), Number(element.textContent),
  ]));
  const lines = Array.from(editor.querySelectorAll('.view-lines > .view-line'), (line) => {
    const row = line.getBoundingClientRect();
    const words = line.querySelector(':scope > span')?.getBoundingClientRect() ?? row;
    const text = line.textContent.replaceAll('\\u00a0', ' ');
    return { text, x: words.x, y: row.y, width: words.width, height: row.height, number: numbers.get(Math.round(row.y)) ?? 0 };
  });
  const marks = Array.from(editor.querySelectorAll('${SQUIGGLES}'), (mark) => {
    const { x, y, width } = mark.getBoundingClientRect();
    return { severity: /squiggly-(error|warning|info|hint)/.exec(mark.className)[1], x, y, width };
  });
  return { lines: lines.sort((a, b) => a.y - b.y), marks };
})()`;

interface EditorView {
  readonly lines: readonly {
    readonly number: number;
    readonly text: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly marks: readonly { readonly severity: Squiggle['severity']; readonly x: number; readonly y: number; readonly width: number }[];
}

export interface Squiggle {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** 1-based, as the editor shows it. */
  readonly line: number;
  /** The text that is underlined. */
  readonly text: string;
}

export class TextEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Puts the keyboard's focus in it. */
  async focus(): Promise<void> {
    await this.#page.keyboard.press('Control+1');
    await this.#focused();
  }

  /** Puts the caret at a place, both 1-based. */
  async goTo(line: number, column: number): Promise<void> {
    const goToLine = this.#page.locator('.quick-input-widget:visible');
    await this.#page.keyboard.press('Control+G');
    await goToLine.waitFor();
    await goToLine.locator('input').fill(`:${String(line)}:${String(column)}`);
    await this.#page.keyboard.press('Enter');
    await goToLine.waitFor({ state: 'hidden' });
    await this.#focused();
  }

  /** Types at the end of the document, key by key. */
  async typeAtEnd(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+End');
    await this.#page.keyboard.type(text);
  }

  /** Replaces the whole text by what is typed, key by key. */
  async typeInstead(text: string): Promise<void> {
    await this.#page.keyboard.press('Control+A');
    await this.#page.keyboard.type(text);
  }

  async undo(): Promise<void> {
    await this.#page.keyboard.press('Control+Z');
  }

  /** Saves, and waits until the file is as shown. */
  async save(): Promise<void> {
    await this.#page.keyboard.press('Control+S');
    await waitFor('the file to be saved', async () => !(await this.isDirty()));
  }

  /** Returns true when there are changes that are not saved. */
  async isDirty(): Promise<boolean> {
    return (await this.#page.locator('.tab.active.dirty').count()) > 0;
  }

  /** Returns the lines that are on screen. */
  async lines(): Promise<string[]> {
    return (await this.#look()).lines.map(({ text }) => text);
  }

  /** Waits until the lines on screen are these; an empty last line is left out. */
  async waitForLines(what: string, wanted: readonly string[]): Promise<void> {
    let seen: readonly string[] = [];
    const look = async (): Promise<boolean> => {
      seen = await this.lines();
      if (seen.at(-1) === '') seen = seen.slice(0, -1);
      return seen.length === wanted.length && seen.every((line, index) => line === wanted[index]);
    };
    await waitFor(what, look, { explain: () => `wanted:\n${wanted.join('\n')}\nseen:\n${seen.join('\n')}` });
  }

  /** Returns what is underlined, in the order of the text. */
  async squiggles(): Promise<Squiggle[]> {
    const { lines, marks } = await this.#look();
    const found = marks.flatMap(({ severity, x, y, width }) => {
      const line = lines.find((candidate) => y >= candidate.y - 1 && y < candidate.y + candidate.height - 1);
      if (line === undefined || line.text === '') return [];
      // The editor's font is monospaced.
      const characterWidth = line.width / line.text.length;
      const start = Math.round((x - line.x) / characterWidth);
      return [{ severity, line: line.number, text: line.text.slice(start, start + Math.round(width / characterWidth)), x }];
    });
    return found.sort((a, b) => a.line - b.line || a.x - b.x).map(({ severity, line, text }) => ({ severity, line, text }));
  }

  /** Waits until something is underlined that `isWanted`, and returns it. */
  async waitForSquiggle(what: string, isWanted: (squiggle: Squiggle) => boolean): Promise<Squiggle> {
    return this.#waitForSquiggles(`a squiggle: ${what}`, (seen) => seen.find(isWanted));
  }

  /** Waits until nothing is underlined that `isUnwanted`. */
  async waitForNoSquiggle(what: string, isUnwanted: (squiggle: Squiggle) => boolean): Promise<void> {
    await this.#waitForSquiggles(`no squiggle: ${what}`, (seen) => !seen.some(isUnwanted));
  }

  /** Returns milliseconds, as the page's own clock has them, between a keystroke and the next stretch that is underlined so. */
  async measureSquiggle(key: string, severity: Squiggle['severity']): Promise<number> {
    await this.#page.evaluate(watchForSquiggle(severity));
    await this.#page.keyboard.press(key);
    return this.#page.evaluate<number>('globalThis.plimsollSquiggle');
  }

  /** Shows the hover at the caret and returns its text, as soon as it contains `text`. */
  async showHover(text: string): Promise<string> {
    const hover = this.#page.locator('.monaco-hover:visible', { hasText: text });
    const show = async (): Promise<string | undefined> => {
      if ((await hover.count()) > 0) return hover.first().innerText({ timeout: 1_000 });
      await this.#page.keyboard.press('Control+K');
      await this.#page.keyboard.press('Control+I');
      return undefined;
    };
    return waitFor(`a hover with ${text}`, show, { intervalMs: 1_000 });
  }

  /** Waits for a hover with `text` that something else has opened. */
  async waitForHover(text: string): Promise<void> {
    await this.#page.locator('.monaco-hover:visible', { hasText: text }).first().waitFor();
  }

  /** Returns the titles that the lightbulb offers at the caret, and leaves the menu open. */
  async openQuickFixes(): Promise<string[]> {
    const rows = this.#page.locator(QUICK_FIXES);
    await waitFor('the quick fixes at the caret', async () => {
      await this.#page.keyboard.press('Control+.');
      return isShown(rows.first());
    });
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  /** Applies the quick fix at `index` of what openQuickFixes() returned. */
  async takeQuickFix(index: number): Promise<void> {
    const rows = this.#page.locator(QUICK_FIXES);
    await rows.nth(index).click();
    await rows.first().waitFor({ state: 'hidden' });
  }

  /** Applies the quick fix at a place whose title is `title`, and returns all titles. */
  async quickFix(line: number, column: number, title: string): Promise<string[]> {
    await this.goTo(line, column);
    const titles = await this.openQuickFixes();
    const index = titles.indexOf(title);
    if (index < 0) throw new Error(`the quick fix "${title}" is not among ${titles.join(' | ')}`);
    await this.takeQuickFix(index);
    return titles;
  }

  /** Returns the texts of the code lenses on screen. */
  async codeLenses(): Promise<string[]> {
    return this.#page.locator(`${ACTIVE_EDITOR} .codelens-decoration > *`).filter({ hasText: /\w/ }).allInnerTexts();
  }

  /** Clicks the code lens that `title` matches, as soon as it is there. */
  async pressCodeLens(title: RegExp): Promise<void> {
    await this.#page.locator(`${ACTIVE_EDITOR} .codelens-decoration a`, { hasText: title }).first().click();
  }

  /** Returns what can be completed at the caret, each as a screen reader tells it, and leaves the list open. */
  async openCompletions(): Promise<string[]> {
    const rows = this.#page.locator(COMPLETIONS);
    await waitFor('completions at the caret', async () => {
      await this.#page.keyboard.press('Control+Space');
      return isShown(rows.first());
    });
    return rows.evaluateAll((elements: readonly { getAttribute(name: string): string | null }[]) =>
      elements.map((element) => element.getAttribute('aria-label') ?? ''),
    );
  }

  /** Takes the completion of the open list that contains `text`. */
  async takeCompletion(text: string): Promise<void> {
    const rows = this.#page.locator(COMPLETIONS);
    await rows.filter({ hasText: text }).first().click();
    await rows.first().waitFor({ state: 'hidden' });
  }

  async #look(): Promise<EditorView> {
    return this.#page.evaluate<EditorView>(LOOK_AT_EDITOR);
  }

  async #waitForSquiggles<T>(what: string, look: (seen: readonly Squiggle[]) => T | undefined | false): Promise<T> {
    let seen: readonly Squiggle[] = [];
    const lookAgain = async (): Promise<T | undefined | false> => {
      seen = await this.squiggles();
      return look(seen);
    };
    return waitFor(what, lookAgain, { intervalMs: 20, explain: () => `seen: ${JSON.stringify(seen)}` });
  }

  async #focused(): Promise<void> {
    await this.#page.locator(`.editor-group-container.active .monaco-editor.focused`).waitFor();
  }
}

/** Resolves to whether `row` comes within a moment; the key that calls for it may have come too early. */
async function isShown(row: Locator): Promise<boolean> {
  return row.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );
}
