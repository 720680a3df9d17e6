import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Browser } from 'playwright-core';
import { needs } from '../setup/needs.ts';
import type { CapabilityName } from '../setup/capabilities.ts';
import { startCodeServer, type CodeServer, type CodeServerOptions } from '../support/code-server.ts';
import { lastLines } from '../support/processes.ts';
import { launchBrowser, openWorkbench, type Workbench } from './workbench.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** Journeys go through a browser, a server and an extension host that share two cores: they alone may be tried again. */
const MAX_RETRIES = 2;

export interface Stage {
  readonly workbench: Workbench;
  readonly server: CodeServer;
  /** Where the journey's files are. */
  readonly folder: string;
  /** Tells a figure in the test run's output. */
  readonly note: (text: string) => void;
}

export interface JourneyOptions {
  readonly needs?: readonly CapabilityName[];
  /** Files of the folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders within it that the window shows beside each other; default: the whole folder. */
  readonly roots?: readonly string[];
  /** The user's own. Journeys with the same ones and the same `env` share a server: what the folder's `.vscode/settings.json` can say is said there. */
  readonly settings?: CodeServerOptions['settings'];
  readonly env?: CodeServerOptions['env'];
}

/** A server, and a browser that has met no other. */
interface Theatre {
  readonly key: string;
  readonly server: CodeServer;
  readonly browser: Browser;
}

let open: Theatre | undefined;
after(closeTheatre);

/** Declares a test that a person's way through the packaged extension is; each has a window and a folder of its own, and each further try a fresh server too. `options` is asked when the test begins. */
export function journey(
  name: string,
  capabilities: readonly CapabilityName[],
  options: () => JourneyOptions,
  walk: (stage: Stage) => Promise<void>,
): void {
  test(name, needs('chromium', 'code-server', ...capabilities), async (context) => {
    for (let retries = 0; ; retries += 1) {
      try {
        await attempt(context, name, options(), walk);
        if (retries > 0) context.diagnostic(`retried: ${name} (${String(retries)})`);
        return;
      } catch (error) {
        await closeTheatre();
        if (retries === MAX_RETRIES) throw error;
        context.diagnostic(`try ${String(retries + 1)} of "${name}" failed: ${stripVTControlCharacters((error as Error).message)}`);
      }
    }
  });
}

async function attempt(context: TestContext, name: string, options: JourneyOptions, walk: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-journey-'));
  try {
    const window = prepareFolder(folder, options);
    const { server, browser } = await openTheatre(options);
    const workbench = await openWorkbench(browser, server, window);
    const note = (text: string): void => {
      context.diagnostic(text);
    };
    try {
      await walk({ workbench, server, folder, note });
      await workbench.close();
    } catch (error) {
      // The browser itself may be what failed.
      await workbench.screenshot(`failed-${name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}`).catch(() => undefined);
      const log = readExtensionLog(server);
      if (log !== '') note(`the extension's log ends:\n${lastLines(log, 30)}`);
      throw error;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns what the window is to show. */
function prepareFolder(folder: string, { files = {}, roots }: JourneyOptions): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  if (roots === undefined) return folder;
  const workspace = path.join(folder, 'journey.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: roots.map((root) => ({ path: root })) }));
  return workspace;
}

async function openTheatre({ settings = {}, env = {} }: JourneyOptions): Promise<Theatre> {
  const key = JSON.stringify([settings, env]);
  if (open?.key === key) return open;
  await closeTheatre();
  const server = await startCodeServer({ vsix: [findPackage()], settings, env });
  try {
    open = { key, server, browser: await launchBrowser() };
    return open;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function closeTheatre(): Promise<void> {
  const closing = open;
  open = undefined;
  await closing?.browser.close();
  await closing?.server.stop();
}

/** @throws {Error} when `npm run package` has not been run. */
function findPackage(): string {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const file = path.join(ROOT, 'out', `plimsoll-${version}.vsix`);
  if (!existsSync(file)) throw new Error(`${path.relative(ROOT, file)} is not there: run \`npm run package\` first (\`npm test\` does)`);
  return file;
}

/** Returns what the extension wrote to its output channel in every window of the server. */
function readExtensionLog(server: CodeServer): string {
  const files = globSync('user-data/logs/**/plimsoll.plimsoll/*.log', { cwd: server.home });
  return files.map((file) => readFileSync(path.join(server.home, file), 'utf8')).join('\n');
}
