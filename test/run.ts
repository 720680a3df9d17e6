/**
 * The test command: `npm test`, or `npm test -- unit browser` for some phases.
 * Sets up what the machine lacks, runs the phases in order, tells every failure at the end; the last line is the sum.
 */
import { globSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTestFile, type FileResult, type FailedTest } from './runner/run-file.ts';
import { isDebian, whyNoPackages } from './setup/apt.ts';
import { capability, type CapabilityName } from './setup/capabilities.ts';
import { MISSING_VARIABLE } from './setup/needs.ts';
import { setUp } from './setup/setup.ts';
import { startDockerEngine, type DockerEngine } from './support/docker-engine.ts';
import { lastLines, tryCommand } from './support/processes.ts';

interface Phase {
  readonly name: string;
  readonly files: string;
  /** Without one of these the whole phase is skipped. */
  readonly requires: readonly CapabilityName[];
  /** Without one of these the tests that say so by needs() are skipped. */
  readonly uses: readonly CapabilityName[];
  /** Needs dist/ and the .vsix. */
  readonly builds: boolean;
  /** Modules that are loaded before each file. */
  readonly imports: readonly string[];
  /** Files at the same time. */
  readonly concurrency: number;
  /** For one file. */
  readonly timeoutMs: number;
}

const PHASES: readonly Phase[] = [
  {
    name: 'unit',
    files: 'test/unit/**/*.test.ts',
    requires: [],
    uses: ['archivers'],
    builds: false,
    imports: [path.join(import.meta.dirname, 'setup', 'laws.ts')],
    concurrency: os.availableParallelism(),
    timeoutMs: 300_000,
  },
  {
    name: 'integration',
    files: 'test/integration/**/*.test.ts',
    requires: [],
    uses: ['archivers', 'docker', 'registry', 'ssh-server', 'mmdebstrap', 'rpm', 'pacman', 'nix', 'neovim'],
    builds: true,
    imports: [],
    concurrency: os.availableParallelism(),
    timeoutMs: 600_000,
  },
  {
    name: 'browser',
    files: 'test/browser/**/*.test.ts',
    requires: ['chromium'],
    uses: [],
    builds: false,
    imports: [],
    concurrency: 1,
    timeoutMs: 300_000,
  },
  // Retried inside, journey by journey; nothing else is.
  {
    name: 'workbench',
    files: 'test/workbench/**/*.test.ts',
    requires: ['chromium', 'code-server'],
    uses: ['docker', 'registry'],
    builds: true,
    imports: [],
    concurrency: 1,
    timeoutMs: 900_000,
  },
];

const BUILD_TIMEOUT_MS = 300_000;

const root = path.join(import.meta.dirname, '..');
/** Where setting up is expected to work, its failure is a failure. */
const strict = process.env.CI === 'true' && isDebian() && whyNoPackages() === undefined;

async function main(): Promise<void> {
  const phases = choosePhases(process.argv.slice(2));
  const missing = new Map<CapabilityName, string>();
  await setUpFor(phases, missing);
  const results: FileResult[] = [...(await buildFor(phases))];
  const engine = await startEngineFor(phases, missing);
  try {
    for (const phase of phases) results.push(...(await runPhase(phase, missing, engine)));
  } finally {
    await engine?.stop();
  }
  summarize(results, missing);
}

function choosePhases(names: readonly string[]): readonly Phase[] {
  const unknown = names.filter((name) => PHASES.every((phase) => phase.name !== name));
  if (unknown.length > 0) {
    console.error(`no such phase: ${unknown.join(', ')}; there are ${PHASES.map((phase) => phase.name).join(', ')}`);
    process.exit(2);
  }
  return names.length === 0 ? PHASES : PHASES.filter((phase) => names.includes(phase.name));
}

async function setUpFor(phases: readonly Phase[], missing: Map<CapabilityName, string>): Promise<void> {
  heading('setup');
  const wanted = [...new Set(phases.filter((phase) => findFiles(phase).length > 0).flatMap((phase) => [...phase.requires, ...phase.uses]))];
  const results = await setUp(wanted, (text) => process.stdout.write(`  ${text}`));
  for (const { name, failure, installed, durationMs } of results) {
    if (failure !== undefined) missing.set(name, failure);
    else console.log(`  ${name}: ${installed ? `installed in ${seconds(durationMs)}` : 'there'}`);
  }
  tellMissing(missing);
}

/** Packages the extension as it ships, so that what is tested is what is installed. Returns a failed result when that fails. */
async function buildFor(phases: readonly Phase[]): Promise<FileResult[]> {
  if (!phases.some((phase) => phase.builds && findFiles(phase).length > 0)) return [];
  const start = performance.now();
  const { exitCode, stdout, stderr } = await tryCommand(process.execPath, [path.join('scripts', 'package.ts')], {
    cwd: root,
    timeoutMs: BUILD_TIMEOUT_MS,
  });
  const durationMs = performance.now() - start;
  console.log(`  package: ${exitCode === 0 ? 'built' : 'FAILED'} in ${seconds(durationMs)}`);
  if (exitCode === 0) return [];
  const failure = { file: 'setup', name: 'the package is built', message: lastLines(`${stdout}${stderr}`, 30) };
  return [{ file: 'setup', passed: 0, skipped: [], failed: [failure], notes: [], durationMs }];
}

/** One engine for all files of all phases; each names its own images. */
async function startEngineFor(phases: readonly Phase[], missing: Map<CapabilityName, string>): Promise<DockerEngine | undefined> {
  if (missing.has('docker') || !phases.some((phase) => phase.uses.includes('docker') && findFiles(phase).length > 0)) return undefined;
  try {
    const engine = await startDockerEngine();
    console.log(`  docker engine: ${engine.private ? 'started for these tests' : `the one that runs here, ${engine.host}`}`);
    return engine;
  } catch (error) {
    missing.set('docker', (error as Error).message);
    tellMissing(new Map([['docker', (error as Error).message]]));
    return undefined;
  }
}

function tellMissing(missing: ReadonlyMap<CapabilityName, string>): void {
  for (const [name, reason] of missing) {
    console.log(
      `  *** MISSING ${name} (${capability(name).purpose}): ${reason}\n  *** ${strict ? 'That is a failure here.' : 'Tests that need it are SKIPPED.'}`,
    );
  }
}

async function runPhase(phase: Phase, missing: ReadonlyMap<CapabilityName, string>, engine: DockerEngine | undefined): Promise<FileResult[]> {
  heading(phase.name);
  const files = findFiles(phase);
  const absent = phase.requires.filter((name) => missing.has(name));
  if (absent.length > 0) {
    console.log(`  *** SKIPPED, all ${String(files.length)} files: ${absent.join(' and ')} missing`);
    return files.map((file) => skipFile(file, `${absent.join(' and ')} missing`));
  }
  const env = { [MISSING_VARIABLE]: JSON.stringify(Object.fromEntries(missing)), PLIMSOLL_TEST_DOCKER_HOST: engine?.host };
  const start = performance.now();
  const results = await mapWithLimit(files, phase.concurrency, async (file) => {
    const result = await runTestFile(file, { cwd: root, env, timeoutMs: phase.timeoutMs, imports: phase.imports });
    printFile(result);
    return result;
  });
  console.log(`  ${phase.name}: ${sumLine(results)} in ${seconds(performance.now() - start)}`);
  return results;
}

function printFile(result: FileResult): void {
  const skipped = result.skipped.length > 0 ? `, ${String(result.skipped.length)} skipped` : '';
  const failed = result.failed.length > 0 ? `, ${String(result.failed.length)} FAILED` : '';
  console.log(`  ${failed === '' ? 'ok  ' : 'FAIL'} ${result.file} (${String(result.passed)}${skipped}${failed}; ${seconds(result.durationMs)})`);
  for (const note of result.notes) console.log(`       ${note.trimEnd().replaceAll('\n', '\n         ')}`);
}

function summarize(results: readonly FileResult[], missing: ReadonlyMap<CapabilityName, string>): void {
  const setupFailures = strict ? [...missing].map(([name, message]): FailedTest => ({ file: 'setup', name, message })) : [];
  const skipReasons = countBy(results.flatMap((result) => result.skipped).map(({ reason }) => reason));
  const failures = [...setupFailures, ...results.flatMap((result) => result.failed)];
  if (skipReasons.size > 0) heading('skipped');
  for (const [reason, count] of skipReasons) console.log(`  ${String(count)} × ${reason}`);
  const retried = results.flatMap((result) => result.notes).filter((note) => note.startsWith('retried: '));
  if (retried.length > 0) console.log(['', ...retried].join('\n'));
  if (failures.length > 0) heading('failures');
  for (const { file, name, message } of failures) console.log(`\n✗ ${file}: ${name}\n${message.replaceAll(/^/gm, '    ')}`);
  // A run that ran nothing has shown nothing.
  const ranNone = results.length === 0;
  if (ranNone) console.log('\nno test was found');
  console.log(`\n${sumLine(results, setupFailures.length)}`);
  process.exitCode = failures.length > 0 || ranNone ? 1 : 0;
}

function sumLine(results: readonly FileResult[], otherFailures = 0): string {
  const passed = sum(results.map((result) => result.passed));
  const failed = sum(results.map((result) => result.failed.length)) + otherFailures;
  const skipped = sum(results.map((result) => result.skipped.length));
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`;
}

function findFiles(phase: Phase): string[] {
  return globSync(phase.files, { cwd: root }).sort();
}

function skipFile(file: string, reason: string): FileResult {
  return { file, passed: 0, skipped: [{ name: file, reason }], failed: [], notes: [], durationMs: 0 };
}

async function mapWithLimit<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function heading(text: string): void {
  console.log(`\n— ${text}`);
}

await main();
