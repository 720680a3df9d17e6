/**
 * `npm run test:desktop`: suite.ts in desktop VS Code. PLIMSOLL_VSCODE names its version (default: the oldest that package.json promises) or a program that is here already.
 * Where no VS Code can be had it says so and ends well, unless PLIMSOLL_DESKTOP_REQUIRED=1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { capability } from '../setup/capabilities.ts';
import { setUp } from '../setup/setup.ts';
import { runCommand } from '../support/processes.ts';

const root = path.join(import.meta.dirname, '..', '..');
const outFile = path.join(root, 'out', 'desktop', 'suite.cjs');

async function main(): Promise<void> {
  const program = await findVSCode();
  if (program.path === undefined) {
    skip(program.reason);
    return;
  }
  if (needsDisplay()) {
    await runUnderXvfb();
    return;
  }
  await runCommand(process.execPath, [path.join(root, 'scripts', 'build.ts')], { cwd: root, timeoutMs: 300_000 });
  await build({
    entryPoints: [path.join(import.meta.dirname, 'suite.ts')],
    outfile: outFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const userData = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-desktop-'));
  // VS Code's sandbox refuses to run as root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launchArgs = ['--user-data-dir', userData, '--disable-extensions', '--disable-workspace-trust', '--disable-gpu', ...sandbox];
  try {
    await runTests({ vscodeExecutablePath: program.path, extensionDevelopmentPath: root, extensionTestsPath: outFile, launchArgs });
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
}

async function findVSCode(): Promise<{ readonly path: string } | { readonly path: undefined; readonly reason: string }> {
  const chosen = process.env.PLIMSOLL_VSCODE;
  if (chosen !== undefined && existsSync(chosen)) return { path: chosen };
  try {
    return { path: await downloadAndUnzipVSCode({ version: chosen ?? oldestPromised(), cachePath: path.join(root, '.vscode-test') }) };
  } catch (error) {
    return { path: undefined, reason: `VS Code could not be downloaded: ${(error as Error).message}` };
  }
}

function oldestPromised(): string {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  return engines.vscode.replace(/^\D+/, '');
}

function needsDisplay(): boolean {
  return process.platform === 'linux' && process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined;
}

/** Starts this script again, with a screen. */
async function runUnderXvfb(): Promise<void> {
  const [display] = await setUp(['display'], (text) => process.stdout.write(text));
  if (display?.failure !== undefined || !capability('display').isPresent()) {
    skip(`there is no screen: ${display?.failure ?? 'xvfb-run is missing'}`);
    return;
  }
  const { status } = spawnSync('xvfb-run', ['--auto-servernum', process.execPath, import.meta.filename], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

function skip(reason: string): void {
  console.log(`skipped: the desktop tests. ${reason}`);
  if (process.env.PLIMSOLL_DESKTOP_REQUIRED === '1') process.exitCode = 1;
}

await main();
