/**
 * apk's database of installed packages: blocks of `X:value` lines, X one letter, divided by empty lines. `F:` names a folder, the `R:` lines after it files in it.
 * Version 3 of apk, whose packages and indexes are of another format, still keeps this database as text.
 *
 * @see https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database
 */
import { MAX_DATABASE_PACKAGES } from '../base/limits.ts';
import type { Parsed } from '../base/result.ts';
import { linesOf } from './lines.ts';
import { ProblemList } from './problem-list.ts';

export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** The package it was built from. */
  readonly origin?: string;
  readonly license?: string;
  /** Relations to packages or to what they provide, a space between each, as written: `so:libc.musl-x86_64.so.1 busybox>=1.36 !conflicting`. */
  readonly depends?: string;
  readonly provides?: string;
  /** Of the recipe that it was built by, in the distribution's repository. */
  readonly commit?: string;
}

/** Letters of the fields that are read. */
const FIELDS = new Set(['P', 'V', 'A', 'o', 'L', 'D', 'p', 'c']);

/** Returns the packages of an installed database. That there are more than MAX_DATABASE_PACKAGES is a problem. */
export function parseApkDatabase(text: string): Parsed<readonly ApkPackage[]> {
  const packages: ApkPackage[] = [];
  const problems = new ProblemList();
  let block = new Map<string, string>();
  let blockLine = 1;
  let number = 0;

  function endBlock(): void {
    if (block.size === 0) return;
    const record = toPackage(block);
    if (record === undefined) problems.add({ message: `a package has no ${block.get('P') ? 'version' : 'name'}`, line: blockLine });
    else packages.push(record);
    block = new Map();
  }

  for (const line of linesOf(text)) {
    number++;
    if (packages.length >= MAX_DATABASE_PACKAGES) {
      problems.add({ message: `it has more than ${MAX_DATABASE_PACKAGES} packages; the rest is not read`, line: number });
      break;
    }
    const letter = line[0] ?? '';
    if (line === '') endBlock();
    else if (line[1] !== ':') problems.add({ message: 'a line has no field letter', line: number });
    else if (FIELDS.has(letter)) {
      if (block.size === 0) blockLine = number;
      block.set(letter, line.slice(2));
    }
  }
  endBlock();
  // apk ends every line, and every package with an empty one.
  if (text !== '' && !text.endsWith('\n')) problems.add({ message: 'the file ends inside a line: it is cut short', line: number });
  return { value: packages, problems: problems.list() };
}

/** Yields the paths of all files of all packages, those at the root with a leading slash, each with its package's name. */
export function* listApkFiles(text: string): Generator<readonly [file: string, name: string], void, undefined> {
  let folder = '';
  let name = '';
  for (const line of linesOf(text)) {
    if (line === '') folder = '';
    else if (line.startsWith('P:')) name = line.slice(2);
    else if (line.startsWith('F:')) folder = line.slice(2);
    else if (line.startsWith('R:')) yield [`${folder}/${line.slice(2)}`, name];
  }
}

function toPackage(block: ReadonlyMap<string, string>): ApkPackage | undefined {
  const name = block.get('P');
  const version = block.get('V');
  if (!name || !version) return undefined;
  const [architecture, origin, license, depends, provides, commit] = ['A', 'o', 'L', 'D', 'p', 'c'].map((letter) => block.get(letter));
  return {
    name,
    version,
    ...(architecture && { architecture }),
    ...(origin && { origin }),
    ...(license && { license }),
    ...(depends && { depends }),
    ...(provides && { provides }),
    ...(commit && { commit }),
  };
}
