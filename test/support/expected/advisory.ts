import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sharedData } from '../shared-data.ts';

/**
 * What a publisher's own record says, read a second time: by a few lines that know only that publisher's format, and with the ecosystem's own order of versions. Nothing here imports from src, so that
 * what is found and what is expected can only agree by both being right.
 */
export interface ExpectedAdvisory {
  readonly packageName: string;
  /** Its CVEs, else its own id. */
  readonly ids: readonly string[];
  readonly affects: (version: string) => boolean;
  /** Every version that it names: where answers change. */
  readonly versions: readonly string[];
}

export interface PublishedFile {
  /** As in the archive: `./vulns/django/PYSEC-2021-1.yaml`. */
  readonly name: string;
  readonly text: string;
}

/** Returns the names of the files in an archive of the shared test data. */
export function listArchive(archive: string): readonly string[] {
  return execFileSync('tar', ['-tJf', absolute(archive)], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    .split('\n')
    .filter((name) => name !== '' && !name.endsWith('/'));
}

/** Unpacks files of an archive into a folder, and returns them. */
export function readArchive(archive: string, names: readonly string[], folder: string): readonly PublishedFile[] {
  execFileSync('tar', ['-xJf', absolute(archive), '-C', folder, '-T', '-'], { input: names.join('\n'), maxBuffer: 2 ** 28 });
  return names.map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

function absolute(archive: string): string {
  const found = sharedData(archive);
  if (found === undefined) throw new Error(`${archive} is not on this machine`);
  return found;
}

/** Returns the names of a few packages with many files: those with the most, but not with so many that the rest would not be heard. */
export function chooseMany<T>(
  items: readonly T[],
  groupOf: (item: T) => string | undefined,
  { groups = 30, most = 30 } = {},
): ReadonlyMap<string, readonly T[]> {
  const all = new Map<string, T[]>();
  for (const item of items) {
    const group = groupOf(item);
    if (group === undefined) continue;
    const members = all.get(group) ?? [];
    all.set(group, members);
    members.push(item);
  }
  const chosen = [...all].filter(([, members]) => members.length <= most).sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  return new Map(chosen.slice(0, groups));
}

/** One event of a range in the OSV schema. */
export type OsvEvent = Readonly<Partial<Record<'introduced' | 'fixed' | 'last_affected' | 'limit', string>>>;

/** Returns whether a version is affected by the events of a range, as the schema's page evaluates them. @see https://ossf.github.io/osv-schema/#evaluation */
export function isInEvents(version: string, events: readonly OsvEvent[], compare: (a: string, b: string) => number): boolean {
  const place = (event: OsvEvent): string => event.introduced ?? event.fixed ?? event.last_affected ?? '';
  const isStart = (event: OsvEvent): boolean => event.introduced === '0';
  const limits = events.flatMap(({ limit }) => limit ?? []);
  if (limits.length > 0 && !limits.some((limit) => compare(version, limit) < 0)) return false;
  const sorted = events.toSorted((a, b) => Number(isStart(b)) - Number(isStart(a)) || compare(place(a), place(b)));
  let isIn = false;
  for (const event of sorted) {
    if (event.introduced !== undefined && (isStart(event) || compare(version, event.introduced) >= 0)) isIn = true;
    else if (event.fixed !== undefined && compare(version, event.fixed) >= 0) isIn = false;
    else if (event.last_affected !== undefined && compare(version, event.last_affected) > 0) isIn = false;
  }
  return isIn;
}

interface OsvDocument {
  readonly id: string;
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  readonly upstream?: readonly string[];
  readonly affected?: readonly {
    readonly package: { readonly ecosystem: string; readonly name: string };
    readonly ranges?: readonly { readonly type: string; readonly events: readonly OsvEvent[] }[];
    readonly versions?: readonly string[];
    readonly database_specific?: { readonly last_known_affected_version_range?: string };
    readonly ecosystem_specific?: { readonly imports?: readonly { readonly goos?: readonly string[] }[] };
  }[];
}

/** Returns what a document in the OSV schema says of each package, of one ecosystem where that is given. What one range calls fixed and another affected is affected. */
export function readOsv(value: unknown, compare: (a: string, b: string) => number, ecosystem?: string): readonly ExpectedAdvisory[] {
  const document = value as OsvDocument;
  if (document.withdrawn !== undefined) return [];
  const cves = [document.id, ...(document.aliases ?? []), ...(document.upstream ?? [])].filter((id) => id.startsWith('CVE-'));
  const affected = (document.affected ?? []).filter((one) => isOnLinux(one) && (ecosystem === undefined || one.package.ecosystem === ecosystem));
  return [...new Set(affected.map((one) => one.package.name))].map((packageName) => {
    const own = affected.filter((one) => one.package.name === packageName);
    const listed = own.flatMap((one) => one.versions ?? []);
    const ranges = own.flatMap(rangesOf);
    const events = ranges.flatMap((range) => range.events);
    const versions = [...listed, ...events.flatMap((event) => Object.values(event))].filter((version) => version !== '0');
    return {
      packageName,
      ids: cves.length > 0 ? [...new Set(cves)] : [document.id],
      affects: (version) => listed.some((one) => compare(one, version) === 0) || ranges.some((range) => isInEvents(version, range.events, compare)),
      versions,
    };
  });
}

type Affected = NonNullable<OsvDocument['affected']>[number];

/** GitHub keeps the end of some open ranges beside them. */
function rangesOf({ ranges = [], database_specific: specific }: Affected): readonly { readonly events: readonly OsvEvent[] }[] {
  const [, operator, version] = /^(<=?)\s*(\S+)$/.exec(specific?.last_known_affected_version_range ?? '') ?? [];
  const end: OsvEvent | undefined = version === undefined ? undefined : operator === '<' ? { limit: version } : { last_affected: version };
  return ranges
    .filter(({ type }) => type !== 'GIT')
    .map(({ events }) => ({
      events: end === undefined || events.some(({ fixed, last_affected }) => (fixed ?? last_affected) !== undefined) ? events : [...events, end],
    }));
}

/** Go names the systems of each package that is affected. */
function isOnLinux({ ecosystem_specific: specific }: Affected): boolean {
  const imports = specific?.imports ?? [];
  return imports.length === 0 || imports.some(({ goos = [] }) => goos.length === 0 || goos.includes('linux'));
}
