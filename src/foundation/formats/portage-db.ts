/**
 * Names and file lists of Portage's database of installed packages.
 *
 * @see https://projects.gentoo.org/pms/8/pms.html#version-specifications
 */
import { linesOf } from './lines.ts';

/** A version begins with a digit after a hyphen and has no hyphen but before its revision. */
const NAME_AND_VERSION = /^([A-Za-z0-9_][\w+-]*?)-(\d[^-]*(?:-r\d+)?)$/;
const CATEGORY = /^[A-Za-z0-9_][\w+.-]*$/;

/** Returns the package of the folder `openssl-3.0.13-r2` in the folder `dev-libs`, named `dev-libs/openssl`; undefined when they are no such names. */
export function parsePortagePackage(category: string, folder: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = NAME_AND_VERSION.exec(folder) ?? [];
  return name === undefined || version === undefined || !CATEGORY.test(category) ? undefined : { name: `${category}/${name}`, version };
}

/** Yields the paths of the files and links in CONTENTS: `obj PATH MD5 TIME`, `sym PATH -> TARGET TIME`. Paths may have spaces in them. */
export function* listPortageFiles(contents: string): Generator<string, void, undefined> {
  for (const line of linesOf(contents)) {
    if (line.startsWith('sym ')) {
      const arrow = line.indexOf(' -> ');
      if (arrow > 0) yield line.slice(4, arrow);
    } else if (line.startsWith('obj ')) {
      const time = line.lastIndexOf(' ');
      const checksum = line.lastIndexOf(' ', time - 1);
      if (checksum > 4) yield line.slice(4, checksum);
    }
  }
}
