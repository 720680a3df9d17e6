import path from 'node:path';
import { openAdvisoryStore } from '../advisories/store/bolt-store.ts';
import { updateAdvisories as downloadAdvisories, importAdvisories as importFile } from '../advisories/update.ts';
import { createHttpClient } from '../foundation/io/http-client.ts';
import { bundledFile, cacheDirectory, fileExists } from '../foundation/io/resources.ts';
import type { AdvisoriesUsed } from '../foundation/model/report.ts';
import type { ScanHooks } from './engine.ts';

export interface AdvisoriesStatus extends AdvisoriesUsed {
  readonly file: string;
  /** Whole days since `builtAt`; absent when the database does not say when it was built. */
  readonly ageDays?: number;
}

const MS_PER_DAY = 86_400_000;

/** Returns the folder that downloaded advisories live in. */
export function advisoriesDirectory(): string {
  return path.join(cacheDirectory(), 'advisories');
}

/** Returns the database to use: the one named, else the downloaded one, else the starter set that ships with Plimsoll. */
export function advisoriesFile(named?: string): string {
  if (named !== undefined) return path.resolve(named);
  const downloaded = path.join(advisoriesDirectory(), 'trivy.db');
  return fileExists(downloaded) ? downloaded : bundledFile('advisories.db');
}

/** Returns what scans are made against now. @throws {AdvisoryStoreError} */
export function advisoriesStatus(named?: string, now: Date = new Date()): AdvisoriesStatus {
  const file = advisoriesFile(named);
  const store = openAdvisoryStore(file);
  try {
    const builtAt = Date.parse(store.used.builtAt);
    return { ...store.used, file, ...(Number.isNaN(builtAt) ? {} : { ageDays: Math.max(0, Math.floor((now.getTime() - builtAt) / MS_PER_DAY)) }) };
  } finally {
    store.close();
  }
}

/** Downloads the full advisory database and returns the new status; the previous database stays when anything fails. @throws {AdvisoriesUpdateError} */
export async function updateAdvisories(hooks: ScanHooks, sources?: readonly string[]): Promise<AdvisoriesStatus> {
  await downloadAdvisories({ ...(sources === undefined ? {} : { sources }), directory: advisoriesDirectory(), http: createHttpClient(), ...hooks });
  return advisoriesStatus();
}

/** Takes a database file (or the artefact's tar.gz) that was carried here by hand. */
export async function importAdvisories(file: string): Promise<AdvisoriesStatus> {
  await importFile({ file, directory: advisoriesDirectory() });
  return advisoriesStatus();
}
