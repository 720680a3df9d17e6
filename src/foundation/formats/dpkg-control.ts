/**
 * What a stanza of dpkg's databases says of a package.
 *
 * @see deb-control(5), dpkg-query(1)
 */
import type { Deb822Stanza } from './deb822.ts';

export const DPKG_FIELDS: ReadonlySet<string> = new Set([
  'package',
  'status',
  'version',
  'architecture',
  'source',
  'pre-depends',
  'depends',
  'provides',
]);

export interface DpkgPackage {
  /** In lower case, as dpkg prints it. */
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** Absent when it equals the package itself. */
  readonly sourcePackage?: { readonly name: string; readonly version: string };
}

/** `name` or `name (version)`. */
const SOURCE = /^(\S+)(?:\s+\(([^()\s]+)\))?$/;

/** Returns the package of a stanza, or undefined when it has no name or no version. */
export function toDpkgPackage(stanza: Deb822Stanza): DpkgPackage | undefined {
  const name = stanza.fields.get('package')?.toLowerCase();
  const version = stanza.fields.get('version');
  if (!name || !version) return undefined;
  const architecture = stanza.fields.get('architecture');
  const [, sourceName = name, sourceVersion = version] = SOURCE.exec(stanza.fields.get('source') ?? '') ?? [];
  const isOwnSource = sourceName === name && sourceVersion === version;
  return {
    name,
    version,
    ...(architecture && { architecture }),
    ...(!isOwnSource && { sourcePackage: { name: sourceName, version: sourceVersion } }),
  };
}

/** Returns the last word of a Status field: `installed`, `config-files` …; `not-installed` when there is none, as dpkg takes it. */
export function toDpkgState(status: string | undefined): string {
  return status?.trim().split(/\s+/)[2] ?? 'not-installed';
}
