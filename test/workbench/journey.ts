import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
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
  /** The folder that is open. */
  readonly folder: string;
  /** Tells a figure in the test run's output. */
  readonly note: (text: string) => void;
}

export interface JourneyOptions {
  readonly needs?: readonly CapabilityName[];
  /** Files of the folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: CodeServerOptions['settings'];
  readonly env?: CodeServerOptions['env'];
}

/** Declares a test that a person's way through the packaged extension is; each try has a fresh server, window and folder. `options` is asked when the test begins. */
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
        if (retries === MAX_RETRIES) throw error;
        context.diagnostic(`try ${String(retries + 1)} of "${name}" failed: ${stripVTControlCharacters((error as Error).message)}`);
      }
    }
  });
}

async function attempt(context: TestContext, name: string, options: JourneyOptions, walk: (stage: Stage) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-journey-'));
  for (const [file, text] of Object.entries(options.files ?? {})) writeFileSync(path.join(folder, file), text);
  const server = await startCodeServer({ vsix: [findPackage()], settings: options.settings ?? {}, env: options.env ?? {} });
  const browser = await launchBrowser();
  try {
    const workbench = await openWorkbench(browser, server, folder);
    try {
      await walk({
        workbench,
        server,
        folder,
        note: (text) => {
          context.diagnostic(text);
        },
      });
    } catch (error) {
      // The browser itself may be what failed.
      await workbench.screenshot(`failed-${name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}`).catch(() => undefined);
      const log = readExtensionLog(server);
      if (log !== '') context.diagnostic(`the extension's log ends:\n${lastLines(log, 30)}`);
      throw error;
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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
