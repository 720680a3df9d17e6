import { PackageURL } from 'packageurl-js';
import type { Parsed } from '../../foundation/base/result.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { AdvisoryRecord } from '../store/record.ts';
import type { JsonObject } from './documents.ts';
import { isObject, textOf } from './documents.ts';
import { factsIn, toFact, toId } from './facts.ts';
import { severityOfWord } from './vendor-words.ts';

/** Beginnings of the buckets of package URLs' types, and how a name is made of namespace and name. */
const types: ReadonlyMap<string, { readonly prefix: string; toName(namespace: string, name: string): string }> = new Map([
  ['bitnami', { prefix: 'bitnami', toName: lastPart }],
  ['cargo', { prefix: 'cargo', toName: lastPart }],
  ['cocoapods', { prefix: 'cocoapods', toName: (_, name) => name }],
  ['composer', { prefix: 'composer', toName: (namespace, name) => joinNames(namespace, name, '/').toLowerCase() }],
  ['conan', { prefix: 'conan', toName: lastPart }],
  ['cran', { prefix: 'cran', toName: (_, name) => name }],
  ['gem', { prefix: 'rubygems', toName: lastPart }],
  ['golang', { prefix: 'go', toName: (namespace, name) => joinNames(namespace, name, '/') }],
  ['hackage', { prefix: 'hackage', toName: (_, name) => name }],
  ['hex', { prefix: 'erlang', toName: lastPart }],
  ['julia', { prefix: 'julia', toName: (_, name) => name }],
  ['maven', { prefix: 'maven', toName: (namespace, name) => joinNames(namespace, name, ':').toLowerCase() }],
  ['npm', { prefix: 'npm', toName: (namespace, name) => joinNames(namespace, name, '/').toLowerCase() }],
  ['nuget', { prefix: 'nuget', toName: lastPart }],
  ['pub', { prefix: 'pub', toName: lastPart }],
  ['pypi', { prefix: 'pip', toName: (_, name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-') }],
  ['swift', { prefix: 'swift', toName: (namespace, name) => joinNames(namespace, name, '/').toLowerCase() }],
]);

function lastPart(_: string, name: string): string {
  return name.toLowerCase();
}

function joinNames(namespace: string, name: string, separator: string): string {
  return namespace === '' ? name : `${namespace}${separator}${name}`;
}

/** Returns whether a document is a list of packages that are not allowed. */
export function isDeniedList(document: JsonObject): boolean {
  return Array.isArray(document.deniedPackages);
}

/**
 * Yields a record for each package of a list `{ deniedPackages: [{ package, versions, reason, severity, id }] }`. `package` is a package URL without a version; `versions` is a range, or a list of versions,
 * and without it every version is denied; `severity` is high unless it says otherwise. A package of a distribution is denied by an advisory in the OSV schema, which names the release.
 */
export function* readDeniedPackages(file: string, document: JsonObject, database: string): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const entries = Array.isArray(document.deniedPackages) ? (document.deniedPackages as unknown[]) : [];
  for (const [index, entry] of entries.entries()) {
    const found = isObject(entry) ? toRecords(entry, database) : 'it is no entry';
    yield typeof found === 'string'
      ? { value: [], problems: [{ message: `${file}: deniedPackages[${index}]: ${found}` }] }
      : { value: found, problems: [] };
  }
}

function toRecords(entry: JsonObject, database: string): readonly AdvisoryRecord[] | string {
  const [text, reason] = [toFact(entry.package), textOf(entry.reason)?.trim()];
  if (text === undefined) return 'package is missing: write a package URL such as pkg:npm/left-pad';
  if (reason === undefined || reason === '') return `${text}: reason is missing: say why the package is not allowed`;
  const url = parseUrl(text);
  const type = types.get(url?.type ?? '');
  if (url === undefined || type === undefined) return `${text}: no package URL of a language's package; write an OSV record for a distribution's`;
  const vulnerableVersions = versionsOf(entry.versions);
  if (vulnerableVersions.length === 0) return `${text}: versions is neither a range nor a list of versions`;
  const packageName = type.toName(url.namespace ?? '', url.name);
  const id = toId(entry.id) ?? toAdvisoryId(`DENIED-${type.prefix}-${packageName}`);
  const severity = severityOfWord(textOf(entry.severity)) ?? 'high';
  return [
    { kind: 'affected', bucket: `${type.prefix}::${database}`, packageName, id, advisory: { vulnerableVersions, severity } },
    { kind: 'vulnerability', id, detail: { title: reason.slice(0, MAX_REASON_LENGTH), vendorSeverities: { company: severity } } },
  ];
}

const MAX_REASON_LENGTH = 1024;

function parseUrl(text: string): PackageURL | undefined {
  try {
    return PackageURL.fromString(text);
  } catch {
    return undefined;
  }
}

function versionsOf(versions: unknown): readonly string[] {
  if (versions === undefined) return ['*'];
  if (Array.isArray(versions)) return factsIn(versions).map((version) => `=${version}`);
  const range = toFact(versions);
  return range === undefined ? [] : [range];
}
