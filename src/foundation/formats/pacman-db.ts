/**
 * Files of pacman's local database: sections that begin with a line `%NAME%`, one value a line, and end with an empty line.
 *
 * @see https://man.archlinux.org/man/core/pacman/alpm.7
 */
import { MAX_RELATIONS } from '../base/limits.ts';
import { linesOf } from './lines.ts';

const HEADING = /^%([A-Z0-9]+)%$/;

/** Returns the values of the sections in `wanted`, at most MAX_RELATIONS of them. Of a section that is there twice, the first. */
export function parsePacmanSections(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  const seen = new Set<string>();
  let current = '';
  let left = MAX_RELATIONS;
  for (const [section, value] of readPacmanSections(text)) {
    if (value === undefined) {
      current = wanted.has(section) && !seen.has(section) ? section : '';
      seen.add(current);
    } else if (current !== '' && left-- > 0) {
      const values = sections.get(current);
      if (values === undefined) sections.set(current, [value]);
      else values.push(value);
    }
  }
  return sections;
}

/** Yields each section's name with every value in it, and before them once without one. */
export function* readPacmanSections(text: string): Generator<readonly [section: string, value: string | undefined], void, undefined> {
  let section: string | undefined;
  for (const line of linesOf(text)) {
    if (line === '') section = undefined;
    else if (section !== undefined) yield [section, line];
    else {
      section = HEADING.exec(line)?.[1];
      if (section !== undefined) yield [section, undefined];
    }
  }
}
