import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import { severityRank } from '../../../foundation/model/severity.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { readCsv } from '../csv.ts';
import { cveOf } from '../facts.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { piecesOf } from '../feed.ts';
import { dayOf, severityOfWord } from '../vendor-words.ts';
import { serverCoreBuild, updateOf, updatesIn } from '../windows-products.ts';

/**
 * Microsoft's updates as Windows Exploit Suggester gathers them: one table, a row for each product, flaw and update (KB), with what the update supersedes. Rows of products that are no Windows Server, and
 * Microsoft's guidance without a CVE, are passed over. Which build an update brings is not told, so that a flaw is fixed by an update or by what supersedes it.
 * @see https://github.com/bitsadmin/wesng
 */
export const feed: AdvisoryFeed = {
  id: 'wesng-msrc',
  source: { name: 'Microsoft Security Update Guide, by WES-NG', url: 'https://github.com/bitsadmin/wesng', licence: "Microsoft's data; facts only" },
  wants: (name) => /(?:^|\/)CVEs_\d{8}\.csv$/.test(name),
  *read(file) {
    const found = new Map<string, Fix>();
    const supersedes = new Map<string, Set<string>>();
    let columns: Columns | undefined;
    for (const { fields, line } of readCsv(piecesOf(file))) {
      if (columns === undefined) {
        columns = toColumns(fields);
        if (columns !== undefined) continue;
        yield { value: [], problems: [{ message: `${file.name}: not a table of updates: no columns ${columnNames.join(', ')}`, line }] };
        return;
      }
      const row = toRow(fields, columns);
      if (row === undefined) yield { value: [], problems: [{ message: `${file.name}: a row has too few columns`, line }] };
      else addRow(row, found, supersedes);
    }
    for (const [key, fix] of found) yield { value: toRecords(key, fix), problems: [] };
    for (const [key, older] of supersedes) yield { value: toSuperseded(key, older), problems: [] };
  },
};

const columnNames = ['DatePosted', 'CVE', 'BulletinKB', 'AffectedProduct', 'Severity', 'Supersedes'] as const;
type ColumnName = (typeof columnNames)[number];
type Columns = ReadonlyMap<ColumnName, number>;
type Row = Readonly<Record<ColumnName, string>>;

interface Fix {
  readonly updates: Set<string>;
  severity: Severity | undefined;
  day: string | undefined;
}

function toColumns(header: readonly string[]): Columns | undefined {
  const columns = new Map(columnNames.map((name) => [name, header.indexOf(name)] as const));
  return [...columns.values()].includes(-1) ? undefined : columns;
}

function toRow(fields: readonly string[], columns: Columns): Row | undefined {
  const cells = columnNames.map((name) => [name, fields[columns.get(name) ?? -1]] as const);
  return cells.some(([, cell]) => cell === undefined) ? undefined : (Object.fromEntries(cells) as Row);
}

/** Keys are a build with a flaw, and a build with an update: a space is in neither. */
function addRow(row: Row, found: Map<string, Fix>, supersedes: Map<string, Set<string>>): void {
  const build = serverCoreBuild(row.AffectedProduct);
  const update = updateOf(row.BulletinKB);
  const cve = cveOf(row.CVE.trim().toUpperCase());
  if (build === undefined) return;
  if (update !== undefined) {
    const older = supersedes.get(`${build} ${update}`) ?? new Set();
    for (const id of updatesIn(row.Supersedes)) if (id !== update) older.add(id);
    if (older.size > 0) supersedes.set(`${build} ${update}`, older);
  }
  if (cve === undefined) return;
  const fix = found.get(`${build} ${cve}`) ?? { updates: new Set(), severity: undefined, day: undefined };
  if (update !== undefined) fix.updates.add(update);
  fix.severity = worst(fix.severity, severityOfWord(row.Severity));
  fix.day = earliest(fix.day, dayOf(row.DatePosted));
  found.set(`${build} ${cve}`, fix);
}

function toRecords(key: string, { updates, severity, day }: Fix): readonly AdvisoryRecord[] {
  const [bucket, id] = splitKey(key);
  const vendorIds = [...updates].sort();
  const [fixedVersion] = vendorIds;
  return [
    {
      kind: 'affected',
      bucket,
      packageName: 'windows',
      id,
      advisory: fixedVersion === undefined ? { status: 'affected' } : { fixedVersion, vendorIds },
    },
    {
      kind: 'vulnerability',
      id,
      detail: { ...(severity !== undefined && { vendorSeverities: { msrc: severity } }), ...(day !== undefined && { publishedAt: day }) },
    },
  ];
}

/** The package is the newer update, its flaws are the older ones. */
function toSuperseded(key: string, older: ReadonlySet<string>): readonly AdvisoryRecord[] {
  const [bucket, packageName] = splitKey(key);
  return [...older].sort().map((id) => ({ kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory: {} }));
}

function splitKey(key: string): [bucket: string, name: AdvisoryId] {
  const space = key.indexOf(' ');
  return [`windows ${key.slice(0, space)}`, toAdvisoryId(key.slice(space + 1))];
}

function worst(a: Severity | undefined, b: Severity | undefined): Severity | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return severityRank(a) <= severityRank(b) ? a : b;
}

function earliest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a <= b ? a : b;
}
