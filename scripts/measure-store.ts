/**
 * Measures the advisory store on a database of the size of the real ones. Run by hand:
 *
 *   node scripts/measure-store.ts build FILE FOLDER...   builds FILE from the feeds' files in FOLDERs, with prose as trivy-db has it
 *   node scripts/measure-store.ts match FILE             opens it and matches 500 packages, cold and warm, in a process of its own
 *   node scripts/measure-store.ts compact FILE OUTPUT    compacts it and compares sizes
 *
 * The prose is that of OSV records and of Ubuntu's tracker among the FOLDERs, each text under its own id where it has one; ids without get one of another, so that every
 * vulnerability has a title, a description and eight references, as in trivy-db. Everything is there several times, under other ids and in other platforms.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { feeds } from '../src/advisories/feeds/feeds.generated.ts';
import { matchPackages, type MatchInput } from '../src/advisories/matching/match.ts';
import { openAdvisoryStore } from '../src/advisories/store/bolt-store.ts';
import { createStoreBuilder } from '../src/advisories/store/build-store.ts';
import { compactStore } from '../src/advisories/store/compact-store.ts';
import type { AdvisoryRecord } from '../src/advisories/store/record.ts';
import type { AdvisoryStore } from '../src/advisories/store/store.ts';
import { toAdvisoryId, type AdvisoryId } from '../src/foundation/model/brand.ts';
import type { InstalledPackage } from '../src/foundation/model/package.ts';
import { parseTable } from './build-advisories.ts';

const PACKAGES = 500;
const NODE_PACKAGES = 200;
const COPIES = 5;
const MIB = 1024 * 1024;

interface Prose {
  readonly title: string;
  readonly description: string;
}

const [mode, file = '', ...rest] = process.argv.slice(2);
switch (mode) {
  case 'build':
    await build(file, rest);
    break;
  case 'match':
    match(file);
    break;
  case 'compact':
    await compact(file, rest[0] ?? `${file}.compact`);
    break;
  default:
    console.error('usage: node scripts/measure-store.ts build FILE FOLDER... | match FILE | compact FILE OUTPUT');
    process.exitCode = 2;
}

async function build(target: string, folders: readonly string[]): Promise<void> {
  const start = performance.now();
  const files = folders.flatMap((folder) => listFiles(folder));
  const prose = readProse(files);
  const builder = await createStoreBuilder({ file: target });
  const ids = new Set<string>();
  let records = 0;
  for (const record of readRecords(files)) {
    if (record.kind === 'redhat-products') continue;
    for (let copy = 0; copy < COPIES; copy += 1) {
      records += 1;
      const copied = copyOf(record, copy);
      builder.add(copied);
      ids.add(copied.id);
    }
  }
  let next = 0;
  for (const id of ids) {
    const text = prose.byId.get(id) ?? prose.texts[next++ % prose.texts.length];
    if (text === undefined) continue;
    const references = Array.from(
      { length: 8 },
      (_, i) => `https://example.org/${i}/advisories/${id.toLowerCase()}/${(next * 7919 + i).toString(16)}`,
    );
    builder.add({ kind: 'vulnerability', id: toAdvisoryId(id), detail: { ...text, references, publishedAt: '2024-01-02T03:04:05Z' } });
  }
  const built = await builder.finish({ source: 'measured', builtAt: new Date(0).toISOString(), full: true });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log({ ...built, records, megabytes: built.sizeBytes / MIB, seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
}

/** Other vulnerabilities in other platforms: what is at hand here is a part of what the real databases hold. */
function copyOf<R extends Exclude<AdvisoryRecord, { kind: 'redhat-products' }>>(record: R, copy: number): R {
  if (copy === 0) return record;
  const id = toAdvisoryId(`${record.id}${copy}`);
  return record.kind === 'affected' ? { ...record, id, bucket: `${record.bucket} (${copy})` } : { ...record, id };
}

function match(from: string): void {
  const before = process.memoryUsage.rss();
  global.gc?.();
  const { heapUsed: heapBefore, external: externalBefore } = process.memoryUsage();
  const live = heapBefore + externalBefore;
  const opening = performance.now();
  const store = openAdvisoryStore(from);
  const openMs = performance.now() - opening;
  const packages = choosePackages(store);
  store.close();

  const cold = openAdvisoryStore(from);
  const timed = timeLookUps(cold);
  const input: MatchInput = { packages, distro: { id: 'debian', versionId: '12', idLike: [] }, store: timed.store, now: new Date(0) };
  const storeMs: number[] = [];
  const times = [1, 2, 3, 4, 5].map(() => {
    timed.spentMs = 0;
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const { vulnerabilities } = matchPackages(input);
    const { user, system } = process.cpuUsage(cpu);
    storeMs.push(round(timed.spentMs));
    return { ms: round(performance.now() - start), cpuMs: round((user + system) / 1000), vulnerabilities: vulnerabilities.length };
  });
  const rssGrown = process.memoryUsage.rss() - before;
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  cold.close();
  console.log({
    openMs: round(openMs),
    packages: packages.length,
    times,
    storeMs,
    rssGrownMegabytes: round(rssGrown / MIB),
    liveMegabytes: round((heapUsed + external - live) / MIB),
  });
}

/** The same store, and how long its answers took. */
function timeLookUps(store: AdvisoryStore): { readonly store: AdvisoryStore; spentMs: number } {
  const timed = { store, spentMs: 0 };
  const timing =
    <A extends unknown[], R>(look: (...of: A) => R) =>
    (...of: A): R => {
      const start = performance.now();
      const answer = look(...of);
      timed.spentMs += performance.now() - start;
      return answer;
    };
  timed.store = {
    ...store,
    buckets: timing((prefix: string) => store.buckets(prefix)),
    advisories: timing((bucket: string, name: string) => store.advisories(bucket, name)),
    detail: timing((id: AdvisoryId) => store.detail(id)),
  };
  return timed;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

/** Packages of the starter set, which are those of common images: npm's, then Debian's, each at the version that fixed the newest vulnerability in it: what is left are older fixes of later versions, and what has no fix. */
function choosePackages(store: AdvisoryStore): InstalledPackage[] {
  const npm = store.buckets('npm::')[0] ?? '';
  const node = packageNames(['npm.tsv']).slice(0, NODE_PACKAGES);
  const debian = packageNames(['debian-12.tsv', 'debian-11.tsv', 'ubuntu-22.04.tsv', 'alpine-3.20.tsv', 'alpine-3.10.tsv']).slice(
    0,
    PACKAGES - node.length,
  );
  return [
    ...node.map((name) => toPackage('npm', name, newestFix(store, npm, name))),
    ...debian.map((name) => toPackage('deb', name, newestFix(store, 'debian 12', name))),
  ];
}

function packageNames(tables: readonly string[]): string[] {
  const folder = path.join(import.meta.dirname, '..', 'data');
  return [...new Set(tables.flatMap((table) => parseTable(table, readFileSync(path.join(folder, table), 'utf8')).rows.map(([name = '']) => name)))];
}

function newestFix(store: AdvisoryStore, bucket: string, name: string): string {
  const versions = store.advisories(bucket, name).flatMap(({ advisory }) => advisory.fixedVersion ?? []);
  return versions.at(-1) ?? '1.0.0';
}

function toPackage(type: 'deb' | 'npm', name: string, version: string): InstalledPackage {
  return {
    type,
    name,
    version,
    purl: `pkg:${type}/${type === 'deb' ? 'debian/' : ''}${encodeURIComponent(name)}@${version}`,
    files: [],
  } as unknown as InstalledPackage;
}

async function compact(from: string, output: string): Promise<void> {
  const start = performance.now();
  const { sizeBytes, originalBytes } = await compactStore({ file: from, output });
  console.log({
    originalMegabytes: originalBytes / MIB,
    megabytes: sizeBytes / MIB,
    share: `${((100 * sizeBytes) / originalBytes).toFixed(1)} %`,
    seconds: ((performance.now() - start) / 1000).toFixed(1),
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  });
}

function* readRecords(files: readonly string[]): Generator<AdvisoryRecord> {
  for (const name of files) {
    for (const feed of feeds) {
      if (!feed.wants(name)) continue;
      for (const { value } of feed.read({ name, bytes: readFileSync(name) })) yield* value;
    }
  }
}

function readProse(files: readonly string[]): { byId: ReadonlyMap<string, Prose>; texts: readonly Prose[] } {
  const byId = new Map<string, Prose>();
  for (const name of files) {
    if (name.endsWith('.json')) addOsv(byId, readFileSync(name, 'utf8'));
    else if (name.endsWith('.jsonl')) for (const line of readFileSync(name, 'utf8').split('\n')) addOsv(byId, line);
    else if (/\/CVE-\d+-\d+$/.test(name)) addUbuntu(byId, path.basename(name), readFileSync(name, 'utf8'));
  }
  return { byId, texts: [...byId.values()] };
}

function addOsv(byId: Map<string, Prose>, text: string): void {
  let record: { id?: unknown; summary?: unknown; details?: unknown; aliases?: unknown };
  try {
    record = JSON.parse(text) as typeof record;
  } catch {
    return;
  }
  if (typeof record.id !== 'string' || typeof record.details !== 'string') return;
  const prose = { title: typeof record.summary === 'string' ? record.summary : record.details.slice(0, 80), description: record.details };
  for (const id of [record.id, ...(Array.isArray(record.aliases) ? record.aliases.map(String) : [])]) byId.set(id, prose);
}

function addUbuntu(byId: Map<string, Prose>, id: string, text: string): void {
  const description = /^Description:\n((?: .*\n)+)/m.exec(text)?.[1]?.replaceAll(/\s+/g, ' ').trim();
  if (description !== undefined && !byId.has(id)) byId.set(id, { title: description.slice(0, 80), description });
}

function listFiles(folder: string): string[] {
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
