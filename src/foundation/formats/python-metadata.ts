/**
 * The metadata of an installed Python distribution: an e-mail header of `Name: value` lines, ended by an empty line and the description.
 *
 * @see https://packaging.python.org/en/latest/specifications/core-metadata/
 */
import { parseDeb822 } from './deb822.ts';
import { linesOf } from './lines.ts';
import { toRequirementNames } from './python-requirements.ts';

export interface PythonMetadata {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  /** Names of the distributions it needs, extras aside. */
  readonly dependencies?: readonly string[];
}

const FIELDS = new Set(['name', 'version', 'license', 'license-expression']);
const REQUIRES = 'Requires-Dist:';
/** A header: what comes after the first empty line is prose of any kind. */
const END_OF_HEADER = /\r?\n\r?\n/;

/** Returns what the header of METADATA or PKG-INFO says. */
export function parsePythonMetadata(text: string): PythonMetadata {
  const end = text.search(END_OF_HEADER);
  const header = end < 0 ? text : text.slice(0, end);
  const fields = parseDeb822(header, FIELDS).value[0]?.fields;
  const name = fields?.get('name');
  const version = fields?.get('version');
  // Some projects put the whole licence text here, and some the word UNKNOWN.
  const license = fields?.get('license-expression') ?? fields?.get('license');
  const isName = license !== undefined && license !== '' && license !== 'UNKNOWN' && !license.includes('\n') && license.length <= 100;
  const dependencies = toRequirementNames(requirementsOf(header));
  return { ...(name && { name }), ...(version && { version }), ...(isName && { license }), ...(dependencies.length > 0 && { dependencies }) };
}

/** The values of a field that is there once for each. */
function requirementsOf(header: string): readonly string[] {
  const requirements: string[] = [];
  for (const line of linesOf(header)) if (line.startsWith(REQUIRES)) requirements.push(line.slice(REQUIRES.length));
  return requirements;
}

/** Returns a distribution's name in the form that indexes and advisories use. @see PEP 503 */
export function normalisePythonName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
