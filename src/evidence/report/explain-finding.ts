import type { Finding, FindingMatch, Rating } from '../../foundation/model/finding.ts';

/** Most references that are listed of one finding. */
const MAX_REFERENCES = 10;

/** Returns why a vulnerability was reported and what everybody says of it, as labelled lines; empty for what is no vulnerability. */
export function explainFinding(finding: Finding): readonly (readonly [label: string, text: string])[] {
  const {
    match,
    severities = [],
    severitySource,
    ratings = [],
    aliases = [],
    kevAddedAt,
    epss,
    epssPercentile,
    impact,
    references,
    vex,
    package: installed,
  } = finding;
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['why', match === undefined ? undefined : describeFindingMatch(match)],
    ['also known as', aliases.length === 0 ? undefined : aliases.join(', ')],
    ['severity', severities.length === 0 ? undefined : describeSeverities(severities, severitySource)],
    ['CVSS', ratings.length === 0 ? undefined : ratings.map(describeRating).join(' · ')],
    ['impact', impact],
    ['known exploited', kevAddedAt === undefined ? undefined : `listed by CISA on ${kevAddedAt.slice(0, 10)}`],
    ['EPSS', epss === undefined ? undefined : describeEpss(epss, epssPercentile)],
    ['paid fix', installed?.paidFix === undefined ? undefined : `${installed.paidFix.version} (${installed.paidFix.service})`],
    ['VEX', vex === undefined ? undefined : `${vex.source} says ${vex.status.replaceAll('_', ' ')}${vex.text === undefined ? '' : `: ${vex.text}`}`],
    ['references', match === undefined || references.length === 0 ? undefined : references.slice(0, MAX_REFERENCES).join(' ')],
  ];
  return lines.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

/** Returns one sentence: openssl 3.0.1 is < 3.0.2, which DSA-5678-1 of the Debian Security Tracker says is affected (debian 12). */
export function describeFindingMatch({ packageName, installedVersion, affected, recordId, bucket, source, url }: FindingMatch): string {
  return `${packageName} ${installedVersion} is in what ${recordId} of ${source} calls affected: ${affected} (${bucket})${url === undefined ? '' : ` ${url}`}`;
}

function describeSeverities(severities: NonNullable<Finding['severities']>, chosen: string | undefined): string {
  const said = severities.map(({ source, severity }) => `${source} ${severity}`).join(', ');
  return chosen === undefined ? said : `${said}; taken from ${chosen === 'cvss' ? 'the CVSS score' : chosen}`;
}

function describeRating({ source, score, cvssVector }: Rating): string {
  return [source, score?.toFixed(1), cvssVector].filter((part) => part !== undefined).join(' ');
}

function describeEpss(probability: number, percentile: number | undefined): string {
  const chance = `${(probability * 100).toFixed(2)} % in 30 days`;
  return percentile === undefined ? chance : `${chance}, more than ${(percentile * 100).toFixed(1)} % of all`;
}
