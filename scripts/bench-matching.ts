/**
 * Measures how long the packages of languages take to match. Run by hand, on a database that `plimsoll db build` or `plimsoll db update` made:
 *
 *   node scripts/bench-matching.ts DATABASE
 *
 * The packages are the database's own, evenly spaced, each at a version in the middle of those that its advisories name. What is measured is what is shipped: `bench-matching-process.ts` in a bundle that is made as those of a release
 * are, in processes of their own that find its compiled code kept, as the command does after its first run. Cold is the first time in a process, and counts reading the database, which the system has in memory by then; warm are the
 * times after it. Said is the lowest and the middle of all processes, and beside the time on the clock that of the matching thread on a processor, which other programs disturb less.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { openAdvisoryStore } from '../src/advisories/store/bolt-store.ts';
import type { AdvisoryStore } from '../src/advisories/store/store.ts';
import { versionsNamed } from '../src/advisories/versions/range.ts';
import { schemeOfBucket } from '../src/advisories/versions/scheme-of-bucket.ts';
import { openBolt } from '../src/foundation/formats/bolt-reader.ts';
import { openRandomAccessFile } from '../src/foundation/io/random-access-file.ts';
import type { Purl } from '../src/foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../src/foundation/model/package.ts';
import type { Measured, MeasuredProcess } from './bench-matching-process.ts';

/** How many packages of each language, out of the buckets that begin so. */
const wanted: readonly (readonly [prefix: string, type: PackageType, count: number])[] = [
  ['npm::', 'npm', 160],
  ['pip::', 'pypi', 90],
  ['maven::', 'maven', 80],
  ['go::', 'golang', 80],
  ['rubygems::', 'gem', 40],
  ['composer::', 'composer', 30],
  ['nuget::', 'nuget', 10],
  ['cargo::', 'cargo', 10],
];
const PROCESSES = 11;

const [database] = process.argv.slice(2);
if (database === undefined) {
  console.error('usage: node scripts/bench-matching.ts DATABASE');
  process.exitCode = 2;
} else bench(database);

function bench(file: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-bench-'));
  try {
    const [list, bundle] = [path.join(folder, 'packages.json'), path.join(folder, 'process.cjs')];
    writeFileSync(list, JSON.stringify(choosePackages(file)));
    buildBundle(bundle);
    const run = (): MeasuredProcess => JSON.parse(execFileSync(process.execPath, [bundle, file, list], { encoding: 'utf8' })) as MeasuredProcess;
    // The first one only leaves the compiled code behind.
    const processes = Array.from({ length: PROCESSES + 1 }, run).slice(1);
    tell(processes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As scripts/build.ts makes those of a release. */
function buildBundle(outfile: string): void {
  esbuild.buildSync({
    entryPoints: [path.join(import.meta.dirname, 'bench-matching-process.ts')],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.15',
    mainFields: ['module', 'main'],
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    banner: { js: "require('node:module').enableCompileCache(require('node:path').join(__dirname, 'code'));" },
    logLevel: 'warning',
  });
}

function tell(processes: readonly MeasuredProcess[]): void {
  const [first] = processes;
  if (first === undefined) return;
  console.log(
    `${first.packages} packages, ${first.vulnerabilities} vulnerabilities, ${first.problems} problems, in each of ${processes.length} processes`,
  );
  tellTimes(
    'cold',
    processes.map(({ cold }) => cold),
  );
  tellTimes(
    'warm',
    processes.flatMap(({ warm }) => warm),
  );
}

function tellTimes(name: string, times: readonly Measured[]): void {
  const show = (values: readonly number[]): string => {
    const sorted = values.toSorted((a, b) => a - b);
    return [sorted[0], sorted[sorted.length >> 1]].map((value = NaN) => value.toFixed(1).padStart(6)).join(' lowest, ');
  };
  console.log(`${name} ${show(times.map(({ ms }) => ms))} ms in the middle; of the processor ${show(times.map(({ cpuMs }) => cpuMs))} ms`);
}

function choosePackages(database: string): readonly InstalledPackage[] {
  const store = openAdvisoryStore(database);
  const packages = wanted.flatMap(([prefix, type, count]) => {
    const names = store.buckets(prefix).flatMap((bucket) => namesIn(database, bucket).map((name) => ({ bucket, name })));
    const step = Math.max(names.length / count, 1);
    return Array.from({ length: Math.min(count, names.length) }, (_, index) => names[Math.floor(index * step)]).flatMap((one) =>
      one === undefined ? [] : [toPackage(store, type, one.bucket, one.name)],
    );
  });
  store.close();
  return packages;
}

function namesIn(database: string, bucket: string): readonly string[] {
  const file = openRandomAccessFile(database);
  const opened = openBolt({ sizeBytes: file.sizeBytes, readPage: (position, length) => file.read(position, length) });
  if ('problem' in opened) throw new Error(opened.problem.message);
  const entries = opened.reader.root.bucket(new TextEncoder().encode(bucket))?.entries() ?? [];
  const names = [...entries].map(({ key }) => new TextDecoder().decode(key));
  file.close();
  return names;
}

function toPackage(store: AdvisoryStore, type: PackageType, bucket: string, name: string): InstalledPackage {
  const scheme = schemeOfBucket(bucket);
  const named = store
    .advisories(bucket, name)
    .flatMap(({ advisory }) => [...(advisory.vulnerableVersions ?? []), ...(advisory.patchedVersions ?? [])])
    .flatMap((range) => versionsNamed(range, ['', '<', '<=', '>=', '=']))
    .filter((version) => scheme?.isValid(version) === true)
    .sort((a, b) => scheme?.compare(a, b) ?? 0);
  const version = named[Math.floor(named.length / 2)] ?? '1.0.0';
  return { type, name, version, purl: `pkg:${type}/${encodeURIComponent(name)}@${version}` as Purl, files: [], layer: 0 };
}
