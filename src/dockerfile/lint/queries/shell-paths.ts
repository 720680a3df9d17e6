import type { ShellCommand } from '../../syntax/shell/command.ts';

/** Stands at the head of a path whose directory is not known: that of the base image, of `cd "$(…)"`. */
export const UNKNOWN_DIRECTORY = '?';

/** Longest path that is followed, in UTF-16 units. */
const MAX_PATH = 1024;

/** Returns what a name means in a working directory: `.` and `..` taken out, `${X}` as `$X`, `$HOME` as `~`. A name that begins with a variable and a slash is left as it is. */
export function resolvePath(directory: string, name: string): string {
  const plain = name
    .slice(0, MAX_PATH)
    .replaceAll(/\$\{(\w+)\}/g, '$$$1')
    .replace(/^\$HOME(?=\/|$)/, '~')
    .replace(/^(?:\$PWD|\$\(pwd\)|`pwd`)(?=\/|$)/, '.');
  const isAnchored = /^(?:\/|~|\?|\$\w+\/)/.test(plain);
  const parts: string[] = [];
  // `WORKDIR a` ten thousand times makes a directory that deep.
  const base = directory.length > MAX_PATH ? UNKNOWN_DIRECTORY : directory;
  for (const part of (isAnchored ? plain : `${base}/${plain}`).split('/')) {
    if (part === '..' && parts.length > 1) parts.pop();
    else if ((part !== '' || parts.length === 0) && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.length === 1 && parts[0] === '' ? '/' : parts.join('/');
}

/** Returns the working directory behind `command`. */
export function directoryAfter(command: ShellCommand, directory: string): string {
  if (command.language !== 'sh' || (command.name !== 'cd' && command.name !== 'pushd')) return directory;
  const target = command.args.find(({ value }) => !value.startsWith('-'));
  if (target === undefined) return command.args.length === 0 && command.name === 'cd' ? '~' : UNKNOWN_DIRECTORY;
  return target.substitutions.length > 0 ? UNKNOWN_DIRECTORY : resolvePath(directory, target.value);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? UNKNOWN_DIRECTORY : slash === 0 ? '/' : path.slice(0, slash);
}

/** A path taken apart once, to be compared with many. */
export interface SplitPath {
  readonly parts: readonly string[];
  /** Its directory is not known. */
  readonly isOpen: boolean;
}

export function splitPath(path: string): SplitPath {
  const parts = path.split('/');
  const isOpen = parts[0] === UNKNOWN_DIRECTORY && parts.length > 1;
  return { parts: isOpen ? parts.slice(1) : parts, isOpen };
}

/** True when `pattern`, which may hold `*` and `?`, can name the file `path`. Where a directory is not known, what is known must agree; the same unknown variable is the same name. */
export function namesFile(pattern: SplitPath, path: SplitPath): boolean {
  const [wanted, given] = [pattern.parts, path.parts];
  const last = wanted.at(-1) ?? '';
  // A pattern in one directory names a file by accident whose directory is not known.
  if (pattern.isOpen !== path.isOpen && /[*?]/.test(last)) return false;
  if (!matchesGlob(last, given.at(-1) ?? '')) return false;
  if (last.includes('$')) return true;
  const count = pattern.isOpen ? wanted.length : given.length;
  if (pattern.isOpen === path.isOpen ? wanted.length !== given.length : count > Math.min(wanted.length, given.length)) return false;
  for (let back = 2; back <= count; back++) {
    if (!matchesGlob(wanted.at(-back) ?? '', given.at(-back) ?? '')) return false;
  }
  return true;
}

/** True when `name` matches a pattern with `*` and `?`; takes at most pattern × name steps. */
function matchesGlob(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  if (!pattern.includes('*') && !pattern.includes('?')) return false;
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < name.length;) {
    if (pattern[at] === '*') {
      star = at++;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** True for a path inside a directory, however deep; not for the directory itself. */
export function isInside(path: string, directory: string): boolean {
  return path.length > directory.length && path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** Where programs are started by name, or what is unpacked becomes part of the system. */
const SYSTEM_DIRECTORY = /^(?:\/|\/usr(?:\/local)?|(?:\/[^/]+)*\/s?bin|~\/(?:[^/]+\/)*bin|\/usr\/(?:local\/)?lib(?:exec|64)?)$/;

export function isSystemDirectory(path: string): boolean {
  return SYSTEM_DIRECTORY.test(path);
}

const PROGRAM_DIRECTORY = /^(?:(?:\/[^/]{1,200}){0,6}|~(?:\/[^/]{1,200}){0,6})\/s?bin$/;

/** True for a directory that PATH usually holds. */
export function isProgramDirectory(path: string): boolean {
  return PROGRAM_DIRECTORY.test(path);
}

/** True for a name that can be written into a double-quoted string as it is. */
export function isPlainName(word: string): boolean {
  return /^(?:[\w./@%+=:,-]|\$\w|\$\{\w+\})+$/.test(word);
}
