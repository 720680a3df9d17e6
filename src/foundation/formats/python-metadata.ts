/**
 * The metadata of an installed Python distribution: an e-mail header of `Name: value` lines, ended by an empty line and the description.
 *
 * @see https://packaging.python.org/en/latest/specifications/core-metadata/
 */
import { parseDeb822 } from './deb822.ts';

export interface PythonMetadata {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

const FIELDS = new Set(['name', 'version', 'license', 'license-expression']);
/** A header: what comes after the first empty line is prose of any kind. */
const END_OF_HEADER = /\r?\n\r?\n/;

/** Returns what the header of METADATA or PKG-INFO says. */
export function parsePythonMetadata(text: string): PythonMetadata {
  const end = text.search(END_OF_HEADER);
  const fields = parseDeb822(end < 0 ? text : text.slice(0, end), FIELDS).value[0]?.fields;
  const name = fields?.get('name');
  const version = fields?.get('version');
  // Some projects put the whole licence text here, and some the word UNKNOWN.
  const license = fields?.get('license-expression') ?? fields?.get('license');
  const isName = license !== undefined && license !== '' && license !== 'UNKNOWN' && !license.includes('\n') && license.length <= 100;
  return { ...(name && { name }), ...(version && { version }), ...(isName && { license }) };
}

/** Returns a distribution's name in the form that indexes and advisories use. @see PEP 503 */
export function normalisePythonName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
