import type { InstalledPackage } from '../../src/foundation/model/package.ts';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { severityRank } from '../../src/foundation/model/severity.ts';
import type { Severity } from '../../src/foundation/model/severity.ts';
import { uniqueNames } from './findings.ts';

/** One package as the list shows it. `index` is its place in ScanReport.packages. */
export interface PackageRow {
  readonly index: number;
  /** Names the package across scans of the same image: one purl may be installed at several places. */
  readonly identity: string;
  readonly item: InstalledPackage;
  /** Findings that name its purl. */
  readonly findings: number;
  readonly worst: Severity | undefined;
  readonly haystack: string;
}

export const packageColumns = ['name', 'version', 'type', 'purl', 'layer', 'findings'] as const;
export type PackageColumn = (typeof packageColumns)[number];

export interface PackageFilter {
  readonly text: string;
  readonly layer?: number;
}

const MAX_TEXT = 1024;

/** Returns a row for each package, in the report's order. */
export function toPackageRows(report: ScanReport): readonly PackageRow[] {
  const found = new Map<string, { count: number; worst: Severity }>();
  for (const finding of report.findings) {
    const purl = finding.package?.purl;
    if (purl === undefined) continue;
    const known = found.get(purl);
    if (known === undefined) {
      found.set(purl, { count: 1, worst: finding.severity });
      continue;
    }
    known.count += 1;
    if (severityRank(finding.severity) < severityRank(known.worst)) known.worst = finding.severity;
  }
  const identities = uniqueNames();
  return report.packages.map((item, index) => ({
    index,
    identity: identities(`${item.purl.slice(0, MAX_TEXT)}|${item.layer}|${item.files[0]?.slice(0, MAX_TEXT) ?? ''}`),
    item,
    findings: found.get(item.purl)?.count ?? 0,
    worst: found.get(item.purl)?.worst,
    haystack: `${item.name.slice(0, MAX_TEXT)}\n${item.version.slice(0, MAX_TEXT)}\n${item.purl.slice(0, MAX_TEXT)}`.toLowerCase(),
  }));
}

export function filterPackages(rows: readonly PackageRow[], filter: PackageFilter): readonly PackageRow[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => (filter.layer === undefined || row.item.layer === filter.layer) && words.every((word) => row.haystack.includes(word)));
}

const collator = new Intl.Collator('en', { numeric: true });

/** Returns the rows in the order asked for; equal ones stay in the report's order. */
export function sortPackages(rows: readonly PackageRow[], column: PackageColumn, descending: boolean): readonly PackageRow[] {
  const value = packageValueOf(column);
  const direction = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const left = value(a);
    const right = value(b);
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right));
    return order === 0 ? a.index - b.index : direction * order;
  });
}

const MAX_SORT_TEXT = 256;

function packageValueOf(column: PackageColumn): (row: PackageRow) => number | string {
  switch (column) {
    case 'name':
      return (row) => row.item.name.slice(0, MAX_SORT_TEXT);
    case 'version':
      return (row) => row.item.version.slice(0, MAX_SORT_TEXT);
    case 'type':
      return (row) => row.item.type;
    case 'purl':
      return (row) => row.item.purl.slice(0, MAX_SORT_TEXT);
    case 'layer':
      return (row) => row.item.layer;
    case 'findings':
      return (row) => row.findings;
  }
}
