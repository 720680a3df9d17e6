import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { MAX_CONFIG_BYTES } from '../../foundation/base/limits.ts';
import { matchGitignore, parseGitignore, type IgnorePattern } from '../../foundation/formats/gitignore.ts';
import { statPath } from '../../foundation/io/files.ts';
import { readTextStart } from '../../foundation/io/text-start.ts';

/** What git would ignore in one folder: its own .gitignore first, then those above it up to the repository's root, then .git/info/exclude. */
export interface FolderIgnores {
  /** Names from the repository's root (or from where the walk starts) to the folder. */
  readonly names: readonly string[];
  /** The innermost first. `depth`: how many of the names lead to the folder that the patterns are relative to. */
  readonly layers: readonly { readonly depth: number; readonly patterns: readonly IgnorePattern[] }[];
}

/**
 * Returns what git would ignore in the folder that a walk starts from, which is never ignored itself. Files above it count only within its repository. What git is told outside of the
 * repository (core.excludesFile) does not count: the same tree gives the same result on every machine.
 */
export async function readStartIgnores(folder: string): Promise<FolderIgnores> {
  const start = await realpath(folder).catch(() => path.resolve(folder));
  const root = await findRepository(start);
  if (root === undefined) return { names: [], layers: await readLayer(start, 0) };
  const names = path
    .relative(root, start)
    .split(path.sep)
    .filter((name) => name !== '');
  let layers = await readExclude(root);
  for (let depth = 0; depth <= names.length; depth++) layers = [...(await readLayer(path.join(root, ...names.slice(0, depth)), depth)), ...layers];
  return { names, layers };
}

/** Returns what git would ignore in the folder `name` of a folder; `entries` are the names in it. A repository within a repository starts anew. */
export async function readFolderIgnores(parent: FolderIgnores, folder: string, name: string, entries: ReadonlySet<string>): Promise<FolderIgnores> {
  const isRepository = entries.has('.git');
  const names = isRepository ? [] : [...parent.names, name];
  const own = entries.has('.gitignore') ? await readLayer(folder, names.length) : [];
  return { names, layers: [...own, ...(isRepository ? await readExclude(folder) : parent.layers)] };
}

/** Returns whether git would ignore an entry of the folder. */
export function isIgnored({ names, layers }: FolderIgnores, name: string, isDirectory: boolean): boolean {
  const whole = [...names, name];
  for (const { depth, patterns } of layers) {
    const ignored = matchGitignore(patterns, whole.slice(depth), isDirectory);
    if (ignored !== undefined) return ignored;
  }
  return false;
}

async function readLayer(folder: string, depth: number): Promise<FolderIgnores['layers']> {
  return readPatterns(path.join(folder, '.gitignore'), depth);
}

async function readPatterns(file: string, depth: number): Promise<FolderIgnores['layers']> {
  const text = await readSmallText(file);
  return text === undefined ? [] : [{ depth, patterns: parseGitignore(text) }];
}

/** Undefined when it cannot be read: git warns of that and goes on too. What is too long counts as far as it is read. */
async function readSmallText(file: string): Promise<string | undefined> {
  return (await readTextStart(file, MAX_CONFIG_BYTES, false)).value?.text;
}

/** A worktree or submodule has a file `.git` that names its git directory, and that one may name the directory that it shares. */
async function readExclude(root: string): Promise<FolderIgnores['layers']> {
  const own = path.join(root, '.git');
  const target = /^gitdir: (.+)$/m.exec((await readSmallText(own)) ?? '')?.[1]?.trimEnd();
  const gitDirectory = target === undefined ? own : path.resolve(root, target);
  const shared = await readSmallText(path.join(gitDirectory, 'commondir'));
  return readPatterns(path.resolve(gitDirectory, shared?.trimEnd() ?? '.', 'info', 'exclude'), 0);
}

async function findRepository(start: string): Promise<string | undefined> {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const kind = await statPath(path.join(folder, '.git')).catch(() => 'nothing');
    if (kind !== 'nothing') return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}
