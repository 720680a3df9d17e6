/**
 * `npm run bench`: the figures that the documents quote, as medians, and beside them the peers that are on PATH (hadolint, syft, trivy), on the same input in the same run.
 *
 *   npm run bench -- [--image FILE] [--dockerfiles DIR] [--runs N] [--only lint,hostile,sbom,scan,large,size]
 *
 * --dockerfiles is a folder of real Dockerfiles; default: a thousand made from the sample.
 * --image is a docker save archive; default: one wrapped from the shared test data's Debian root filesystem. Whole-process figures: wall time, processor time and peak memory (VmHWM) of a process started cold.
 * `large` is left out unless it is asked for: it makes images of ten gigabytes (scripts/bench-images.ts) and reads them for half an hour.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildFileKindOf } from '../src/engine/build-files.ts';
import { fixDockerfile, lintDockerfile } from '../src/engine/lint-dockerfile.ts';
import { hostileDockerfiles } from '../test/support/hostile-dockerfiles.ts';
import { sharedData } from '../test/support/shared-data.ts';
import { writeRootfsArchive } from '../test/support/rootfs-image.ts';
import { benchImage, benchImageNames } from './bench-images.ts';
import { measureInTurn, measureOnce, median, type Contestant } from './bench-processes.ts';

const root = path.join(import.meta.dirname, '..');
const cli = path.join(root, 'dist', 'cli.cjs');
const { values } = parseArgs({
  options: { image: { type: 'string' }, dockerfiles: { type: 'string' }, runs: { type: 'string' }, only: { type: 'string' } },
});
const runs = Number(values.runs ?? 5);
const only = values.only?.split(',');
const LARGEST_BYTES = 2 * 1024 ** 3;
const COLUMNS = ['wall', 'processor', 'peak memory'];
const scratch = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-bench-'));

function row(name: string, ...cells: readonly string[]): void {
  console.log(`  ${name.padEnd(44)}${cells.map((cell) => cell.padStart(14)).join('')}`);
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** Prints the medians of `count` runs of each, the first of them ours. */
async function race(contestants: readonly Contestant[], count = runs): Promise<void> {
  const figures = await measureInTurn(contestants, count, { PLIMSOLL_CACHE_DIR: path.join(scratch, 'cache') });
  const ours = figures[0]?.wallMs ?? Number.NaN;
  for (const [i, { wallMs, processorMs, peakBytes }] of figures.entries())
    row(contestants[i]?.name ?? '', ms(wallMs), ms(processorMs), mib(peakBytes), i === 0 ? '' : `${(wallMs / ours).toFixed(2)}× ours`);
}

/** Returns Plimsoll itself as a contestant. */
function plimsoll(name: string, ...args: readonly string[]): Contestant {
  return { name: `plimsoll ${name}`, command: process.execPath, args: [cli, ...args] };
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
  row('', ...COLUMNS);
  await race([
    plimsoll('lint', 'lint', '--no-ignore', '--format', 'json', folder),
    plimsoll('lint, one thread', 'lint', '--no-ignore', '--jobs', '1', '--format', 'json', folder),
    ...(onPath('hadolint') ? [{ name: 'hadolint', command: 'hadolint', args: ['-f', 'json', ...files] }] : []),
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

/** A bill of materials beside the peers', with nothing that any of them keeps between runs; then ours again, of an image that has not changed. */
async function benchSbom(archive: string, count = runs): Promise<void> {
  const sbom = ['sbom', '--input', archive, '-o', path.join(scratch, 'sbom.json')];
  console.log(`\nSBOM of ${path.basename(archive)} (${mib(statSync(archive).size)}), cold process`);
  row('', ...COLUMNS);
  await race([plimsoll('sbom', ...sbom, '--no-cache'), ...sbomPeers(archive)], count);
  await measureOnce(plimsoll('sbom', ...sbom), { PLIMSOLL_CACHE_DIR: path.join(scratch, 'cache') });
  await race([plimsoll('sbom, not changed', ...sbom)], count);
}

function sbomPeers(archive: string): readonly Contestant[] {
  const syft = {
    name: 'syft',
    command: 'syft',
    args: ['-q', '-o', 'cyclonedx-json', `docker-archive:${archive}`],
    env: { SYFT_CHECK_FOR_APP_UPDATE: 'false' },
  };
  const cache = path.join(scratch, 'trivy');
  const offline = ['--skip-db-update', '--skip-java-db-update', '--skip-version-check', '--offline-scan'];
  const trivy = {
    name: 'trivy',
    command: 'trivy',
    args: ['image', '-q', '--cache-dir', cache, ...offline, '--format', 'cyclonedx', '-o', path.join(scratch, 'trivy.json'), '--input', archive],
    prepare: () => {
      rmSync(cache, { recursive: true, force: true });
    },
  };
  return [syft, trivy].filter(({ command }) => onPath(command));
}

async function benchScan(archive: string): Promise<void> {
  const scan = ['scan', '--input', archive, '--format', 'json', '-o', path.join(scratch, 'scan.json')];
  console.log(`\nscan of ${path.basename(archive)} (${mib(statSync(archive).size)}), cold process`);
  row('', ...COLUMNS);
  await race([
    plimsoll('scan', ...scan, '--no-cache'),
    ...(onPath('trivy')
      ? [{ name: 'trivy', command: 'trivy', args: ['image', '-q', '--offline-scan', '--skip-db-update', '--input', archive] }]
      : []),
  ]);
  await measureOnce(plimsoll('scan', ...scan), { PLIMSOLL_CACHE_DIR: path.join(scratch, 'cache') });
  await race([plimsoll('scan, not changed', ...scan)]);
}

/** The largest are read less often. */
async function benchLarge(): Promise<void> {
  for (const name of benchImageNames) {
    const archive = benchImage(name);
    if (archive === undefined) console.log(`\n${name}: skipped, it cannot be made here`);
    else await benchSbom(archive, statSync(archive).size > LARGEST_BYTES ? Math.min(runs, 3) : runs);
  }
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
    const archive = values.image ?? (rootfs === undefined ? undefined : writeRootfsArchive(rootfs, path.join(scratch, 'debian-12.tar')));
    if (archive === undefined) console.log('\nimages: skipped, there is no --image and the shared test data is absent');
    else {
      if (wants('sbom')) await benchSbom(archive);
      if (wants('scan')) await benchScan(archive);
    }
  }
  if (only?.includes('large') === true) await benchLarge();
  if (wants('size')) {
    benchActivation();
    benchSize();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
