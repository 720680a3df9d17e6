/**
 * apk's database of installed packages: blocks of `X:value` lines, X one letter, divided by empty lines. `F:` names a folder, the `R:` lines after it files in it.
 *
 * @see https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database
 */
import type { ParseProblem, Parsed } from '../base/result.ts';

export interface ApkPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** The package it was built from. */
  readonly origin?: string;
  readonly license?: string;
}

export interface ApkDatabase {
  readonly packages: readonly ApkPackage[];
  /** Paths of all files of all packages, those at the root with a leading slash. */
  readonly files: readonly string[];
}

/** Returns the packages and files of an installed database. */
export function parseApkDatabase(text: string): Parsed<ApkDatabase> {
  const packages: ApkPackage[] = [];
  const files: string[] = [];
  const problems: ParseProblem[] = [];
  let block: Partial<Record<string, string>> = {};
  let blockLine = 1;
  let folder = '';
  let line = 0;

  function endBlock(): void {
    const { P: name, V: version, A: architecture, o: origin, L: license } = block;
    const isEmpty = Object.keys(block).length === 0;
    block = {};
    folder = '';
    if (isEmpty) return;
    if (!name || !version) {
      problems.push({ message: `a package has no ${name ? 'version' : 'name'}`, line: blockLine });
      return;
    }
    packages.push({ name, version, ...(architecture && { architecture }), ...(origin && { origin }), ...(license && { license }) });
  }

  for (let start = 0; start < text.length;) {
    line++;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end === start) endBlock();
    else if (text[start + 1] !== ':') problems.push({ message: 'a line has no field letter', line });
    else {
      const letter = text[start] ?? '';
      switch (letter) {
        case 'P':
        case 'V':
        case 'A':
        case 'o':
        case 'L':
          if (Object.keys(block).length === 0) blockLine = line;
          block[letter] = text.slice(start + 2, end);
          break;
        case 'F':
          folder = text.slice(start + 2, end);
          break;
        case 'R':
          files.push(`${folder}/${text.slice(start + 2, end)}`);
          break;
        default:
          break;
      }
    }
    // apk ends every line, and every package with an empty one.
    if (newline < 0) problems.push({ message: 'the file ends inside a line: it is cut short', line });
    start = end + 1;
  }
  endBlock();
  return { value: { packages, files }, problems };
}
