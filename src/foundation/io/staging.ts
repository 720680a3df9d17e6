import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { STALE_STAGING_MS } from '../base/limits.ts';

/** A folder beside the files it will replace, where new ones are made until they are known to be good. Names in it are ours, never another's. */
export interface Staging {
  /** Path of a file in it. */
  fileOf(name: string): string;
  /** Starts a file. `write` waits until the bytes are with the system; `finish` until they are on the disk. */
  create(name: string): Promise<StagedFile>;
  /** Puts a file in the place of its namesake beside the folder, in one step: whoever reads sees the old or the new one, never a part. */
  publish(name: string): Promise<void>;
  /** Removes the folder and what was not published. Never throws. */
  discard(): Promise<void>;
}

export interface StagedFile {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

const PREFIX = '.staging-';

/** Returns a new staging folder in `directory`, which is made when it is missing; folders that a crash left there are cleared away. @throws what the operating system reports */
export async function openStaging(directory: string): Promise<Staging> {
  await mkdir(directory, { recursive: true });
  await clearStale(directory);
  const folder = await mkdtemp(path.join(directory, PREFIX));
  return {
    fileOf: (name) => path.join(folder, name),
    async create(name) {
      const handle = await open(path.join(folder, name), 'wx');
      return {
        async write(bytes) {
          for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written)).bytesWritten;
        },
        async finish() {
          await handle.sync();
          await handle.close();
        },
      };
    },
    publish: (name) => rename(path.join(folder, name), path.join(directory, name)),
    discard: () => rm(folder, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** Removes a file; that there is none is no error. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
}

async function clearStale(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(directory, name);
    // Another update may be under way in it, or just have removed it.
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_STAGING_MS) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
