/**
 * `npm run bench`: the figures that the documents quote, as medians, and beside them the peers that are on PATH (hadolint, syft, trivy), on the same input in the same run.
 *
 *   npm run bench -- [--image FILE] [--dockerfiles DIR] [--runs N] [--only lint,hostile,sbom,scan,size]
 *
 * --dockerfiles is a folder of real Dockerfiles; default: a thousand made from the sample.
 * --image is a docker save archive; default: one wrapped from the shared test data's Debian root filesystem. Whole-process figures: wall time and peak memory (VmHWM) of a process started cold.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildFileKindOf } from '../src/engine/build-files.ts';
import { fixDockerfile, lintDockerfile } from '../src/engine/lint-dockerfile.ts';
import { hostileDockerfiles } from '../test/support/hostile-dockerfiles.ts';
import { sharedData } from '../test/support/shared-data.ts';
import { writeRootfsArchive } from '../test/support/rootfs-image.ts';

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'dist', 'cli.cjs');
const { values } = parseArgs({
  options: { image: { type: 'string' }, dockerfiles: { type: 'string' }, runs: { type: 'string' }, only: { type: 'string' } },
});
const runs = Number(values.runs ?? 5);
const only = values.only?.split(',');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bench-'));

interface ProcessFigures {
  readonly wallMs: number;
  readonly peakBytes: number;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(`  ${name.padEnd(44)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** Runs a command to its end; its peak memory is read from /proc while it lives (Linux; elsewhere NaN). */
async function measureOnce(command: string, args: readonly string[]): Promise<ProcessFigures> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, PLIMSOLL_CACHE_DIR: path.join(scratch, 'cache') } });
  let peakBytes = Number.NaN;
  const sample = (): void => {
    try {
      const kib = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1];
      if (kib !== undefined) peakBytes = Number(kib) * 1024;
    } catch {
      // It has ended, or this is not Linux.
    }
  };
  const timer = setInterval(sample, 5);
  await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(timer);
  return { wallMs: performance.now() - start, peakBytes };
}

/** Medians over `runs`, the contestants in turn, so that a slow minute of the machine hits all of them. The first round warms the page cache and does not count. */
async function race(contestants: readonly (readonly [name: string, command: string, args: readonly string[]])[]): Promise<void> {
  const figures = contestants.map((): ProcessFigures[] => []);
  for (let round = 0; round <= runs; round++) {
    for (const [i, [, command, args]] of contestants.entries()) {
      const measured = await measureOnce(command, args);
      if (round > 0) figures[i]?.push(measured);
    }
  }
  const ours = median((figures[0] ?? []).map(({ wallMs }) => wallMs));
  for (const [i, [name]] of contestants.entries()) {
    const wall = median((figures[i] ?? []).map(({ wallMs }) => wallMs));
    row(name, ms(wall), mib(median((figures[i] ?? []).map(({ peakBytes }) => peakBytes))), i === 0 ? '' : `${(wall / ours).toFixed(2)}× ours`);
  }
}

function onPath(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A Dockerfile of `lines` lines that looks like one: the sample, over and over, as stages. */
function makeDockerfile(lines: number): string {
  const sample = readFileSync(path.join(root, 'samples', 'Dockerfile'), 'utf8').split('\n');
  return Array.from({ length: lines }, (_, i) => sample[i % sample.length] ?? '').join('\n');
}

function benchLint(): void {
  console.log('\nlint of one keystroke, warm, all rules (in process)');
  row('', 'median', 'p99');
  for (const lines of [100, 500]) {
    const text = makeDockerfile(lines);
    const times: number[] = [];
    for (let i = 0; i < 400; i++) {
      // Each run sees a text it has never seen, as after a keystroke.
      const typed = `${text}\n# ${'x'.repeat(i % 7)}${i}`;
      const start = performance.now();
      lintDockerfile(typed);
      times.push(performance.now() - start);
    }
    const warm = times.slice(100).toSorted((a, b) => a - b);
    row(`${lines} lines`, ms(median(warm)), ms(warm[Math.floor(warm.length * 0.99)] ?? Number.NaN));
  }
}

/** Processor time of this process that `work` takes: other processes do not count. */
function processorTime(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The slowest first. */
function benchHostile(): void {
  const times = Object.entries(hostileDockerfiles).map(([name, make]) => {
    const text = make();
    return [name, processorTime(() => lintDockerfile(text)), processorTime(() => fixDockerfile(text)), text.length] as const;
  });
  console.log('\nhostile Dockerfiles, processor time, all rules (in process)');
  row('', 'lint', '--fix', 'length');
  for (const [name, lint, fix, length] of times.toSorted((a, b) => Math.max(b[1], b[2]) - Math.max(a[1], a[2])))
    row(name, ms(lint), ms(fix), String(length));
}

async function benchLintCli(): Promise<void> {
  const folder = values.dockerfiles ?? makeDockerfiles();
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => buildFileKindOf(name) === 'dockerfile')
    .map((name) => path.join(folder, name));
  console.log(`\nlint of ${files.length} Dockerfiles, one process`);
  row('', 'wall', 'peak memory');
  await race([
    ['plimsoll lint', process.execPath, [cli, 'lint', '--no-ignore', '--format', 'json', folder]],
    ['plimsoll lint, one thread', process.execPath, [cli, 'lint', '--no-ignore', '--jobs', '1', '--format', 'json', folder]],
    ...(onPath('hadolint') ? ([['hadolint', 'hadolint', ['-f', 'json', ...files]]] as const) : []),
  ]);
}

/** Returns a folder of a thousand of 60 lines. */
function makeDockerfiles(): string {
  const folder = path.join(scratch, 'dockerfiles');
  mkdirSync(folder);
  const text = makeDockerfile(60);
  for (let i = 0; i < 1000; i++) writeFileSync(path.join(folder, `Dockerfile.${i}`), `${text}\n# ${i}\n`);
  return folder;
}

async function benchImage(archive: string): Promise<void> {
  const size = mib(statSync(archive).size);
  console.log(`\nSBOM of ${path.basename(archive)} (${size}), cold process`);
  row('', 'wall', 'peak memory');
  await race([
    ['plimsoll sbom', process.execPath, [cli, 'sbom', '--no-cache', '--input', archive, '-o', path.join(scratch, 'sbom.json')]],
    ...(onPath('syft') ? ([['syft', 'syft', ['-q', '-o', 'cyclonedx-json', `docker-archive:${archive}`]]] as const) : []),
  ]);
  const scanArgs = ['--input', archive, '--format', 'json', '-o', path.join(scratch, 'scan.json')];
  console.log(`\nscan of ${path.basename(archive)} (${size}), cold process`);
  row('', 'wall', 'peak memory');
  await race([
    ['plimsoll scan', process.execPath, [cli, 'scan', '--no-cache', ...scanArgs]],
    ...(onPath('trivy') ? ([['trivy', 'trivy', ['image', '-q', '--offline-scan', '--skip-db-update', '--input', archive]]] as const) : []),
  ]);
  console.log(`\nthe same scan again, of an archive that has not changed`);
  row('', 'wall', 'peak memory');
  await measureOnce(process.execPath, [cli, 'scan', ...scanArgs]);
  await race([['plimsoll scan', process.execPath, [cli, 'scan', ...scanArgs]]]);
}

/** Runs in a process of its own: loads and activates the bundle against a `vscode` that takes anything, and prints both times. What VS Code itself spends is not in it. */
const ACTIVATE = `
const Module = require('node:module');
const anything = new Proxy(function () {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : key === 'bundle' || key === 'then' ? undefined : anything),
  apply: () => anything,
  construct: () => anything,
  set: () => true,
});
const vscode = Object.fromEntries(JSON.parse(process.argv[2]).map((name) => [name, anything]));
const load = Module._load;
Module._load = (id, ...rest) => (id === 'vscode' ? vscode : load(id, ...rest));
const start = performance.now();
const extension = require(process.argv[1]);
const loaded = performance.now();
extension.activate(anything);
console.log(JSON.stringify([loaded - start, performance.now() - loaded]));
process.exit(0);
`;

function benchActivation(): void {
  const bundle = path.join(root, 'dist', 'extension.cjs');
  if (!existsSync(bundle)) return;
  // The bundle copies the module's own names, so they have to be there: those of the real one.
  const api = readFileSync(path.join(root, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
  const names = new Set(Array.from(api.matchAll(/export (?:abstract )?(?:class|enum|namespace|const|function) (\w+)/g), ([, name]) => name));
  const times = Array.from(
    { length: Math.max(runs, 5) },
    () =>
      JSON.parse(spawnSync(process.execPath, ['-e', ACTIVATE, bundle, JSON.stringify([...names])], { encoding: 'utf8' }).stdout) as [number, number],
  );
  console.log('\nactivation of the extension, its own code');
  row('dist/extension.cjs: load', ms(median(times.map(([load]) => load))));
  row('dist/extension.cjs: activate()', ms(median(times.map(([, activate]) => activate))));
}

function benchSize(): void {
  console.log('\nsize');
  for (const folder of ['dist', 'out']) {
    const files = existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder)).filter((name) => /\.(?:cjs|js|db|vsix)$/.test(name))
      : [];
    for (const name of files) row(`${folder}/${name}`, mib(statSync(path.join(root, folder, name)).size));
  }
}

try {
  const wants = (name: string): boolean => only === undefined || only.includes(name);
  console.log(`plimsoll bench · node ${process.version} · ${os.cpus().length} × ${os.cpus()[0]?.model ?? '?'} · medians of ${runs}`);
  if (wants('lint')) {
    benchLint();
    await benchLintCli();
  }
  if (wants('hostile')) benchHostile();
  if (wants('sbom') || wants('scan')) {
    const rootfs = sharedData('rootfs/debian-12.tar.xz');
    if (values.image !== undefined) await benchImage(values.image);
    else if (rootfs !== undefined) await benchImage(writeRootfsArchive(rootfs, path.join(scratch, 'debian-12.tar')));
    else console.log('\nimages: skipped, there is no --image and the shared test data is absent');
  }
  if (wants('size')) {
    benchActivation();
    benchSize();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
