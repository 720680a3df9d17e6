/**
 * Measures how long the packages of languages take to match. Run by hand, on a database that `plimsoll db build` or `plimsoll db update` made:
 *
 *   node scripts/bench-matching.ts DATABASE
 *
 * The packages are the database's own, evenly spaced, each at a version in the middle of those that its advisories name; what is measured runs in a process of its own, so that the first time is cold.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { matchPackages } from '../src/advisories/matching/match.ts';
import { openAdvisoryStore } from '../src/advisories/store/bolt-store.ts';
import type { AdvisoryStore } from '../src/advisories/store/store.ts';
import { versionsNamed } from '../src/advisories/versions/range.ts';
import { schemeOfBucket } from '../src/advisories/versions/scheme-of-bucket.ts';
import { openBolt } from '../src/foundation/formats/bolt-reader.ts';
import { openRandomAccessFile } from '../src/foundation/io/random-access-file.ts';
import type { Purl } from '../src/foundation/model/brand.ts';
import type { InstalledPackage, PackageType } from '../src/foundation/model/package.ts';

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
const TIMES = 5;

const [first = '', second] = process.argv.slice(2);
if (first === '') {
  console.error('usage: node scripts/bench-matching.ts DATABASE');
  process.exitCode = 2;
} else if (second === undefined) choose(first);
else measure(first, second);

function choose(database: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-bench-'));
  try {
    const list = path.join(folder, 'packages.json');
    writeFileSync(list, JSON.stringify(choosePackages(database)));
    process.stdout.write(execFileSync(process.execPath, [import.meta.filename, database, list]));
  } finally {
    rmSync(folder, { recursive: true });
  }
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

function measure(database: string, list: string): void {
  const packages = JSON.parse(readFileSync(list, 'utf8')) as readonly InstalledPackage[];
  const store = openAdvisoryStore(database);
  for (let time = 1; time <= TIMES; time++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const { vulnerabilities, problems } = matchPackages({ packages, store, now: new Date(0) });
    const { user, system } = process.cpuUsage(cpu);
    const [ms, cpuMs] = [performance.now() - start, (user + system) / 1000].map((value) => value.toFixed(1).padStart(7));
    console.log(
      `${time === 1 ? 'cold' : 'warm'} ${ms} ms, ${cpuMs} ms of processor: ${packages.length} packages, ${vulnerabilities.length} vulnerabilities, ${problems.length} problems`,
    );
  }
  store.close();
}
