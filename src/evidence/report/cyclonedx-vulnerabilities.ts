import { compareText } from '../../foundation/base/order.ts';
import type { Finding } from '../../foundation/model/finding.ts';
import type { ScanReport } from '../../foundation/model/report.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { toSafeUrl } from './sanitize.ts';

/** Returns the `vulnerabilities` of a CycloneDX document: one for each id, with the components of `refs` that it is in. @see https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
export function toVulnerabilities(report: ScanReport, refs: ReadonlySet<string>): readonly object[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of report.findings) {
    if (finding.package === undefined) continue;
    const group = groups.get(finding.id);
    if (group === undefined) groups.set(finding.id, [finding]);
    else group.push(finding);
  }
  return [...groups.entries()].toSorted((a, b) => compareText(a[0], b[0])).map(([id, group]) => toVulnerability(id, group, refs));
}

function toVulnerability(id: string, group: readonly Finding[], refs: ReadonlySet<string>): object {
  const first = group[0];
  const affects: readonly string[] = [
    ...new Set(group.flatMap(({ package: installed }) => (installed === undefined || !refs.has(installed.purl) ? [] : [installed.purl]))),
  ];
  const urls = [...new Set(group.flatMap(({ references }) => references.map(toSafeUrl)))].filter((url) => url !== undefined);
  const fix = group.flatMap(({ remediation }) => remediation.slice(0, 1)).map(({ text }) => text);
  return {
    'bom-ref': `vulnerability:${id}`,
    id,
    ...(first?.rating === undefined ? {} : { source: { name: first.rating.source } }),
    ratings: group.slice(0, 1).map(toRating),
    ...(first?.description === undefined ? {} : { description: first.description }),
    ...(fix.length === 0 ? {} : { recommendation: [...new Set(fix)].join('\n') }),
    ...(urls.length === 0 ? {} : { advisories: urls.map((url) => ({ url })) }),
    affects: affects.toSorted(compareText).map((ref) => ({ ref, versions: versionsOf(group, ref) })),
    ...(group.some(({ kev }) => kev === true) ? { properties: [{ name: 'plimsoll:kev', value: 'true' }] } : {}),
  };
}

function versionsOf(group: readonly Finding[], purl: string): readonly object[] {
  const found = group.find(({ package: installed }) => installed?.purl === purl)?.package;
  return found === undefined ? [] : [{ version: found.installedVersion, status: 'affected' }];
}

const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  negligible: 'info',
  unknown: 'unknown',
};

function toRating(finding: Finding): object {
  const { rating, severity } = finding;
  const method = ratingMethod(rating?.cvssVector);
  return {
    severity: severityWords[severity],
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
