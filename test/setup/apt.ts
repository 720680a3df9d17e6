import { readFileSync } from 'node:fs';
import { findOnPath, lastLines, tryCommand } from '../support/processes.ts';

const INSTALL_TIMEOUT_MS = 900_000;
const UPDATE_TIMEOUT_MS = 300_000;
/** A mirror that stumbles once is asked again. */
const RETRIES = ['-o', 'Acquire::Retries=3'];

let updated: Promise<string | undefined> | undefined;

/** Returns why packages cannot be installed here, or undefined when they can. */
export function whyNoPackages(): string | undefined {
  if (findOnPath('apt-get') === undefined) return 'there is no apt-get here (only Debian and its kin are set up by themselves)';
  if (process.getuid?.() !== 0) return 'installing packages needs root';
  return undefined;
}

/** Returns true on Debian itself, where setting up is expected to work. */
export function isDebian(): boolean {
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** Returns those of the packages that are not installed. */
async function findMissingPackages(packages: readonly string[]): Promise<string[]> {
  const { stdout } = await tryCommand('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n', ...packages]);
  const installed = new Set(stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])));
  return packages.filter((name) => !installed.has(name));
}

/**
 * Installs what is missing of the packages, with one `apt-get update` a run; a name that this release does not have is left out.
 * Returns why that failed, or undefined.
 */
export async function installPackages(packages: readonly string[], onOutput: (text: string) => void): Promise<string | undefined> {
  const missing = findOnPath('dpkg-query') === undefined ? packages : await findMissingPackages(packages);
  if (missing.length === 0) return undefined;
  const refusal = whyNoPackages();
  if (refusal !== undefined) return `${refusal}; missing: ${missing.join(' ')}`;
  updated ??= updateLists(onOutput);
  const updateFailure = await updated;
  const wanted = [];
  for (const name of missing) if (await hasCandidate(name)) wanted.push(name);
  if (wanted.length === 0) return `no package is called ${missing.join(' or ')}${updateFailure === undefined ? '' : ` (${updateFailure})`}`;
  const install = ['install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...RETRIES, ...wanted];
  return runApt(install, INSTALL_TIMEOUT_MS, onOutput);
}

async function updateLists(onOutput: (text: string) => void): Promise<string | undefined> {
  return runApt(['update', '-o', 'APT::Update::Error-Mode=any', ...RETRIES], UPDATE_TIMEOUT_MS, onOutput);
}

async function runApt(args: readonly string[], timeoutMs: number, onOutput: (text: string) => void): Promise<string | undefined> {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const result = await tryCommand('apt-get', args, { env, timeoutMs, onOutput });
  if (result.exitCode === 0) return undefined;
  return `apt-get ${args[0] ?? ''} ${result.timedOut ? 'took too long' : 'failed'}: ${lastLines(result.stderr === '' ? result.stdout : result.stderr, 4)}`;
}

async function hasCandidate(name: string): Promise<boolean> {
  const { stdout } = await tryCommand('apt-cache', ['policy', name], { env: { LC_ALL: 'C' } });
  return /^ {2}Candidate: (?!\(none\))/m.test(stdout);
}
