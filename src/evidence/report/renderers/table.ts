import { compareText } from '../../../foundation/base/order.ts';
import { findingCategories, type Finding, type FindingCategory } from '../../../foundation/model/finding.ts';
import type { Problem } from '../../../foundation/model/problem.ts';
import type { ScanReport } from '../../../foundation/model/report.ts';
import { severityRank, type Severity } from '../../../foundation/model/severity.ts';
import { createPaint, severityStyle, type Paint } from '../paint.ts';
import type { ReportRenderer } from '../renderer.ts';
import { toPlainLine } from '../sanitize.ts';
import { padEnd, truncate, widthOf, wrap } from '../text-layout.ts';
import { explainFinding } from '../explain-finding.ts';
import { describeIgnoredBy } from '../vex-words.ts';
import { categoryNames, caveats, countBySeverity, distroName, imageName, platformName, statusNames } from '../wording.ts';

const DEFAULT_WIDTH = 120;
const MIN_WIDTH = 60;
/** Problems listed before the rest is only counted. */
const MAX_LISTED_PROBLEMS = 10;
const SEVERITY_COLUMN = 12;
/** A title cut shorter than this says nothing. */
const MIN_TITLE = 12;

/** For people at a terminal. Nothing from the image reaches it but as printable text. */
export const renderer: ReportRenderer = {
  id: 'table',
  mediaType: 'text/plain',
  render(report, options) {
    const page: Page = {
      paint: createPaint(options.color === true),
      width: Math.max(MIN_WIDTH, options.width ?? DEFAULT_WIDTH),
      verbose: options.verbose === true,
    };
    const sections = [
      renderHeader(report, page),
      ...findingCategories.map((category) => renderCategory(report, category, page)),
      renderIgnored(report.ignored ?? [], page),
      renderNotices(report.notices ?? [], page),
      renderProblems(report.problems, page),
      renderEnd(report, page),
    ];
    return `${sections
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
      .join('\n\n')}\n`;
  },
};

interface Page {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
}

function renderHeader(report: ScanReport, page: Page): readonly string[] {
  const { paint } = page;
  const { image, advisories, packages } = report;
  const facts = [platformName(report), distroName(report), count(image.layers.length, 'layer'), count(packages.length, 'package')];
  const built = advisories.builtAt === '' ? '' : `, built ${advisories.builtAt.slice(0, 10)}`;
  return [
    paint(toPlainLine(imageName(report)), 'bold'),
    toPlainLine(facts.filter((fact) => fact !== undefined).join(' · ')),
    ...(image.reference === undefined || image.digest === undefined ? [] : [paint(toPlainLine(image.digest), 'dim')]),
    paint(toPlainLine(`Advisories: ${advisories.source}${built}`), 'dim'),
    ...caveats(report).flatMap((caveat) => wrap(`! ${toPlainLine(caveat)}`, page.width).map((line) => paint(line, 'yellow', 'bold'))),
    '',
    renderCounts(report.findings, page),
  ];
}

function renderCounts(findings: readonly Finding[], { paint }: Page): string {
  const counts = [...countBySeverity(findings)].filter(([severity, number]) => number > 0 || severityRank(severity) <= severityRank('low'));
  return counts
    .map(([severity, number]) => paint(`${number} ${severity}`, ...(number === 0 ? (['dim'] as const) : severityStyle[severity])))
    .join('   ');
}

function renderCategory(report: ScanReport, category: FindingCategory, page: Page): readonly string[] {
  const findings = report.findings.filter((finding) => finding.category === category);
  if (findings.length === 0) return [];
  const title = `${categoryNames[category]} (${findings.length})`;
  const body =
    category === 'os-vulnerability' || category === 'application-vulnerability'
      ? renderPackages(findings, page)
      : renderPlaces(report, findings, page);
  return [page.paint(title, 'bold'), page.paint('─'.repeat(Math.min(page.width, widthOf(title))), 'dim'), ...body];
}

/** Vulnerabilities by package: what one command puts right stands together, the command under it. */
function renderPackages(findings: readonly Finding[], page: Page): readonly string[] {
  const groups = groupBy(findings, ({ package: installed, location }) => `${installed?.purl ?? ''}\0${location.path ?? ''}`);
  const sorted = [...groups.values()].toSorted((a, b) => worstOf(a) - worstOf(b) || b.length - a.length || compareText(nameOf(a), nameOf(b)));
  return sorted.flatMap((group, index) => [...(index === 0 ? [] : ['']), ...renderPackage(group, page)]);
}

function renderPackage(group: readonly Finding[], page: Page): readonly string[] {
  const { paint, width } = page;
  const first = group[0];
  const installed = first?.package;
  if (first === undefined || installed === undefined) return [];
  const path = first.category === 'application-vulnerability' && first.location.path !== undefined ? `  ${toPlainLine(first.location.path)}` : '';
  const head = `${paint(toPlainLine(installed.name), 'bold')} ${toPlainLine(installed.installedVersion)}${paint(path, 'dim')}`;
  const idWidth = Math.min(24, Math.max(...group.map(({ id }) => widthOf(toPlainLine(id)))));
  const fixWidth = Math.min(30, Math.max(...group.map((finding) => widthOf(fixOf(finding)))));
  const room = width - 2 - SEVERITY_COLUMN - idWidth - 2 - fixWidth - 2;
  const rows = group.flatMap((finding) => {
    const note = notesOf(finding).find((candidate) => widthOf(candidate) <= room) ?? '';
    const titleRoom = room - widthOf(note) - (note === '' ? 0 : 1);
    const title = titleRoom < MIN_TITLE ? '' : truncate(toPlainLine(withoutPackageName(finding)), titleRoom);
    const shownNote = note === '' ? '' : `${paint(note, finding.kev === true ? 'red' : 'dim')} `;
    const id = padEnd(truncate(toPlainLine(finding.id), idWidth), idWidth);
    const row = `  ${severityCell(finding.severity, page)}${id}  ${padEnd(truncate(fixOf(finding), fixWidth), fixWidth)}  ${shownNote}${title}`;
    return page.verbose ? [row, ...renderExplanation(finding, page)] : [row];
  });
  return [head, ...rows, ...renderFix(group, page)];
}

/** Why it was reported, and what everybody says of it, under its row. */
function renderExplanation(finding: Finding, { paint, width }: Page): readonly string[] {
  const indent = ' '.repeat(2 + SEVERITY_COLUMN);
  return explainFinding(finding).flatMap(([label, text]) =>
    wrap(`${label}: ${toPlainLine(text)}`, width - indent.length - 2).map(
      (line, index) => `${indent}${paint(`${index === 0 ? '' : '  '}${line}`, 'dim')}`,
    ),
  );
}

/** What somebody says can be ignored is in no count above; here is who says so. */
function renderIgnored(ignored: NonNullable<ScanReport['ignored']>, page: Page): readonly string[] {
  if (ignored.length === 0) return [];
  const groups = groupBy(ignored, ({ by }) => describeIgnoredBy(by));
  const title = `Ignored (${ignored.length})`;
  return [
    page.paint(title, 'bold'),
    page.paint('─'.repeat(Math.min(page.width, widthOf(title))), 'dim'),
    ...[...groups].flatMap(([by, group]) => [
      ...wrap(toPlainLine(by), page.width - 2).map((line, index) => `  ${page.paint(`${index === 0 ? '' : '  '}${line}`, 'dim')}`),
      ...group.map(({ finding }) => `    ${severityCell(finding.severity, page)}${truncate(nameIgnored(finding), page.width - 4 - SEVERITY_COLUMN)}`),
    ]),
  ];
}

function nameIgnored({ id, package: installed, location }: Finding): string {
  const place = installed === undefined ? location.path : `${installed.name} ${installed.installedVersion}`;
  return toPlainLine(place === undefined ? id : `${id}  ${place}`);
}

function renderNotices(notices: readonly Problem[], page: Page): readonly string[] {
  if (notices.length === 0) return [];
  return [
    page.paint('Not heeded', 'bold', 'yellow'),
    ...notices.flatMap(({ message }) => wrap(toPlainLine(message), page.width - 4).map((line, index) => `  ${index === 0 ? '! ' : '  '}${line}`)),
  ];
}

/** The same note in less and less words, for terminals with less and less room. */
function notesOf({ kev, epss }: Finding): readonly string[] {
  const chance = epss === undefined ? undefined : `EPSS ${formatPercent(epss)}`;
  if (kev === true) return [...(chance === undefined ? [] : [`[known exploited, ${chance}]`]), '[known exploited]', '[KEV]'];
  return chance === undefined ? [] : [`[${chance}]`];
}

function fixOf(finding: Finding): string {
  const { fixedVersion, status } = finding.package ?? {};
  return fixedVersion === undefined ? statusNames[status ?? 'unknown'] : `fixed in ${toPlainLine(fixedVersion)}`;
}

/** "CVE-2023-0286 in openssl 3.0.2" says nothing that its row does not. */
function withoutPackageName(finding: Finding): string {
  return finding.title.startsWith(`${finding.id} in `) ? '' : finding.title;
}

/** One command for the group: one that every finding names, else that of the highest fixed version. */
function renderFix(group: readonly Finding[], page: Page): readonly string[] {
  const commandsOf = (finding: Finding | undefined): readonly string[] =>
    finding?.remediation.filter(({ kind }) => kind === 'command').map(({ text }) => text) ?? [];
  const shared = commandsOf(group[0]).find((command) => group.every((finding) => commandsOf(finding).includes(command)));
  const highest = group.toSorted((a, b) => compareNatural(b.package?.fixedVersion ?? '', a.package?.fixedVersion ?? ''))[0];
  const command = group.length === 1 ? commandsOf(group[0])[0] : (shared ?? commandsOf(highest)[0]);
  return command === undefined ? [] : [`  ${page.paint('fix:', 'green')} ${toPlainLine(command)}`];
}

/** Orders texts with the numbers in them by value. Not an ecosystem's order of versions, only near enough to choose what to show. */
function compareNatural(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (const [i, part] of left.entries()) {
    const other = right[i] ?? '';
    const order = Number(part) - Number(other) || compareText(part, other);
    if (!Number.isNaN(order) && order !== 0) return order;
  }
  return left.length - right.length;
}

/** The other categories by finding: what it is, where it is, what to do. The same finding in many places is told once. */
function renderPlaces(report: ScanReport, findings: readonly Finding[], page: Page): readonly string[] {
  const groups = groupBy(
    findings,
    (finding) => `${finding.id}\0${finding.severity}\0${finding.category === 'baseline' ? (finding.description ?? '') : finding.title}`,
  );
  return [...groups.values()].flatMap((group, index) => [...(index === 0 ? [] : ['']), ...renderPlace(report, group, page)]);
}

function renderPlace(report: ScanReport, group: readonly Finding[], page: Page): readonly string[] {
  const { paint, width } = page;
  const first = group[0];
  if (first === undefined) return [];
  const indent = ' '.repeat(2 + SEVERITY_COLUMN);
  const room = width - indent.length;
  const sameTitle = group.every(({ title }) => title === first.title);
  const titles = sameTitle ? wrap(toPlainLine(first.title), room) : [];
  const places = group
    .map((finding) =>
      sameTitle ? placeOf(report, finding) : [toPlainLine(finding.title), placeOf(report, finding)].filter((text) => text !== '').join('  '),
    )
    .filter((place) => place !== '');
  const remedy = first.remediation[0];
  const lines = [
    ...titles,
    ...places.map((place) => paint(truncate(place, room), sameTitle ? 'cyan' : 'bold')),
    ...(remedy === undefined ? [] : renderRemedy(remedy.kind, remedy.text, page, room)),
    paint(toPlainLine(first.id), 'dim'),
  ];
  return lines.map((line, index) => (index === 0 ? `  ${severityCell(first.severity, page)}${line}` : `${indent}${line}`));
}

function renderRemedy(kind: Finding['remediation'][number]['kind'], text: string, { paint }: Page, room: number): readonly string[] {
  const lines = text.split('\n').map(toPlainLine);
  if (kind === 'manual') return lines.flatMap((line) => wrap(`fix: ${line}`, room)).map((line) => paint(line, 'green'));
  return lines.map((line, index) => (index === 0 ? `${paint('fix:', 'green')} ${line}` : `     ${line}`));
}

function placeOf(report: ScanReport, finding: Finding): string {
  const { path, line, layer, createdBy, dockerfileRange, deletedLater, historyIndex } = finding.location;
  const where = path === undefined ? '' : `${path}${line === undefined ? '' : `:${line}`}`;
  const dockerfile = dockerfileRange === undefined ? '' : `Dockerfile:${dockerfileRange.start.line + 1}`;
  const inLayer =
    layer === undefined || report.image.layers.length < 2 || path === undefined ? '' : `layer ${layer + 1} of ${report.image.layers.length}`;
  const command = path === undefined && createdBy !== undefined && historyIndex !== undefined ? `step ${historyIndex + 1}: ${createdBy}` : '';
  return [where, dockerfile, inLayer, deletedLater === true ? 'deleted by a later layer, still in the image' : '', command]
    .filter((part) => part !== '')
    .map(toPlainLine)
    .join(' · ');
}

function renderProblems(problems: readonly Problem[], page: Page): readonly string[] {
  if (problems.length === 0) return [];
  const listed = problems.slice(0, MAX_LISTED_PROBLEMS).flatMap(({ message, path }) => {
    const text = path === undefined || message.includes(path) ? message : `${path}: ${message}`;
    return wrap(toPlainLine(text), page.width - 4).map((line, index) => `  ${index === 0 ? '! ' : '  '}${line}`);
  });
  const more = problems.length - MAX_LISTED_PROBLEMS;
  return [
    page.paint('Could not be read or checked', 'bold', 'yellow'),
    ...listed,
    ...(more > 0 ? [`  … and ${more} more (--format json lists them all)`] : []),
  ];
}

/** Says that nothing was found only of a scan that would have found it. */
function renderEnd(report: ScanReport, page: Page): readonly string[] {
  if (report.findings.length > 0) return [];
  if ((report.ignored ?? []).length > 0) return [page.paint('Nothing was found but what is ignored: see above.', 'yellow')];
  if (report.status === 'partial') return [page.paint('Nothing was found in what could be read, which is not all of the image.', 'yellow')];
  if (!report.advisories.full) return [page.paint('Nothing was found, but not everything was looked for: see above.', 'yellow')];
  return [page.paint('Nothing was found.', 'green')];
}

function severityCell(severity: Severity, { paint }: Page): string {
  return paint(severity, ...severityStyle[severity]) + ' '.repeat(SEVERITY_COLUMN - severity.length);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function formatPercent(probability: number): string {
  const percent = probability * 100;
  return percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}

function worstOf(group: readonly Finding[]): number {
  return Math.min(...group.map(({ severity }) => severityRank(severity)));
}

function nameOf(group: readonly Finding[]): string {
  return group[0]?.package?.name ?? '';
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
