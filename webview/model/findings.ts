import { compareBy } from '../../src/foundation/base/order.ts';
import type { Comparator } from '../../src/foundation/base/order.ts';
import { findingCategories } from '../../src/foundation/model/finding.ts';
import type { Finding, FindingCategory } from '../../src/foundation/model/finding.ts';
import type { IgnoredBy, ScanReport } from '../../src/foundation/model/report.ts';
import { severities, severityRank } from '../../src/foundation/model/severity.ts';
import type { Severity } from '../../src/foundation/model/severity.ts';

export const findingColumns = ['severity', 'id', 'package', 'installed', 'fixed', 'category', 'layer', 'kev'] as const;
export type FindingColumn = (typeof findingColumns)[number];

export const findingGroupings = ['none', 'package', 'layer', 'category', 'fix'] as const;
export type FindingGrouping = (typeof findingGroupings)[number];

export interface FindingSort {
  readonly column: FindingColumn;
  readonly descending: boolean;
}

/** What the user asked to see. An empty list of a facet means no restriction. */
export interface FindingFilter {
  /** Words that all have to occur, in any order. */
  readonly text: string;
  readonly severities: readonly Severity[];
  readonly categories: readonly FindingCategory[];
  readonly fixableOnly: boolean;
  readonly kevOnly: boolean;
  /** Only what the registry's policy blocks on. */
  readonly blockingOnly: boolean;
  /** What somebody says can be ignored, instead of the rest: the two are never shown together. */
  readonly ignoredOnly: boolean;
  /** Index of the one layer to show. */
  readonly layer?: number;
  /** purl of the one package to show. */
  readonly purl?: string;
}

/** One finding as a list shows it. `index` is its place in ScanReport.findings, that of an ignored one in ScanReport.ignored behind them, and its name within this page. */
export interface FindingRow {
  readonly index: number;
  /** Names the finding across scans of the same image. */
  readonly identity: string;
  readonly finding: Finding;
  readonly fixable: boolean;
  readonly blocking: boolean;
  readonly allowlisted: boolean;
  /** Who says that it can be ignored; undefined when nobody does. */
  readonly ignoredBy?: IgnoredBy;
  /** Lower case; what the text filter looks into. */
  readonly haystack: string;
}

export interface Facets {
  readonly severities: Readonly<Record<Severity, number>>;
  readonly categories: Readonly<Record<FindingCategory, number>>;
  readonly fixable: number;
  readonly kev: number;
  readonly ignored: number;
}

/** A list with its group headings in place. `key` is unique among all of them. */
export type FindingItem =
  | { readonly kind: 'finding'; readonly key: string; readonly row: FindingRow }
  | {
      readonly kind: 'group';
      readonly key: string;
      /** What the members share: a purl, a layer's number, a category, a command. Undefined: they have none. */
      readonly value: string | undefined;
      readonly rows: readonly FindingRow[];
      readonly expanded: boolean;
    };

export const noFilter: FindingFilter = {
  text: '',
  severities: [],
  categories: [],
  fixableOnly: false,
  kevOnly: false,
  blockingOnly: false,
  ignoredOnly: false,
};
export const defaultSort: FindingSort = { column: 'severity', descending: false };

/** Returns a row for each finding, in the report's order, those that are ignored last. */
export function toFindingRows(report: ScanReport, blocking: readonly string[], allowlisted: readonly string[]): readonly FindingRow[] {
  const blockingIds = new Set(blocking);
  const allowlistedIds = new Set(allowlisted);
  const identities = uniqueNames();
  const all: readonly { readonly finding: Finding; readonly by?: IgnoredBy }[] = [
    ...report.findings.map((finding) => ({ finding })),
    ...(report.ignored ?? []),
  ];
  return all.map(({ finding, by }, index) => ({
    index,
    identity: identities(identityOf(finding)),
    finding,
    fixable: isFixable(finding),
    blocking: blockingIds.has(finding.id),
    allowlisted: allowlistedIds.has(finding.id),
    ...(by === undefined ? {} : { ignoredBy: by }),
    haystack: toHaystack(finding, by),
  }));
}

/** True when something can be done now: a fixed version, or a command or an edit to apply. */
function isFixable(finding: Finding): boolean {
  return finding.package?.fixedVersion !== undefined || finding.remediation.some((item) => item.kind !== 'manual');
}

/** Longest part of each field that the filter looks into: fields of a hostile image may be megabytes. */
const MAX_HAYSTACK_FIELD = 1024;

/** Most other names of a finding that the filter looks into. */
const MAX_HAYSTACK_ALIASES = 50;

function toHaystack(finding: Finding, by: IgnoredBy | undefined): string {
  const { id, title, package: installed, location, aliases = [] } = finding;
  const names = [id, title, installed?.name, installed?.purl, installed?.installedVersion, location.path];
  const fields = [...names, ...aliases.slice(0, MAX_HAYSTACK_ALIASES), by?.source, by?.reason];
  return fields
    .filter((field) => field !== undefined)
    .map((field) => field.slice(0, MAX_HAYSTACK_FIELD))
    .join('\n')
    .toLowerCase();
}

/** Returns the rows that pass every part of the filter, in their order. */
export function filterFindings(rows: readonly FindingRow[], filter: FindingFilter): readonly FindingRow[] {
  const tests = testsOf(filter);
  return rows.filter((row) => Object.values(tests).every((test) => test(row)));
}

/** Returns how many rows each choice of a facet would show, all other parts of the filter being as they are. */
export function countFacets(rows: readonly FindingRow[], filter: FindingFilter): Facets {
  const tests = testsOf(filter);
  const bySeverity = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  const byCategory = Object.fromEntries(findingCategories.map((category) => [category, 0])) as Record<FindingCategory, number>;
  let fixable = 0;
  let kev = 0;
  let ignored = 0;
  for (const row of rows) {
    if (!tests.rest(row)) continue;
    if (row.ignoredBy !== undefined && tests.severity(row) && tests.category(row) && tests.fixable(row) && tests.kev(row)) ignored += 1;
    if (!tests.ignored(row)) continue;
    const severity = tests.severity(row);
    const category = tests.category(row);
    const canFix = tests.fixable(row);
    const isKev = tests.kev(row);
    if (category && canFix && isKev) bySeverity[row.finding.severity] += 1;
    if (severity && canFix && isKev) byCategory[row.finding.category] += 1;
    if (severity && category && isKev && row.fixable) fixable += 1;
    if (severity && category && canFix && row.finding.kev === true) kev += 1;
  }
  return { severities: bySeverity, categories: byCategory, fixable, kev, ignored };
}

type Test = (row: FindingRow) => boolean;

function testsOf(filter: FindingFilter): Record<'severity' | 'category' | 'fixable' | 'kev' | 'ignored' | 'rest', Test> {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const wantedSeverities = new Set(filter.severities);
  const wantedCategories = new Set(filter.categories);
  return {
    severity: (row) => wantedSeverities.size === 0 || wantedSeverities.has(row.finding.severity),
    category: (row) => wantedCategories.size === 0 || wantedCategories.has(row.finding.category),
    fixable: (row) => !filter.fixableOnly || row.fixable,
    kev: (row) => !filter.kevOnly || row.finding.kev === true,
    // A registry does not heed what is ignored here: of what blocks nothing is hidden.
    ignored: (row) => filter.blockingOnly || filter.ignoredOnly === (row.ignoredBy !== undefined),
    rest: (row) =>
      (!filter.blockingOnly || row.blocking) &&
      (filter.layer === undefined || row.finding.location.layer === filter.layer) &&
      (filter.purl === undefined || row.finding.package?.purl === filter.purl) &&
      words.every((word) => row.haystack.includes(word)),
  };
}

/** True when anything is filtered out that could be shown. */
export function isFiltering(filter: FindingFilter): boolean {
  return (
    filter.text.trim() !== '' ||
    filter.severities.length > 0 ||
    filter.categories.length > 0 ||
    filter.fixableOnly ||
    filter.kevOnly ||
    filter.blockingOnly ||
    filter.ignoredOnly ||
    filter.layer !== undefined ||
    filter.purl !== undefined
  );
}

/** Returns the rows in the order asked for; equal ones stay in the report's order, and rows without a value come last either way. */
export function sortFindings(rows: readonly FindingRow[], sort: FindingSort): readonly FindingRow[] {
  return [...rows].sort(compareBy(comparatorOf(sort), (a, b) => a.index - b.index));
}

// One collator for all: making one costs more than a comparison. Numeric, so that CVE-2024-9 comes before CVE-2024-10.
const collator = new Intl.Collator('en', { numeric: true });

function comparatorOf(sort: FindingSort): Comparator<FindingRow> {
  const value = valueOf(sort.column);
  const direction = sort.descending ? -1 : 1;
  return (a, b) => {
    const left = value(a);
    const right = value(b);
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return direction * (typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right)));
  };
}

/** Longest part of a text that takes part in sorting. */
const MAX_SORT_TEXT = 256;

function valueOf(column: FindingColumn): (row: FindingRow) => string | number | undefined {
  switch (column) {
    case 'severity':
      return (row) => severityRank(row.finding.severity);
    case 'id':
      return (row) => row.finding.id.slice(0, MAX_SORT_TEXT);
    case 'package':
      return (row) => (row.finding.package?.name ?? row.finding.location.path)?.slice(0, MAX_SORT_TEXT);
    case 'installed':
      return (row) => row.finding.package?.installedVersion.slice(0, MAX_SORT_TEXT);
    case 'fixed':
      return (row) => row.finding.package?.fixedVersion?.slice(0, MAX_SORT_TEXT);
    case 'category':
      return (row) => findingCategories.indexOf(row.finding.category);
    case 'layer':
      return (row) => row.finding.location.layer;
    case 'kev':
      return (row) => (row.finding.kev === true ? 0 : 1);
  }
}

/** Returns the rows under headings, the groups in the order of their first row (so the sort of rows orders the groups too), those without a value last. Members of `collapsed` groups are left out. */
export function groupFindings(rows: readonly FindingRow[], grouping: FindingGrouping, collapsed: ReadonlySet<string>): readonly FindingItem[] {
  if (grouping === 'none') return rows.map(toItem);
  const groups = new Map<string | undefined, FindingRow[]>();
  for (const row of rows) {
    const value = groupValueOf(row.finding, grouping);
    const members = groups.get(value);
    if (members === undefined) groups.set(value, [row]);
    else members.push(row);
  }
  const ordered = [...groups].sort(([a], [b]) => Number(a === undefined) - Number(b === undefined));
  return ordered.flatMap(([value, members]): readonly FindingItem[] => {
    const key = groupKey(grouping, value);
    const expanded = !collapsed.has(key);
    return [{ kind: 'group', key, value, rows: members, expanded }, ...(expanded ? members.map(toItem) : [])];
  });
}

function toItem(row: FindingRow): FindingItem {
  return { kind: 'finding', key: `finding:${row.index}`, row };
}

function groupKey(grouping: FindingGrouping, value: string | undefined): string {
  return value === undefined ? `group:${grouping}` : `group:${grouping}:${value}`;
}

function groupValueOf(finding: Finding, grouping: Exclude<FindingGrouping, 'none'>): string | undefined {
  switch (grouping) {
    case 'package':
      return finding.package?.purl;
    case 'layer':
      return finding.location.layer?.toString();
    case 'category':
      return finding.category;
    case 'fix':
      return finding.remediation.find((item) => item.kind !== 'manual')?.text;
  }
}

/** Returns a function that gives each name back as it is the first time, and numbered from then on. */
export function uniqueNames(): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}#${times}`;
  };
}

/** Returns what names a finding across scans of the same image: the page keeps its selection by it. */
export function identityOf(finding: Finding): string {
  const { layer, path, line } = finding.location;
  return [finding.id, finding.package?.purl, layer, path, line].map((part) => String(part ?? '').slice(0, MAX_SORT_TEXT)).join('|');
}
