import { matchGitignore, parseGitignore, type IgnorePattern } from '../../foundation/formats/gitignore.ts';
import type { Finding } from '../../foundation/model/finding.ts';
import type { IgnoredBy } from '../../foundation/model/report.ts';
import { idsOf, type IgnoreEntry } from './exception.ts';
import { coversPurl, parsePurl } from './match-name.ts';

/** Returns a function that tells whether an entry speaks of a finding: all that it names must hold. */
export function toIgnoreTest({ id, package: named, path }: IgnoreEntry): (finding: Finding) => boolean {
  const wantedId = id?.trim().toLowerCase();
  const isPackage = named === undefined ? undefined : toPackageTest(named.trim());
  const patterns = path === undefined ? undefined : parseGitignore(toPattern(path));
  return (finding) =>
    (wantedId !== undefined || isPackage !== undefined || patterns !== undefined) &&
    (wantedId === undefined || idsOf(finding).includes(wantedId)) &&
    (isPackage === undefined || isPackage(finding)) &&
    (patterns === undefined || (finding.location.path !== undefined && coversPath(patterns, finding.location.path)));
}

/** Returns what a report says of the entry. */
export function toIgnoredBy({ source, line, reason, expires }: IgnoreEntry): IgnoredBy {
  return { kind: 'configuration', source, line, reason, ...(expires !== undefined && { expires }) };
}

/** Returns what an entry is about, for messages. */
export function describeIgnore({ id, package: named, path }: IgnoreEntry): string {
  const parts = [id, named === undefined ? undefined : id === undefined ? named : `in ${named}`, path === undefined ? undefined : `at ${path}`];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** A package URL covers versions and qualifiers that it leaves out; else the name as the package manager has it, alone or behind its type: `lodash`, `npm:lodash`. */
function toPackageTest(named: string): (finding: Finding) => boolean {
  const wanted = parsePurl(named);
  if (wanted !== undefined) {
    return ({ package: installed }) => {
      const parts = installed === undefined ? undefined : parsePurl(installed.purl);
      return parts !== undefined && coversPurl(wanted, parts);
    };
  }
  return ({ package: installed }) => {
    if (installed === undefined) return false;
    return installed.name === named || named === `${installed.purl.slice('pkg:'.length).split('/', 1)[0] ?? ''}:${installed.name}`;
  };
}

/** Paths in an image begin at its root: what looks like a comment or an exception in a .gitignore file is a name here. */
function toPattern(path: string): string {
  return /^[#!]/.test(path) ? `\\${path}` : path;
}

/** A path below a folder that the pattern matches is covered too. */
function coversPath(patterns: readonly IgnorePattern[], path: string): boolean {
  const names = path.split('/');
  return names.some((_, index) => matchGitignore(patterns, names.slice(0, index + 1), index + 1 < names.length) === true);
}
