import { compareText } from '../../foundation/base/order.ts';
import type { Finding, Rating, VexClaim } from '../../foundation/model/finding.ts';
import type { IgnoredBy, ScanReport } from '../../foundation/model/report.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { describeFindingMatch } from './explain-finding.ts';
import { toSafeUrl } from './sanitize.ts';
import { cycloneDxJustification, describeIgnoredBy } from './vex-words.ts';

/** Findings of one id of which the same is said. */
interface Group {
  readonly id: string;
  readonly analysis?: Analysis;
  readonly findings: Finding[];
}

/** @see https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis */
interface Analysis {
  readonly state: 'exploitable' | 'in_triage' | 'not_affected' | 'resolved';
  readonly justification?: string;
  readonly response?: readonly string[];
  readonly detail?: string;
  readonly lastUpdated?: string;
}

/**
 * Returns the `vulnerabilities` of a CycloneDX document: one for each id, with the components of `refs` that it is in; what is ignored, or of what a VEX document speaks, apart from the rest, with an analysis that says so.
 * @see https://cyclonedx.org/docs/1.6/json/#vulnerabilities
 */
export function toVulnerabilities(report: ScanReport, refs: ReadonlySet<string>): readonly object[] {
  const groups = new Map<string, Group>();
  const add = (finding: Finding, analysis: Analysis | undefined): void => {
    if (finding.package === undefined) return;
    const key = `${finding.id}\0${analysis === undefined ? '' : JSON.stringify(analysis)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { id: finding.id, ...(analysis === undefined ? {} : { analysis }), findings: [finding] });
    else group.findings.push(finding);
  };
  for (const finding of report.findings) add(finding, finding.vex === undefined ? undefined : claimAnalysis(finding.vex));
  for (const { finding, by } of report.ignored ?? []) add(finding, ignoredAnalysis(by));
  const numbers = new Map<string, number>();
  return [...groups.entries()]
    .toSorted((a, b) => compareText(a[0], b[0]))
    .map(([, group]) => {
      const number = (numbers.get(group.id) ?? 0) + 1;
      numbers.set(group.id, number);
      return toVulnerability(group, number === 1 ? `vulnerability:${group.id}` : `vulnerability:${group.id}:${number}`, refs);
    });
}

function claimAnalysis({ status, text, timestamp }: VexClaim): Analysis {
  return {
    state: status === 'under_investigation' ? 'in_triage' : 'exploitable',
    ...(text === undefined ? {} : { detail: text }),
    ...toTime(timestamp),
  };
}

/** An entry of the configuration without an end says that the image is not affected; one with an end accepts the risk for a time. */
function ignoredAnalysis(by: IgnoredBy): Analysis {
  const detail = describeIgnoredBy(by);
  if (by.kind === 'configuration')
    return by.expires === undefined ? { state: 'not_affected', detail } : { state: 'exploitable', response: ['will_not_fix'], detail };
  const justification = cycloneDxJustification(by.justification);
  return {
    state: by.status === 'fixed' ? 'resolved' : 'not_affected',
    ...(by.status === 'fixed' || justification === undefined ? {} : { justification }),
    detail,
    ...toTime(by.timestamp),
  };
}

function toTime(timestamp: string | undefined): { readonly lastUpdated?: string } {
  const time = timestamp === undefined ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(time) ? {} : { lastUpdated: new Date(time).toISOString() };
}

function toVulnerability({ id, analysis, findings: group }: Group, ref: string, refs: ReadonlySet<string>): object {
  const first = group[0];
  const affects: readonly string[] = [
    ...new Set(group.flatMap(({ package: installed }) => (installed === undefined || !refs.has(installed.purl) ? [] : [installed.purl]))),
  ];
  const urls = [...new Set(group.flatMap(({ references }) => references.map(toSafeUrl)))].filter((url) => url !== undefined);
  const fix = group.flatMap(({ remediation }) => remediation.slice(0, 1)).map(({ text }) => text);
  const aliases = [...new Set(group.flatMap(({ aliases: own = [] }) => own))].sort(compareText);
  const status = analysis?.state === 'not_affected' || analysis?.state === 'resolved' ? 'unaffected' : 'affected';
  const properties = toProperties(group);
  return {
    'bom-ref': ref,
    id,
    ...(first?.rating === undefined ? {} : { source: { name: first.rating.source } }),
    ...(aliases.length === 0 ? {} : { references: aliases.map((alias) => ({ id: alias, source: { name: publisherOf(alias) } })) }),
    ratings: first === undefined ? [] : toRatings(first),
    ...(first?.description === undefined ? {} : { description: first.description }),
    ...(fix.length === 0 ? {} : { recommendation: [...new Set(fix)].join('\n') }),
    ...(urls.length === 0 ? {} : { advisories: urls.map((url) => ({ url })) }),
    ...(analysis === undefined ? {} : { analysis }),
    affects: affects.toSorted(compareText).map((purl) => ({ ref: purl, versions: versionsOf(group, purl, status) })),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

/** Known exploited, how likely, and why it was reported: CycloneDX has no fields for them. */
function toProperties(group: readonly Finding[]): readonly object[] {
  const first = group[0];
  const matches = group.flatMap(({ match }) => (match === undefined ? [] : [describeFindingMatch(match)]));
  const named: readonly (readonly [string, string | undefined])[] = [
    ['plimsoll:kev', group.some(({ kev }) => kev === true) ? 'true' : undefined],
    ['plimsoll:kev:added', first?.kevAddedAt],
    ['plimsoll:epss', first?.epss === undefined ? undefined : String(first.epss)],
    ['plimsoll:epss:percentile', first?.epssPercentile === undefined ? undefined : String(first.epssPercentile)],
    ...[...new Set(matches)].sort(compareText).map((text) => ['plimsoll:match', text] as const),
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

const publishers: readonly (readonly [prefix: string, name: string])[] = [
  ['CVE-', 'NVD'],
  ['GHSA-', 'GitHub'],
  ['DSA-', 'Debian'],
  ['DLA-', 'Debian'],
  ['USN-', 'Ubuntu'],
  ['RHSA-', 'Red Hat'],
  ['RHBA-', 'Red Hat'],
  ['PYSEC-', 'PyPA'],
  ['RUSTSEC-', 'RustSec'],
  ['GO-', 'Go'],
];

function publisherOf(alias: string): string {
  return publishers.find(([prefix]) => alias.startsWith(prefix))?.[1] ?? (alias.split('-', 1)[0] || alias);
}

function versionsOf(group: readonly Finding[], purl: string, status: 'affected' | 'unaffected'): readonly object[] {
  const found = group.find(({ package: installed }) => installed?.purl === purl)?.package;
  return found === undefined ? [] : [{ version: found.installedVersion, status }];
}

const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  negligible: 'info',
  unknown: 'unknown',
};

/** Ours first, with the rating that explains it; then what everybody else says. */
function toRatings({ rating, severity, ratings = [], severities = [] }: Finding): readonly object[] {
  const others = ratings.filter(
    ({ source, cvssVector, score }) => source !== rating?.source || cvssVector !== rating.cvssVector || score !== rating.score,
  );
  const wordOf = (source: string): Severity | undefined => severities.find((claim) => claim.source === source)?.severity;
  const rated = new Set([rating, ...others].map((known) => known?.source));
  return [
    toRating(severity, rating),
    ...others.map((other) => toRating(wordOf(other.source), other)),
    ...severities
      .filter(({ source }) => !rated.has(source))
      .map((claim) => ({ severity: severityWords[claim.severity], source: { name: claim.source } })),
  ];
}

function toRating(severity: Severity | undefined, rating: Rating | undefined): object {
  const method = ratingMethod(rating?.cvssVector);
  return {
    ...(severity === undefined ? {} : { severity: severityWords[severity] }),
    ...(rating === undefined ? {} : { source: { name: rating.source } }),
    ...(rating?.score === undefined ? {} : { score: rating.score }),
    ...(method === undefined ? {} : { method, vector: rating?.cvssVector }),
  };
}

function ratingMethod(vector: string | undefined): string | undefined {
  if (vector === undefined) return undefined;
  if (vector.startsWith('CVSS:4.0/')) return 'CVSSv4';
  if (vector.startsWith('CVSS:3.1/')) return 'CVSSv31';
  if (vector.startsWith('CVSS:3.0/')) return 'CVSSv3';
  return 'CVSSv2';
}
