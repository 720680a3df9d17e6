import path from 'node:path';
import { MAX_ADVISORY_DB_BYTES, MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { openFile, readRange, type OpenFile } from '../foundation/io/files.ts';
import { clearGenerations, findGenerations, publishGeneration, retireGeneration, swapGenerations } from '../foundation/io/generations.ts';
import { withLock, type LockHolder } from '../foundation/io/lock-file.ts';
import { readOptionalTextFile } from '../foundation/io/optional-file.ts';
import { clearStagings, removeFile, withStaging, type Staging } from '../foundation/io/staging.ts';
import type { Digest } from '../foundation/model/brand.ts';
import { parseReference } from '../registry/reference.ts';
import { writeCheckedAt } from './checked-at.ts';
import { openAdvisoryStore } from './store/bolt-store.ts';
import { AdvisoryStoreError } from './store/store.ts';
import { DATABASE_FILE, METADATA_FILE, ORIGIN_FILE, parseOrigin, type StoreOrigin } from './store/schema.ts';
import { extractDatabase } from './update-archive.ts';
import { downloadLayer, findArtifact, type ArtifactAccess } from './update-artifact.ts';
import { AdvisoriesUpdateError, isLocalFailure, toUpdateError } from './update-error.ts';
import { defaultListSources, updateList, type ListKind, type ListUpdate } from './update-lists.ts';

/** Where the full database is published, in the order they are tried. */
export const defaultAdvisorySources: readonly string[] = ['mirror.gcr.io/aquasec/trivy-db:2', 'ghcr.io/aquasecurity/trivy-db:2'];

export interface AdvisoriesProgress {
  /** 0 to 1 when the total is known. */
  readonly fraction?: number;
  readonly message: string;
}

export interface UpdateAdvisoriesInput extends ArtifactAccess {
  /** References of OCI artefacts; the first that can be had is taken. Default: defaultAdvisorySources. */
  readonly sources?: readonly string[];
  /** Addresses of the lists beside the database; false to leave them as they are. Default: defaultListSources. */
  readonly lists?: Partial<Readonly<Record<ListKind, string>>> | false;
  /** Folder of the database; made when missing. */
  readonly directory: string;
  /** Nobody asked for it just now: a database that somebody went back from is not brought in again. */
  readonly isScheduled?: boolean;
  readonly onProgress?: (progress: AdvisoriesProgress) => void;
}

export interface AdvisoriesUpdate {
  /** The reference it came from. */
  readonly source: string;
  /** The database that scans use from now on. */
  readonly file: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** Of the downloaded layer. */
  readonly digest: Digest;
  /** False when the newest database was there already, and nothing was downloaded. */
  readonly changed: boolean;
}

export interface AdvisoriesUpdates extends AdvisoriesUpdate {
  readonly lists: readonly ListUpdate[];
  /** Lists that could not be had; the previous ones stay. */
  readonly problems: readonly string[];
}

const LOCK = 'update.lock';

/** Runs `work` while nobody else changes the advisories in `directory`, after what others left behind when they were killed is cleared away. @throws {AdvisoriesUpdateError} when the folder cannot be written */
export async function changeAdvisories<T>(
  { directory, signal, onProgress }: Pick<UpdateAdvisoriesInput, 'directory' | 'signal' | 'onProgress'>,
  work: () => Promise<T>,
): Promise<T> {
  const onWait = (holder: LockHolder | undefined): void =>
    onProgress?.({ message: `Waiting for another update of the advisories${describeHolder(holder)}` });
  try {
    return await withLock(path.join(directory, LOCK), { onWait, ...(signal === undefined ? {} : { signal }) }, async () => {
      await clearStagings(directory, 0);
      await clearGenerations(directory);
      return work();
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof AdvisoriesUpdateError ? error : toUpdateError(error, directory);
  }
}

/**
 * Downloads the newest advisory database and the lists beside it, checks them, and puts them in the place of the previous ones, which stay when anything fails. While another process
 * does the same, waits for it, and then has little to do.
 * @throws {AdvisoriesUpdateError} naming what went wrong with each source of the database; a cancellation throws the signal's reason
 */
export async function updateAdvisories(input: UpdateAdvisoriesInput): Promise<AdvisoriesUpdates> {
  return changeAdvisories(input, async () => {
    const database = await updateDatabase(input);
    const lists = await updateLists(input);
    await writeCheckedAt(input.directory, new Date());
    return { ...database, ...lists };
  });
}

/** Goes back to the database before the one in use; going back again undoes it. Returns its file. @throws {AdvisoriesUpdateError} not-found, when there is none, or it cannot be used */
export async function rollBackAdvisories(directory: string): Promise<string> {
  return changeAdvisories({ directory }, async () => {
    const { previous } = findGenerations(directory);
    if (previous === undefined)
      throw new AdvisoriesUpdateError(
        'not-found',
        `there is no database from before to go back to; 'plimsoll db reset' goes back to the one that came with Plimsoll`,
      );
    const file = path.join(previous, DATABASE_FILE);
    try {
      checkDatabase(file);
      await swapGenerations(directory);
    } catch (error) {
      throw toUpdateError(error, 'the database from before');
    }
    return file;
  });
}

/**
 * Lets go of every database that was downloaded or imported: what came with Plimsoll is used until the next update. Going back undoes it.
 * @throws {AdvisoriesUpdateError} not-found, when there is none
 */
export async function resetAdvisories(directory: string): Promise<void> {
  return changeAdvisories({ directory }, async () => {
    const byHand = path.join(directory, DATABASE_FILE);
    if ((await retireGeneration(directory)) !== undefined && !(await isFile(byHand))) return;
    // Only who put it there knows whether it can be had again.
    if (await isFile(byHand))
      throw new AdvisoriesUpdateError('io', `${byHand} was put there by hand, and is used before what came with Plimsoll: remove it`);
    throw new AdvisoriesUpdateError('not-found', 'nothing was downloaded or imported: what came with Plimsoll is in use already');
  });
}

async function isFile(file: string): Promise<boolean> {
  try {
    await (await openFile(file)).close();
    return true;
  } catch {
    return false;
  }
}

/** Puts a database in the place of the one in use: `archive` is trivy-db's, or a bolt database itself (its metadata.json beside it is taken along). Only within changeAdvisories. Returns its file and age. */
export async function installDatabase(
  archive: string,
  directory: string,
  origin: StoreOrigin | undefined,
  signal?: AbortSignal,
): Promise<{ readonly file: string; readonly builtAt: string }> {
  return withStaging(directory, async (staging) => {
    const opened = await openFile(archive);
    try {
      if (await isGzip(opened)) await extractDatabase(opened, staging, signal);
      else await copyDatabase(opened, staging, signal);
    } finally {
      await opened.close();
    }
    if (origin !== undefined) await staging.write(ORIGIN_FILE, new TextEncoder().encode(JSON.stringify(origin)));
    const builtAt = checkStaged(staging.fileOf(DATABASE_FILE));
    return { file: path.join(await publishGeneration(directory, staging), DATABASE_FILE), builtAt };
  });
}

async function updateDatabase(input: UpdateAdvisoriesInput): Promise<AdvisoriesUpdate> {
  const failures: AdvisoriesUpdateError[] = [];
  for (const source of input.sources ?? defaultAdvisorySources) {
    try {
      return await updateFrom(source, input);
    } catch (error) {
      input.signal?.throwIfAborted();
      failures.push(toUpdateError(error, source));
      if (isLocalFailure(error)) break;
    }
  }
  const [first] = failures;
  if (first === undefined) throw new AdvisoriesUpdateError('not-found', 'no source of advisories was named');
  const next = "The advisories from before stay in use. On a machine without a network, carry the database over and run 'plimsoll db import FILE'.";
  throw new AdvisoriesUpdateError(first.code, `the advisories could not be updated: ${failures.map(({ message }) => message).join('; ')}. ${next}`, {
    cause: first,
  });
}

async function updateFrom(source: string, input: UpdateAdvisoriesInput): Promise<AdvisoriesUpdate> {
  const reference = parseReference(source);
  if (reference === undefined) throw new AdvisoriesUpdateError('malformed', 'it is not a reference to an artefact');
  const { directory, http, signal, onProgress } = input;
  onProgress?.({ message: `Asking ${reference.registry} for the newest advisories` });
  const found = await findArtifact(reference, input);
  const { digest, sizeBytes } = found.layer;
  const known = await findKnown(digest, input);
  if (known !== undefined) return { source, digest, ...known };

  const message = `Downloading advisories from ${reference.registry}`;
  const archive = await downloadLayer(found, reference.repository, directory, http, (received) =>
    onProgress?.({ fraction: Math.min(1, received / sizeBytes), message }),
  );
  try {
    onProgress?.({ message: 'Unpacking advisories' });
    return { source, digest, changed: true, ...(await installDatabase(archive, directory, { source, digest }, signal)) };
  } finally {
    await removeFile(archive);
  }
}

/** Returns the database that came from this very layer, when it is here and can be read: the one in use, or the one before, which then counts again. */
async function findKnown(
  digest: Digest,
  { directory, isScheduled }: UpdateAdvisoriesInput,
): Promise<Pick<AdvisoriesUpdate, 'file' | 'builtAt' | 'changed'> | undefined> {
  const { current, previous } = findGenerations(directory);
  const inUse = await readGeneration(current, digest);
  if (inUse !== undefined) return { ...inUse, changed: false };
  const before = await readGeneration(previous, digest);
  if (before === undefined) return undefined;
  if (isScheduled === true) {
    // After a reset none is in use: what was let go of stays where it is.
    const file = current === undefined ? before.file : path.join(current, DATABASE_FILE);
    return { file, builtAt: checkDatabase(file), changed: false };
  }
  await swapGenerations(directory);
  return { ...before, changed: true };
}

async function readGeneration(folder: string | undefined, digest: Digest): Promise<Pick<AdvisoriesUpdate, 'file' | 'builtAt'> | undefined> {
  if (folder === undefined) return undefined;
  try {
    const origin = parseOrigin(JSON.parse((await readOptionalTextFile(path.join(folder, ORIGIN_FILE), MAX_CONFIG_BYTES)) ?? 'null'));
    const file = path.join(folder, DATABASE_FILE);
    return origin?.digest === digest ? { file, builtAt: checkDatabase(file) } : undefined;
  } catch {
    return undefined;
  }
}

async function updateLists({
  lists = {},
  directory,
  http,
  signal,
  onProgress,
}: UpdateAdvisoriesInput): Promise<Pick<AdvisoriesUpdates, 'lists' | 'problems'>> {
  const updated: ListUpdate[] = [];
  const problems: string[] = [];
  for (const kind of lists === false ? [] : (['kev', 'epss'] as const)) {
    const source = (lists === false ? undefined : lists[kind]) ?? defaultListSources[kind];
    onProgress?.({ message: kind === 'kev' ? 'Asking for known-exploited vulnerabilities' : 'Asking for exploit probabilities' });
    try {
      updated.push(await updateList(kind, source, directory, http, signal));
    } catch (error) {
      signal?.throwIfAborted();
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { lists: updated, problems };
}

async function isGzip(file: OpenFile): Promise<boolean> {
  const magic = new Uint8Array(2);
  await file.read(magic, 0);
  return magic[0] === 0x1f && magic[1] === 0x8b;
}

async function copyDatabase(database: OpenFile, staging: Staging, signal: AbortSignal | undefined): Promise<void> {
  if (database.sizeBytes > MAX_ADVISORY_DB_BYTES) throw new AdvisoriesUpdateError('malformed', 'it is larger than any advisory database');
  const copy = await staging.create(DATABASE_FILE);
  try {
    for await (const chunk of readRange(database, 0, database.sizeBytes, signal)) await copy.write(chunk);
  } finally {
    await copy.finish();
  }
  const metadata = await readOptionalTextFile(path.join(path.dirname(database.path), METADATA_FILE), MAX_CONFIG_BYTES);
  if (metadata !== undefined) await staging.write(METADATA_FILE, new TextEncoder().encode(metadata));
}

/** As checkDatabase, in words that do not name a file that is gone when they are read. */
function checkStaged(file: string): string {
  try {
    return checkDatabase(file);
  } catch (error) {
    if (!(error instanceof AdvisoryStoreError)) throw error;
    const why = error.message.replaceAll(`the advisory database ${file}`, 'the database').replaceAll(file, 'it');
    throw new AdvisoriesUpdateError('malformed', why, { cause: error });
  }
}

/** Returns when a database was built. @throws {AdvisoryStoreError} when it is none that scans could use */
function checkDatabase(file: string): string {
  const store = openAdvisoryStore(file);
  try {
    if (!store.buckets('').includes('vulnerability')) throw new AdvisoriesUpdateError('malformed', 'it is a database, but not one of advisories');
    return store.used.builtAt;
  } finally {
    store.close();
  }
}

function describeHolder(holder: LockHolder | undefined): string {
  return holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host})`;
}
