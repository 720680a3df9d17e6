/**
 * Compiles the tables of data/ into the advisory database that ships with the product. As a program: `node scripts/build-advisories.ts [FILE]`, default dist/advisories.db.
 * The same tables give the same bytes: the date that the database states is the one that the tables state.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeAdvisoryStore } from '../src/advisories/store/build-store.ts';
import type { AdvisoryRecord, VulnerabilityDetail } from '../src/advisories/store/record.ts';
import { toAdvisoryId } from '../src/foundation/model/brand.ts';
import { isSeverity } from '../src/foundation/model/severity.ts';

/** A table of data/: tab-separated, one record a line, sorted; `meta` are its `# name: value` lines. */
export interface StarterTable {
  readonly meta: ReadonlyMap<string, string>;
  readonly rows: readonly (readonly string[])[];
}

/** What ships may not be larger. */
export const MAX_STARTER_STORE_BYTES = 1_000_000;
/** Joins values within a cell; a range may hold commas and bars itself. */
export const CELL_SEPARATOR = ' ; ';

const root = path.join(import.meta.dirname, '..');

/** Returns the database compiled from data/*.tsv. @throws Error when a table is not as its header says, or the result is too large to ship */
export function buildStarterStore(directory: string = path.join(root, 'data')): Uint8Array {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.tsv'))
    .sort();
  const bytes = compileTables(names.map((name) => parseTable(name, readFileSync(path.join(directory, name), 'utf8'))));
  if (bytes.length > MAX_STARTER_STORE_BYTES)
    throw new Error(`the starter set is ${bytes.length} bytes, more than the ${MAX_STARTER_STORE_BYTES} that ship`);
  return bytes;
}

/** Returns the database that tables make together, dated by the newest `as-of` among them. */
export function compileTables(tables: readonly StarterTable[]): Uint8Array {
  const newest =
    tables
      .map(({ meta }) => meta.get('as-of') ?? '')
      .sort()
      .at(-1) ?? '';
  return writeAdvisoryStore(tables.flatMap(toRecords), {
    source: `starter set${describeAges(tables)}`,
    builtAt: `${newest}T00:00:00.000Z`,
    full: false,
  });
}

const names: Readonly<Record<string, string>> = { alpine: 'Alpine', debian: 'Debian', npm: 'npm', pip: 'PyPI', ubuntu: 'Ubuntu' };

/** Sources end on different days; who reads a report must not take the newest for all of them. */
function describeAges(tables: readonly StarterTable[]): string {
  const newest = new Map<string, string>();
  for (const { meta } of tables) {
    const platform = /^[a-z]+/.exec(meta.get('bucket') ?? '')?.[0];
    const day = meta.get('newest');
    if (platform !== undefined && day !== undefined && day > (newest.get(platform) ?? '')) newest.set(platform, day);
  }
  return newest.size === 0 ? '' : ` (${[...newest].map(([platform, day]) => `${names[platform] ?? platform} to ${day}`).join(', ')})`;
}

export function parseTable(name: string, text: string): StarterTable {
  const lines = text.split('\n').filter((line) => line !== '');
  const meta = new Map(lines.flatMap((line) => [...line.matchAll(/^# ([a-z-]+): (.*)$/g)].map(([, key = '', value = '']) => [key, value] as const)));
  const [header = '', ...records] = lines.filter((line) => !line.startsWith('#'));
  const width = header.split('\t').length;
  const rows = records.map((line) => line.split('\t'));
  const odd = rows.findIndex((row) => row.length !== width);
  if (odd >= 0 || meta.get('as-of') === undefined)
    throw new Error(`data/${name}: ${odd >= 0 ? `record ${odd + 1} has not ${width} columns` : 'no "# as-of:" line'}`);
  return { meta, rows };
}

/** Returns the text of a table; rows are sorted, so that a new edition is a readable difference. */
export function formatTable(meta: ReadonlyMap<string, string>, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = [...meta].map(([key, value]) => `# ${key}: ${value}`);
  return `${[...head, columns.join('\t'), ...rows.map((row) => row.join('\t')).sort()].join('\n')}\n`;
}

function toRecords({ meta, rows }: StarterTable): AdvisoryRecord[] {
  const bucket = meta.get('bucket');
  if (bucket === undefined) return rows.map(toVulnerability);
  return rows.map((row) => (bucket.includes('::') ? toLanguageRecord(bucket, row) : toSystemRecord(bucket, row)));
}

function toSystemRecord(bucket: string, [packageName = '', id = '', fixedVersion = '', vendorIds = '']: readonly string[]): AdvisoryRecord {
  return { kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory: { fixedVersion, ...cellList('vendorIds', vendorIds) } };
}

function toLanguageRecord(
  bucket: string,
  [packageName = '', id = '', vulnerable = '', patched = '', aliases = '']: readonly string[],
): AdvisoryRecord {
  const advisory = { ...cellList('vulnerableVersions', vulnerable), ...cellList('patchedVersions', patched), ...cellList('vendorIds', aliases) };
  return { kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory };
}

function toVulnerability([
  id = '',
  cvssVector = '',
  source = '',
  ubuntu = '',
  kevAddedAt = '',
  probability = '',
  percentile = '',
]: readonly string[]): AdvisoryRecord {
  const detail: VulnerabilityDetail = {
    ...(cvssVector !== '' && { ratings: [{ cvssVector, source }] }),
    ...(isSeverity(ubuntu) && { vendorSeverities: { ubuntu } }),
    ...(kevAddedAt !== '' && { kevAddedAt }),
    ...(probability !== '' && { epss: { probability: Number(probability), percentile: Number(percentile) } }),
  };
  return { kind: 'vulnerability', id: toAdvisoryId(id), detail };
}

function cellList<Name extends string>(name: Name, cell: string): Partial<Record<Name, readonly string[]>> {
  return cell === '' ? {} : ({ [name]: cell.split(CELL_SEPARATOR) } as unknown as Partial<Record<Name, readonly string[]>>);
}

if (import.meta.main) {
  const target = path.resolve(process.argv[2] ?? path.join(root, 'dist', 'advisories.db'));
  const bytes = buildStarterStore();
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  console.error(`${target}: ${bytes.length} bytes`);
}
