import path from 'node:path';
import { MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { statPath } from '../foundation/io/files.ts';
import { readSmallTextFile } from '../foundation/io/text-file.ts';

/** Most folders above a Dockerfile that are looked into. */
const MAX_FOLDERS = 32;

/**
 * Returns the text of the .dockerignore that a build of `file` would heed: `<file>.dockerignore`, else that of its folder, else, as the build may start further up, the nearest one above
 * within the same repository. Undefined when there is none, or it cannot be read.
 */
export async function readDockerignore(file: string): Promise<string | undefined> {
  const full = path.resolve(file);
  const own = await readSmallTextFile(`${full}.dockerignore`, MAX_CONFIG_BYTES);
  if (own.value !== undefined) return own.value;
  for (const folder of await contextFolders(path.dirname(full))) {
    const text = await readSmallTextFile(path.join(folder, '.dockerignore'), MAX_CONFIG_BYTES);
    if (text.value !== undefined) return text.value;
  }
  return undefined;
}

/** The folder itself and those above it up to the repository's root; outside of a repository only itself. */
async function contextFolders(start: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let folder = start; folders.length < MAX_FOLDERS; folder = path.dirname(folder)) {
    folders.push(folder);
    if (await exists(path.join(folder, '.git'))) return folders;
    if (path.dirname(folder) === folder) break;
  }
  return folders.slice(0, 1);
}

async function exists(file: string): Promise<boolean> {
  return statPath(file).then(
    (kind) => kind !== 'nothing',
    () => false,
  );
}
