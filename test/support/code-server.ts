import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codeServerEntry } from '../setup/code-server.ts';
import { lastLines, runCommand, startProcess } from './processes.ts';
import { waitFor } from './wait.ts';

const START_TIMEOUT_MS = 60_000;

export interface CodeServerOptions {
  /** Extensions to install, as .vsix files. */
  readonly vsix: readonly string[];
  /** User settings on top of the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the extension host sees, DOCKER_HOST for one; undefined takes a variable away. HOME is a folder of its own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface CodeServer {
  /** Of the workbench showing a folder, or the folders of a `.code-workspace` file. */
  readonly urlOf: (folder: string) => string;
  readonly origin: string;
  /** The HOME of the server: a place for `.docker/config.json` and the like. */
  readonly home: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Nothing opens, asks, moves or completes by itself, so that what a test types is what is there. */
const CALM_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  // No download, and no question about one.
  'plimsoll.advisories.update': 'manual',
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
  'editor.minimap.enabled': false,
  // A short text stays on screen whole.
  'editor.scrollBeyondLastLine': false,
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.acceptSuggestionOnEnter': 'off',
  'editor.wordBasedSuggestions': 'off',
  'editor.inlineSuggest.enabled': false,
  'editor.cursorBlinking': 'solid',
  // VS Code's defaults for a language go before the user's settings for all.
  '[yaml]': { 'editor.autoIndent': 'none' },
  '[dockercompose]': { 'editor.autoIndent': 'none', 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' } },
} as const;

/** Returns a running code-server on a loopback port, with no user's data but what `options` say. @throws {Error} with the end of its log. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-workbench-'));
  const userData = path.join(home, 'user-data');
  // In a window on a remote machine, as code-server's is, settings of scope "machine" count only in that machine's own file.
  for (const owner of ['User', 'Machine']) writeSettings(path.join(userData, owner), { ...CALM_SETTINGS, ...options.settings });
  const env = { ...isolate(home), ...options.env };
  const places = ['--user-data-dir', userData, '--extensions-dir', path.join(home, 'extensions'), '--config', writeConfig(home)];
  const calm = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'];
  for (const vsix of options.vsix) await runCommand(process.execPath, [codeServerEntry(), ...places, '--install-extension', vsix], { env });
  const listen = ['--auth', 'none', '--bind-addr', '127.0.0.1:0'];
  const server = startProcess(process.execPath, [codeServerEntry(), ...places, ...calm, ...listen], { env });
  const stop = async (): Promise<void> => {
    await server.stop();
    // Its extension host may write a last file while it ends.
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await waitFor('code-server to listen', () => server.ended() !== undefined || findOrigin(server.output()) !== undefined, {
      timeoutMs: START_TIMEOUT_MS,
    });
    const origin = findOrigin(server.output());
    if (origin === undefined) throw new Error(server.ended());
    const urlOf = (folder: string): string =>
      `${origin}/?${folder.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURIComponent(folder)}`;
    return { origin, home, urlOf, log: server.output, stop };
  } catch (error) {
    const log = server.output();
    await stop();
    throw new Error(`code-server did not start:\n${lastLines(log)}`, { cause: error });
  }
}

function findOrigin(log: string): string | undefined {
  return /HTTP server listening on (http:\/\/[\d.:]+)/.exec(log)?.[1];
}

/** The user's own editor, engine, credentials and caches stay out of it. */
function isolate(home: string): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter((name) =>
    /^(VSCODE_|CODE_SERVER|DOCKER_|NODE_OPTIONS$|PORT$|PASSWORD$|HASHED_PASSWORD$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    HOME: home,
    XDG_CACHE_HOME: path.join(home, '.cache'),
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local', 'share'),
    XDG_RUNTIME_DIR: undefined,
    // No marketplace: nothing is asked of the network.
    EXTENSIONS_GALLERY: '{}',
  };
}

function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

function writeConfig(home: string): string {
  const file = path.join(home, 'code-server.yaml');
  writeFileSync(file, 'auth: none\n');
  return file;
}
