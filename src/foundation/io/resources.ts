import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** True when this code runs from a bundle in dist/, false when Node runs the sources. */
const bundled = !import.meta.filename.endsWith('.ts');
const dist = bundled ? import.meta.dirname : path.join(import.meta.dirname, '..', '..', '..', 'dist');

/** Returns the path of a file that ships beside the bundles ('advisories.db', 'server.cjs'); it may be missing in a checkout that was not built. */
export function bundledFile(name: string): string {
  return path.join(dist, name);
}

/** Returns what to start as a worker thread: the bundle `dist/<bundle>`, or the source file when the sources are run. `source` is relative to src/. */
export function workerEntry(bundle: string, source: string): string {
  return bundled ? path.join(dist, bundle) : path.join(import.meta.dirname, '..', '..', source);
}

/** Returns Plimsoll's version from package.json, which lies beside dist/. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(dist, '..', 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string'
    ? manifest.version
    : '0.0.0';
}

/** Returns a digest of the code that reads images; undefined when the sources are run, which may change from one moment to the next. CLI and editor of one release have the same. */
export function buildDigest(): string | undefined {
  return bundled
    ? createHash('sha256')
        .update(readFileSync(bundledFile('worker.cjs')))
        .digest('hex')
    : undefined;
}

/**
 * Returns the folder that CLI and editor share for downloaded advisories and caches; it need not exist yet.
 * PLIMSOLL_CACHE_DIR wins, then the platform's own place for caches.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env.PLIMSOLL_CACHE_DIR !== undefined && env.PLIMSOLL_CACHE_DIR !== '') return path.resolve(env.PLIMSOLL_CACHE_DIR);
  const home = os.homedir();
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'plimsoll');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'plimsoll');
  return path.join(
    env.XDG_CACHE_HOME !== undefined && path.isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : path.join(home, '.cache'),
    'plimsoll',
  );
}

/**
 * Returns the folder of what must not be lost with a cache: the log of what was pushed; it need not exist yet.
 * PLIMSOLL_STATE_DIR wins, then the platform's own place for a user's data.
 */
export function stateDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env.PLIMSOLL_STATE_DIR !== undefined && env.PLIMSOLL_STATE_DIR !== '') return path.resolve(env.PLIMSOLL_STATE_DIR);
  const home = os.homedir();
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'plimsoll-state');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'plimsoll');
  const state = env.XDG_STATE_HOME;
  return path.join(state !== undefined && path.isAbsolute(state) ? state : path.join(home, '.local', 'state'), 'plimsoll');
}

export function fileExists(file: string): boolean {
  return existsSync(file);
}
