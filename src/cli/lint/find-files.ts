import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { buildFileKindOf } from '../../engine/build-files.ts';
import { compareText } from '../../foundation/base/order.ts';
import { MAX_DOCKERFILE_BYTES, MAX_LINT_DEPTH, MAX_LINT_ENTRIES, MAX_LINT_FILES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { readTextStart } from '../../foundation/io/text-start.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { isIgnored, readFolderIgnores, readStartIgnores, type FolderIgnores } from './git-ignores.ts';

/** A file to lint, or what could not be looked into. */
export interface LintTarget {
  /** As it is shown; `-` is standard input. */
  readonly path: string;
  /** The name that opens it, where that is no UTF-8 and `path` cannot hold it. */
  readonly rawPath?: Uint8Array;
  /** The user asked for it by name: it is read whatever it is, a pipe too. */
  readonly named: boolean;
  /** It is no file: a folder that could not be read, a tree that is too large. */
  readonly problem?: Problem;
}

export interface FindOptions {
  /** Leave out what git ignores, and node_modules. */
  readonly heedIgnores: boolean;
  readonly signal: AbortSignal;
}

/** What version control keeps for itself: never a Dockerfile of the user's. */
const versionControl: ReadonlySet<string> = new Set(['.git', '.hg', '.svn']);

/**
 * Returns what to lint, each file once, in the order of `targets` and by name within a folder. A file (or whatever is no folder) that is named is taken as it is. Below a folder that is named it is every
 * Dockerfile, and every compose file that holds one, without those that git ignores and those of packages in node_modules, which are other people's; a folder that is named is looked into even when its name is one of these.
 */
export async function findFiles(targets: readonly string[], options: FindOptions): Promise<readonly LintTarget[]> {
  const found = new Map<string, LintTarget>();
  for (const target of targets) {
    const isFolder = target !== '-' && (await stat(target).catch(() => undefined))?.isDirectory() === true;
    const items = isFolder ? await new TreeWalk(target, options).run() : [{ path: target, named: true }];
    for (const item of items) {
      const key = item.path === '-' ? '-' : Buffer.from(item.rawPath ?? path.resolve(item.path)).toString('latin1');
      if (!found.has(key)) found.set(key, item);
    }
  }
  return [...found.values()];
}

/** One walk below one folder. Links are not followed, so that it ends and stays below the folder. */
class TreeWalk {
  readonly #root: string;
  readonly #options: FindOptions;
  readonly #found: (LintTarget & { readonly isLink?: boolean })[] = [];
  #entries = 0;
  #files = 0;
  #full = false;

  constructor(root: string, options: FindOptions) {
    this.#root = root;
    this.#options = options;
  }

  async run(): Promise<readonly LintTarget[]> {
    const ignores = this.#options.heedIgnores ? await readStartIgnores(this.#root) : undefined;
    await this.#walk({ path: this.#root }, ignores, 0);
    return this.#resolveLinks();
  }

  async #walk(folder: Place, ignores: FolderIgnores | undefined, depth: number): Promise<void> {
    this.#options.signal.throwIfAborted();
    if (depth > MAX_LINT_DEPTH) {
      this.#fail(folder.path, 'limit-exceeded', `folders below it are not looked into: they are nested deeper than ${MAX_LINT_DEPTH}`);
      return;
    }
    const entries = await this.#readFolder(folder);
    const own =
      ignores === undefined || depth === 0
        ? ignores
        : await readFolderIgnores(ignores, folder.path, path.basename(folder.path), new Set(entries.map(({ name }) => name)));
    for (const { name, entry } of entries) {
      const isFolder = entry.isDirectory();
      const kind = isFolder ? undefined : buildFileKindOf(name);
      if (!isFolder && kind === undefined) continue;
      if (isFolder && versionControl.has(name)) continue;
      if (own !== undefined && ((isFolder && name === 'node_modules') || isIgnored(own, name, isFolder))) continue;
      const place = join(folder, name, entry.name);
      if (isFolder) await this.#walk(place, own, depth + 1);
      else if ((entry.isFile() || entry.isSymbolicLink()) && (kind === 'dockerfile' || (await holdsDockerfile(place)))) {
        this.#add(place, entry.isSymbolicLink());
      }
      if (this.#full) return;
    }
  }

  async #readFolder(folder: Place): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    try {
      for await (const entry of await openFolder(folder)) {
        if (++this.#entries > MAX_LINT_ENTRIES) {
          this.#stop(`it holds more than ${MAX_LINT_ENTRIES} entries`);
          break;
        }
        entries.push({ name: entry.name.toString(), entry });
      }
    } catch (error) {
      this.#fail(folder.path, 'unreadable-file', `this folder cannot be read: ${messageOf(error)}`);
    }
    return entries.sort((a, b) => compareText(a.name, b.name));
  }

  #add({ path: file, rawPath }: Place, isLink: boolean): void {
    this.#found.push({ path: file, named: false, ...(rawPath === undefined ? {} : { rawPath }), ...(isLink ? { isLink } : {}) });
    if (++this.#files >= MAX_LINT_FILES) this.#stop(`it holds ${MAX_LINT_FILES} Dockerfiles or more`);
  }

  #stop(why: string): void {
    this.#fail(this.#root, 'limit-exceeded', `${why}; the rest was not looked at`);
    this.#full = true;
  }

  #fail(file: string, code: Problem['code'], message: string): void {
    this.#found.push({ path: file, named: false, problem: { code, message } });
  }

  /**
   * A link is linted when it leads to a file below the folder that is not linted under its own name. One that leads out of it could put any file of the machine on show: a
   * pull request is enough to add it.
   */
  async #resolveLinks(): Promise<readonly LintTarget[]> {
    if (this.#found.every(({ isLink }) => isLink !== true)) return this.#found;
    const root = await realpath(this.#root);
    const linted = new Set(
      this.#found.filter(({ isLink }) => isLink !== true).map(({ path: file }) => path.join(root, path.relative(this.#root, file))),
    );
    const kept: LintTarget[] = [];
    for (const { isLink, ...target } of this.#found) {
      if (isLink !== true) {
        kept.push(target);
        continue;
      }
      const real = await realpath(target.path).catch(() => undefined);
      if (real === undefined || linted.has(real) || !isBelow(root, real) || (await stat(real).catch(() => undefined))?.isFile() !== true) continue;
      linted.add(real);
      kept.push(target);
    }
    return kept;
  }
}

/** Returns whether a compose file has a Dockerfile written into it; one without is none of ours. */
async function holdsDockerfile({ path: file, rawPath }: Place): Promise<boolean> {
  const { value } = await readTextStart(rawPath ?? file, MAX_DOCKERFILE_BYTES, false);
  return value?.text.includes('dockerfile_inline') ?? false;
}

/** A path as it is shown, and as bytes once a name in it is no UTF-8. */
interface Place {
  readonly path: string;
  readonly rawPath?: Buffer;
}

interface Entry {
  readonly name: string;
  readonly entry: Dirent<Buffer>;
}

function join(folder: Place, name: string, rawName: Buffer): Place {
  const joined = path.join(folder.path, name);
  if (folder.rawPath === undefined && Buffer.from(name).equals(rawName)) return { path: joined };
  return { path: joined, rawPath: Buffer.concat([folder.rawPath ?? Buffer.from(folder.path), Buffer.from(path.sep), rawName]) };
}

async function openFolder({ path: folder, rawPath }: Place): Promise<AsyncIterable<Dirent<Buffer>>> {
  // The types know neither a Buffer as the path nor Buffers as names, Node does.
  return (await opendir(rawPath ?? folder, { encoding: 'buffer' as BufferEncoding, bufferSize: 256 })) as unknown as AsyncIterable<Dirent<Buffer>>;
}

function isBelow(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return (
    relative !== '' &&
    !path.isAbsolute(relative) &&
    !relative.split(path.sep).includes('..') &&
    !relative.split(path.sep).some((name) => versionControl.has(name))
  );
}
