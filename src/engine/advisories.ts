import path from 'node:path';
import { readCheckedAt } from '../advisories/checked-at.ts';
import { openAdvisoryStore } from '../advisories/store/bolt-store.ts';
import type { CompactedStore } from '../advisories/store/compact-store.ts';
import { openExtras, readEpssFile, readKevFile } from '../advisories/store/extras-files.ts';
import type { ListOrigin } from '../advisories/store/kev-list.ts';
import { DATABASE_FILE } from '../advisories/store/schema.ts';
import type { AdvisoryStore } from '../advisories/store/store.ts';
import { findGenerations } from '../foundation/io/generations.ts';
import { bundledFile, cacheDirectory, fileExists } from '../foundation/io/resources.ts';
import type { AdvisoriesUsed } from '../foundation/model/report.ts';
import { coverageOf, type AdvisoryCoverage } from './advisory-coverage.ts';
import type { ScanHooks } from './engine.ts';

/** Of a list that lies beside the database. */
export interface ListStatus {
  readonly source: string;
  /** ISO 8601, '' when its publisher does not say. */
  readonly publishedAt: string;
  readonly ageDays?: number;
}

export interface AdvisoriesStatus extends AdvisoriesUsed {
  readonly file: string;
  /** Whole days since `builtAt`; absent when the database does not say when it was built. */
  readonly ageDays?: number;
  /** CISA's known-exploited vulnerabilities; absent when only the database's own are known. */
  readonly kev?: ListStatus;
  /** FIRST's exploit probabilities; likewise. */
  readonly epss?: ListStatus;
  /** ISO 8601: when the sources were last asked for something newer, by whatever window or command; absent when they never were. */
  readonly checkedAt?: string;
  /** What it has records of, when it is not the starter set and does not cover all that others do: one that was built of few sources. */
  readonly coverage?: AdvisoryCoverage;
  /** The database that `plimsoll db rollback` goes back to. */
  readonly previous?: { readonly source: string; readonly builtAt: string };
}

export interface UpdateOptions {
  /** References of OCI artefacts, tried in order. */
  readonly sources?: readonly string[];
  /** Addresses of the lists. Default: CISA's and FIRST's own. */
  readonly kevSource?: string;
  readonly epssSource?: string;
  /** False to leave the lists as they are. */
  readonly withLists?: boolean;
  /** Nobody asked for it just now. */
  readonly scheduled?: boolean;
}

export interface AdvisoriesUpdated extends AdvisoriesStatus {
  /** False when there was nothing newer. */
  readonly changed: boolean;
  /** Lists that could not be had; the previous ones stay. */
  readonly problems: readonly string[];
}

const MS_PER_DAY = 86_400_000;
/** The full database that a release brings along, compacted; a checkout has none. */
const BUNDLED_FULL = 'advisories-full.db';
const STARTER_SET = 'advisories.db';

/** Returns the folder that downloaded advisories live in. */
export function advisoriesDirectory(): string {
  return path.join(cacheDirectory(), 'advisories');
}

/** Returns the database to use: the one named; else the downloaded one or the one that came with the release, whichever was built later; else the starter set. */
export function advisoriesFile(named?: string): string {
  if (named !== undefined) return path.resolve(named);
  const [downloaded, bundled] = [downloadedFile(), bundledFile(BUNDLED_FULL)];
  const full = [...(downloaded === undefined ? [] : [downloaded]), ...(fileExists(bundled) ? [bundled] : [])];
  return newestOf(full) ?? bundledFile(STARTER_SET);
}

/** Returns the database that was built last, of equal ones the first; one that cannot be read only when there is no other. */
export function newestOf(files: readonly string[]): string | undefined {
  const [first, ...others] = files;
  if (first === undefined || others.length === 0) return first;
  const dated = files.map((file) => ({ file, builtAt: builtAtOf(file) }));
  return dated.reduce((newest, candidate) => (candidate.builtAt > newest.builtAt ? candidate : newest)).file;
}

/** Returns the database to use, open, together with the lists beside it. @throws {AdvisoryStoreError} */
export function openAdvisories(named?: string): AdvisoryStore {
  const file = advisoriesFile(named);
  return openAdvisoryStore(file, openExtras(listsDirectory(named, file)));
}

/** Returns what scans are made against now. @throws {AdvisoryStoreError} */
export function advisoriesStatus(named?: string, now: Date = new Date()): AdvisoriesStatus {
  const file = advisoriesFile(named);
  const store = openAdvisoryStore(file);
  try {
    const lists = listsDirectory(named, file);
    const [kev, epss] = [readKevFile(lists)?.origin, readEpssFile(lists)?.origin];
    const checkedAt = readCheckedAt(advisoriesDirectory());
    const previous = named === undefined ? readPrevious() : undefined;
    return {
      ...store.used,
      file,
      ...ageOf(store.used.builtAt, now),
      ...partOf(store),
      ...(kev && { kev: toListStatus(kev, now) }),
      ...(epss && { epss: toListStatus(epss, now) }),
      ...(checkedAt !== undefined && { checkedAt }),
      ...(previous && { previous }),
    };
  } finally {
    store.close();
  }
}

/** Downloads the full advisory database and the lists beside it, and returns the new status; the previous ones stay when anything fails. @throws {AdvisoriesUpdateError} */
export async function updateAdvisories(hooks: ScanHooks, options: UpdateOptions = {}): Promise<AdvisoriesUpdated> {
  const { sources, kevSource, epssSource, withLists = true, scheduled = false } = options;
  // What changes the database is loaded when it is changed: a scan only reads it.
  const [{ updateAdvisories: download }, { createHttpClient }] = await Promise.all([
    import('../advisories/update.ts'),
    import('../foundation/io/http-client.ts'),
  ]);
  const { changed, lists, problems } = await download({
    ...(sources !== undefined && { sources }),
    lists: withLists && { ...(kevSource !== undefined && { kev: kevSource }), ...(epssSource !== undefined && { epss: epssSource }) },
    isScheduled: scheduled,
    directory: advisoriesDirectory(),
    http: createHttpClient(),
    ...hooks,
  });
  return { ...advisoriesStatus(), changed: changed || lists.some((list) => list.changed), problems };
}

/** Takes files that were carried here by hand: a database or the artefact's tar.gz, CISA's list, FIRST's scores. @throws {AdvisoriesUpdateError} */
export async function importAdvisories(files: readonly string[], hooks: ScanHooks = {}): Promise<AdvisoriesStatus> {
  const { importAdvisories: importFiles } = await import('../advisories/import-advisories.ts');
  await importFiles({ files, directory: advisoriesDirectory(), ...(hooks.signal === undefined ? {} : { signal: hooks.signal }) });
  return advisoriesStatus();
}

/** Lets go of what was downloaded or imported: what came with Plimsoll is used; going back undoes it. @throws {AdvisoriesUpdateError} */
export async function resetAdvisories(): Promise<AdvisoriesStatus> {
  const { resetAdvisories: reset } = await import('../advisories/update.ts');
  await reset(advisoriesDirectory());
  return advisoriesStatus();
}

/** Goes back to the database before the one in use; doing it again undoes it. @throws {AdvisoriesUpdateError} */
export async function rollBackAdvisories(): Promise<AdvisoriesStatus> {
  const { rollBackAdvisories: rollBack } = await import('../advisories/update.ts');
  await rollBack(advisoriesDirectory());
  return advisoriesStatus();
}

/** Writes the database in use, or the one named, in a fraction of its size: what matches need, no prose; with the lists beside it. @throws {AdvisoryStoreError} what the operating system reports */
export async function compactAdvisories(named: string | undefined, output: string, hooks: ScanHooks = {}): Promise<CompactedStore> {
  const file = advisoriesFile(named);
  const extras = openExtras(listsDirectory(named, file));
  const { compactStore } = await import('../advisories/store/compact-store.ts');
  return compactStore({ file, output: path.resolve(output), extras, ...(hooks.signal === undefined ? {} : { signal: hooks.signal }) });
}

/** A database says of itself that it is full when it is all that its sources hold: which they are is another matter. */
function partOf(store: AdvisoryStore): Pick<AdvisoriesStatus, 'coverage'> {
  if (!store.used.full) return {};
  const coverage = coverageOf(store);
  return coverage.lacks.length === 0 ? {} : { coverage };
}

/** A database that was named has its own lists beside it, or none: what it gives must not depend on this machine. */
function listsDirectory(named: string | undefined, file: string): string {
  return named === undefined ? advisoriesDirectory() : path.dirname(file);
}

function downloadedFile(): string | undefined {
  const { current } = findGenerations(advisoriesDirectory());
  // A database that somebody put there by hand is used as well.
  const candidates = [...(current === undefined ? [] : [path.join(current, DATABASE_FILE)]), path.join(advisoriesDirectory(), DATABASE_FILE)];
  return candidates.find(fileExists);
}

/** -1 for one that cannot be opened or does not say: any other is newer. */
function builtAtOf(file: string): number {
  try {
    const store = openAdvisoryStore(file);
    store.close();
    const builtAt = Date.parse(store.used.builtAt);
    return Number.isNaN(builtAt) ? -1 : builtAt;
  } catch {
    return -1;
  }
}

function readPrevious(): AdvisoriesStatus['previous'] {
  const { previous } = findGenerations(advisoriesDirectory());
  if (previous === undefined) return undefined;
  try {
    const store = openAdvisoryStore(path.join(previous, DATABASE_FILE));
    store.close();
    return { source: store.used.source, builtAt: store.used.builtAt };
  } catch {
    return undefined;
  }
}

function toListStatus({ source, publishedAt }: ListOrigin, now: Date): ListStatus {
  return { source, publishedAt, ...ageOf(publishedAt, now) };
}

function ageOf(time: string, now: Date): { ageDays?: number } {
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? {} : { ageDays: Math.max(0, Math.floor((now.getTime() - parsed) / MS_PER_DAY)) };
}
