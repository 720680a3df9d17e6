/**
 * A folder of values that can be had again, shared by every process of this user. Each value is one file, written beside its place and moved there in one step: whoever reads sees a whole value or none. A value that is damaged, or
 * was removed meanwhile, is none. Nothing here throws: without a cache everything is only slower.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { MAX_CACHE_BYTES, MAX_CACHE_ENTRY_BYTES, MAX_CACHE_ENTRY_PLAIN_BYTES, STALE_STAGING_MS } from '../base/limits.ts';

export interface DiskCacheStatus {
  readonly directory: string;
  readonly entries: number;
  readonly sizeBytes: number;
}

const SUFFIX = '.zst';
const STAGED = '.part-';
const DIGEST_BYTES = 32;

export class DiskCache {
  readonly #directory: string;
  readonly #maxBytes: number;

  /** `directory` is made when the first value is written. Names in it are ours: keys are hashed. */
  constructor(directory: string, maxBytes: number = MAX_CACHE_BYTES) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
  }

  /** Returns the value of `key`; undefined when there is none that is whole. */
  async read(key: string): Promise<string | undefined> {
    const file = this.#fileOf(key);
    const value = await this.#load(file);
    const now = new Date();
    // The time of the last use decides who goes first.
    if (value !== undefined) await utimes(file, now, now).catch(() => undefined);
    return value;
  }

  /** Returns every value that is whole. That they were looked at does not count as use. */
  async readAll(): Promise<readonly string[]> {
    const values = [];
    for (const { file, isStaged } of await this.#list()) if (!isStaged) values.push(await this.#load(file));
    return values.filter((value) => value !== undefined);
  }

  /** Keeps `value` under `key`. That it could not be kept is not told: it can be had again. */
  async write(key: string, value: string): Promise<void> {
    const staged = path.join(this.#directory, `${STAGED}${randomUUID()}`);
    try {
      const packed = zstdCompressSync(value);
      if (packed.length > MAX_CACHE_ENTRY_BYTES) return;
      await mkdir(this.#directory, { recursive: true });
      await writeFile(staged, Buffer.concat([createHash('sha256').update(packed).digest(), packed]), { mode: 0o600 });
      await rename(staged, this.#fileOf(key));
    } catch {
      await rm(staged, { force: true }).catch(() => undefined);
    }
  }

  /** Removes what was not used for longest until the rest is within bounds, and what a crash left behind. */
  async trim(): Promise<void> {
    const files = await this.#list();
    let total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { file, sizeBytes, usedAt, isStaged } of files.toSorted((a, b) => a.usedAt - b.usedAt)) {
      const isLeftBehind = isStaged && Date.now() - usedAt > STALE_STAGING_MS;
      if (!isLeftBehind && (isStaged || total <= this.#maxBytes)) continue;
      await rm(file, { force: true }).catch(() => undefined);
      total -= sizeBytes;
    }
  }

  /** Returns how much there is. */
  async status(): Promise<DiskCacheStatus> {
    const files = (await this.#list()).filter(({ isStaged }) => !isStaged);
    return { directory: this.#directory, entries: files.length, sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
  }

  /** Removes every value; another process may be adding one meanwhile. */
  async clear(): Promise<void> {
    for (const { file } of await this.#list()) await rm(file, { force: true }).catch(() => undefined);
  }

  async #load(file: string): Promise<string | undefined> {
    try {
      if ((await stat(file)).size > MAX_CACHE_ENTRY_BYTES) return undefined;
      const stored = await readFile(file);
      const packed = stored.subarray(DIGEST_BYTES);
      if (!createHash('sha256').update(packed).digest().equals(stored.subarray(0, DIGEST_BYTES))) {
        await rm(file, { force: true });
        return undefined;
      }
      return zstdDecompressSync(packed, { maxOutputLength: MAX_CACHE_ENTRY_PLAIN_BYTES }).toString('utf8');
    } catch {
      return undefined;
    }
  }

  #fileOf(key: string): string {
    return path.join(this.#directory, `${createHash('sha256').update(key).digest('hex')}${SUFFIX}`);
  }

  async #list(): Promise<readonly { file: string; sizeBytes: number; usedAt: number; isStaged: boolean }[]> {
    const names = await readdir(this.#directory).catch(() => []);
    const files = [];
    for (const name of names) {
      const isStaged = name.startsWith(STAGED);
      if (!isStaged && !name.endsWith(SUFFIX)) continue;
      const file = path.join(this.#directory, name);
      const info = await stat(file).catch(() => undefined);
      if (info !== undefined) files.push({ file, sizeBytes: info.size, usedAt: info.mtimeMs, isStaged });
    }
    return files;
  }
}
