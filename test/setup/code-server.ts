/**
 * The VS Code workbench as a program: code-server from the npm registry, in a folder outside the tree that outlives it.
 * A marker file is written last, so that an interrupted installation is never taken for a whole one.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tryCommand } from '../support/processes.ts';
import { installPackages } from './apt.ts';
import { withLock } from './lock.ts';

const VERSION = '4.139.1';
const NODE_MAJOR = 24;
const INSTALL_TIMEOUT_MS = 1_200_000;
/** What compiling the workbench's native modules needs. */
const BUILD_PACKAGES = ['build-essential', 'libkrb5-dev', 'pkg-config', 'python3'];

/** Returns the script that Node runs as code-server; it exists only when hasCodeServer(). */
export function codeServerEntry(): string {
  return path.join(codeServerHome(), 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

/** Returns true when the workbench is wholly installed for this version of Node. */
export function hasCodeServer(): boolean {
  return existsSync(codeServerEntry()) && readMarker() === markerText();
}

/** Installs code-server unless it is there. Returns why that failed, or undefined. */
export async function installCodeServer(onOutput: (text: string) => void): Promise<string | undefined> {
  if (hasCodeServer()) return undefined;
  if (nodeMajor() !== NODE_MAJOR) return `code-server ${VERSION} needs Node ${String(NODE_MAJOR)}, this is ${process.version}`;
  return withLock(`${codeServerHome()}.lock`, async () => {
    // Another process may have installed it while this one waited.
    if (hasCodeServer()) return undefined;
    const packagesFailure = await installPackages(BUILD_PACKAGES, onOutput);
    if (packagesFailure !== undefined) return packagesFailure;
    return installAfresh(onOutput);
  });
}

async function installAfresh(onOutput: (text: string) => void): Promise<string | undefined> {
  const home = codeServerHome();
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), JSON.stringify({ private: true }));
  // Install scripts are off for the tree of dependencies; the one that has to run, code-server's own, is run by hand.
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-save', `code-server@${VERSION}`];
  const postinstall = path.join(home, 'node_modules', 'code-server', 'postinstall.sh');
  const failure =
    (await runStep('npm', install, home, onOutput)) ??
    (await compile(postinstall, onOutput)) ??
    (await runStep(process.execPath, [codeServerEntry(), '--version'], home, onOutput));
  if (failure === undefined) writeFileSync(markerFile(), markerText());
  return failure;
}

/** node-gyp fetches the headers of the running Node. Where it cannot, those of the system's Node do: the modules use Node-API, which is the same in both. */
async function compile(postinstall: string, onOutput: (text: string) => void): Promise<string | undefined> {
  const folder = path.dirname(postinstall);
  const failure = await runStep('sh', [postinstall], folder, onOutput);
  const headers = ['/usr', '/usr/local'].find((prefix) => existsSync(path.join(prefix, 'include', 'node', 'node_api.h')));
  if (failure === undefined || headers === undefined) return failure;
  return runStep('sh', [postinstall], folder, onOutput, { npm_config_nodedir: headers });
}

async function runStep(
  command: string,
  args: readonly string[],
  cwd: string,
  onOutput: (text: string) => void,
  env: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const result = await tryCommand(command, args, { cwd, env: { ...installEnvironment(), ...env }, timeoutMs: INSTALL_TIMEOUT_MS, onOutput });
  if (result.exitCode === 0) return undefined;
  const step = [path.basename(command), ...args.map((arg) => path.basename(arg))].join(' ');
  return `\`${step}\` ${result.timedOut ? 'took too long' : 'failed'}`;
}

/** What npm told us about itself must not steer the npm that installs another project: our own root, our own lock file. */
function installEnvironment(): Record<string, string | undefined> {
  const inherited = Object.keys(process.env).filter((name) => /^npm_(?!config_(registry|cache|https?_proxy|noproxy|cafile|nodedir)$)/i.test(name));
  return {
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    NODE_ENV: undefined,
    // Node 24 first, for npm's own shebang and for every script that it runs.
    PATH: [path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
    // code-server's script asks it which package manager and which Node it is installed with.
    npm_config_user_agent: `npm node/${process.version} ${process.platform} ${process.arch}`,
    HOME: os.homedir(),
  };
}

function codeServerHome(): string {
  const cache = process.env.XDG_CACHE_HOME ?? '';
  return path.join(path.isAbsolute(cache) ? cache : path.join(os.homedir(), '.cache'), 'plimsoll-test', `code-server-${VERSION}`);
}

function readMarker(): string | undefined {
  try {
    return readFileSync(markerFile(), 'utf8');
  } catch {
    return undefined;
  }
}

function markerFile(): string {
  return path.join(codeServerHome(), 'installed');
}

function markerText(): string {
  return `code-server ${VERSION} node ${String(nodeMajor())} ${process.platform} ${process.arch}\n`;
}

function nodeMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}
