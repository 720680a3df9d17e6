import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { STALE_STAGING_MS } from '../base/limits.ts';

/** A folder beside the files it will replace, where new ones are made until they are known to be good. Names in it are ours, never another's. */
export interface Staging {
  /** Path of a file in it. */
  fileOf(name: string): string;
  /** Starts a file. `write` waits until the bytes are with the system; `finish` until they are on the disk. */
  create(name: string): Promise<StagedFile>;
  /** Makes a whole file. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Puts a file in the place of its namesake beside the folder, in one step: whoever reads sees the old or the new one, never a part. */
  publish(name: string): Promise<void>;
  /** Puts the folder itself, with what was made in it, beside where it was, under a new name that begins with `prefix`; returns the name. Nothing is left to discard. */
  publishAs(prefix: string): Promise<string>;
  /** Removes the folder and what was not published. Never throws. */
  discard(): Promise<void>;
}

export interface StagedFile {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

const PREFIX = '.staging-';
const REPLACE_ATTEMPTS = 20;
const REPLACE_PAUSE_MS = 100;

/** Returns a new staging folder in `directory`, which is made when it is missing; folders that a crash left there are cleared away. @throws what the operating system reports */
export async function openStaging(directory: string): Promise<Staging> {
  await mkdir(directory, { recursive: true });
  await clearStagings(directory, STALE_STAGING_MS);
  const folder = await mkdtemp(path.join(directory, PREFIX));
  return {
    fileOf: (name) => path.join(folder, name),
    create: (name) => createFile(path.join(folder, name)),
    async write(name, bytes) {
      const file = await createFile(path.join(folder, name));
      try {
        await file.write(bytes);
      } finally {
        await file.finish();
      }
    },
    publish: (name) => replace(path.join(folder, name), path.join(directory, name)),
    async publishAs(prefix) {
      const name = prefix + path.basename(folder).slice(PREFIX.length);
      await replace(folder, path.join(directory, name));
      return name;
    },
    discard: () => rm(folder, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** Does `work` with a staging folder, which is gone afterwards. */
export async function withStaging<T>(directory: string, work: (staging: Staging) => Promise<T>): Promise<T> {
  const staging = await openStaging(directory);
  try {
    return await work(staging);
  } finally {
    await staging.discard();
  }
}

async function createFile(file: string): Promise<StagedFile> {
  const handle = await open(file, 'wx');
  return {
    async write(bytes) {
      for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written)).bytesWritten;
    },
    async finish() {
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** Windows refuses to replace a file while somebody reads it: small files are read in a moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      const isInUse = process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
      if (!isInUse || attempt >= REPLACE_ATTEMPTS) throw error;
      await setTimeout(REPLACE_PAUSE_MS);
    }
  }
}

/** Removes a file; that there is none is no error. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Returns the names in a folder; none when it cannot be read. */
export async function listFolder(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}

/** Removes staging folders that were not touched for `olderThanMs`. With 0 for whoever knows that nobody else is at work there. */
export async function clearStagings(directory: string, olderThanMs: number): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(directory, name);
    // Another update may be under way in it, or just have removed it.
    const age = await stat(folder).then(
      ({ mtimeMs }) => Math.max(0, Date.now() - mtimeMs),
      () => -1,
    );
    if (age >= olderThanMs) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
