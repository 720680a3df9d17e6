import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LOCK_BEAT_MS, LOCK_POLL_MS, STALE_LOCK_MS } from '../base/limits.ts';

/** Who works in a folder, as its lock file says. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, by that machine's clock. */
  readonly since: string;
}

export interface LockOptions {
  readonly signal?: AbortSignal;
  /** Called once, when somebody else is at it. */
  readonly onWait?: (holder: LockHolder | undefined) => void;
  /** Of the folder, where it has to be made: 0o700 for what is for one's own eyes alone. Default: as the system makes folders. */
  readonly folderMode?: number;
}

interface Held extends LockHolder {
  readonly token: string;
}

/**
 * Runs `work` while no other process of any window or machine does the same under `file`: waits until they are done. A lock whose process is gone, or that was not kept fresh
 * for STALE_LOCK_MS (by this machine's own stopwatch: clocks may be wrong), is taken over.
 * @throws what `work` throws, what the operating system reports; an abort throws the signal's reason
 */
export async function withLock<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const held: Held = { pid: process.pid, host: os.hostname(), since: new Date().toISOString(), token: randomUUID() };
  const { folderMode: mode } = options;
  await mkdir(path.dirname(file), { recursive: true, ...(mode === undefined ? {} : { mode }) });
  await acquire(file, held, options);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, LOCK_BEAT_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await release(file, held);
  }
}

async function acquire(file: string, held: Held, { signal, onWait }: LockOptions): Promise<void> {
  const watch = { sign: '', since: performance.now() };
  let told = false;
  for (;;) {
    signal?.throwIfAborted();
    if (await tryCreate(file, held)) return;
    const other = await readLock(file);
    if (!told) onWait?.(other);
    told = true;
    const sign = await signOf(file);
    if (sign !== watch.sign) Object.assign(watch, { sign, since: performance.now() });
    const isSilent = performance.now() - watch.since > STALE_LOCK_MS;
    if (isSilent || (other !== undefined && isGone(other))) await removeStale(file, other);
    else await setTimeout(LOCK_POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

async function tryCreate(file: string, held: Held): Promise<boolean> {
  let handle;
  try {
    handle = await open(file, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    // Windows, while the one before is being removed.
    if (process.platform === 'win32' && codeOf(error) === 'EPERM') return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify(held));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return true;
}

/** Undefined when it is gone, or is being written just now. */
async function readLock(file: string): Promise<Held | undefined> {
  try {
    const json = JSON.parse(await readFile(file, 'utf8')) as Partial<Held> | null;
    const { pid, host, since, token } = json ?? {};
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof since !== 'string' || typeof token !== 'string') return undefined;
    return { pid, host, since, token };
  } catch {
    return undefined;
  }
}

/** Changes whenever the lock is another one, or was kept fresh. */
async function signOf(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(
    ({ ino, mtimeNs }) => `${ino} ${mtimeNs}`,
    () => '',
  );
}

function isGone({ pid, host }: LockHolder): boolean {
  if (host !== os.hostname() || !Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** Two may find a lock stale at the same time, and one of them be quicker: what is taken away is looked at, and put back when it is not the stale one. */
async function removeStale(file: string, stale: Held | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const taken = await readLock(aside);
  if (taken?.token !== stale?.token) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true }).catch(() => undefined);
}

async function release(file: string, held: Held): Promise<void> {
  const now = await readLock(file);
  if (now?.token === held.token) await rm(file, { force: true }).catch(() => undefined);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
