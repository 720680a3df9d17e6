import { compareText } from '../../foundation/base/order.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { Rating } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { sortFew } from '../sort-few.ts';
import type { VulnerabilityDetail } from './record.ts';
import {
  assign,
  formatSeverityName,
  isObject,
  isTextList,
  listOf,
  severityNumber,
  severityOf,
  severityOfName,
  textOf,
  type JsonObject,
  type Mutable,
} from './schema-values.ts';

/** Returns what a stored vulnerability says, as far as it says it in the schema's terms. Only what is there is looked at, as of entries. */
export function parseDetail(json: unknown): VulnerabilityDetail | undefined {
  if (!isObject(json)) return undefined;
  const detail: Mutable<VulnerabilityDetail> = {};
  for (const name in json) {
    const value = json[name];
    switch (name) {
      case 'Severity':
      case 'Negligible':
        assign(detail, 'severity', json.Negligible === true ? 'negligible' : severityOfName(json.Severity));
        break;
      case 'VendorSeverity':
        if (isObject(value)) assign(detail, 'vendorSeverities', parseVendorSeverities(value, json.NegligibleFor));
        break;
      case 'CVSS':
        if (isObject(value)) assign(detail, 'ratings', parseAllRatings(value));
        break;
      case 'Title':
        assign(detail, 'title', textOf(value));
        break;
      case 'Description':
        assign(detail, 'description', textOf(value));
        break;
      case 'References':
        assign(detail, 'references', listOf(value));
        break;
      case 'Aliases':
        if (isTextList(value)) detail.aliases = value.map(toAdvisoryId);
        break;
      case 'PublishedDate':
        assign(detail, 'publishedAt', textOf(value));
        break;
      case 'KnownExploitedSince':
        assign(detail, 'kevAddedAt', textOf(value));
        break;
      case 'Epss':
        assign(detail, 'epss', parseEpss(value));
        break;
      case 'Ssvc':
        assign(detail, 'ssvc', parseSsvc(value));
        break;
      case 'CweIDs':
        assign(detail, 'cweIds', listOf(value));
        break;
      case 'Withdrawn':
        if (value === true) detail.withdrawn = true;
        break;
      default:
    }
  }
  return detail;
}

/** Returns the JSON of a vulnerability. */
export function formatDetail(detail: VulnerabilityDetail): JsonObject {
  return {
    ...(detail.title !== undefined && { Title: detail.title }),
    ...(detail.description !== undefined && { Description: detail.description }),
    ...(detail.severity !== undefined && { Severity: formatSeverityName(detail.severity) }),
    ...(detail.severity === 'negligible' && { Negligible: true }),
    ...formatVendorSeverities(detail.vendorSeverities ?? {}),
    ...formatRatings(detail.ratings ?? []),
    ...(detail.references !== undefined && { References: detail.references }),
    ...(detail.publishedAt !== undefined && { PublishedDate: detail.publishedAt }),
    ...(detail.aliases !== undefined && { Aliases: detail.aliases }),
    ...(detail.kevAddedAt !== undefined && { KnownExploitedSince: detail.kevAddedAt }),
    ...(detail.epss !== undefined && { Epss: [detail.epss.probability, detail.epss.percentile] }),
    ...(detail.ssvc !== undefined && { Ssvc: [detail.ssvc.exploitation, detail.ssvc.automatable, detail.ssvc.technicalImpact] }),
    ...(detail.cweIds !== undefined && { CweIDs: detail.cweIds }),
    ...(detail.withdrawn === true && { Withdrawn: true }),
  };
}

function parseEpss(json: unknown): VulnerabilityDetail['epss'] {
  const [probability, percentile] = Array.isArray(json) ? (json as unknown[]) : [];
  return typeof probability === 'number' && typeof percentile === 'number' ? { probability, percentile } : undefined;
}

function parseSsvc(json: unknown): VulnerabilityDetail['ssvc'] {
  const [exploitation, automatable, technicalImpact] = Array.isArray(json) ? (json as unknown[]) : [];
  if (exploitation !== 'none' && exploitation !== 'poc' && exploitation !== 'active') return undefined;
  if (typeof automatable !== 'boolean' || (technicalImpact !== 'partial' && technicalImpact !== 'total')) return undefined;
  return { exploitation, automatable, technicalImpact };
}

/** Undefined when there is none. */
function parseVendorSeverities(json: JsonObject, negligibleFor: unknown): Readonly<Record<string, Severity>> | undefined {
  const negligible = isTextList(negligibleFor) ? negligibleFor : [];
  const found: (readonly [source: string, severity: Severity])[] = [];
  for (const source in json) {
    const severity = negligible.includes(source) ? 'negligible' : severityOf(json[source]);
    if (severity !== undefined) found.push([source, severity]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function formatVendorSeverities(severities: Readonly<Record<string, Severity>>): JsonObject {
  const entries = Object.entries(severities).sort(([a], [b]) => compareText(a, b));
  if (entries.length === 0) return {};
  const negligibleFor = entries.flatMap(([source, severity]) => (severity === 'negligible' ? [source] : []));
  return {
    VendorSeverity: Object.fromEntries(entries.map(([source, severity]) => [source, severityNumber(severity)])),
    ...(negligibleFor.length > 0 && { NegligibleFor: negligibleFor }),
  };
}

function parseAllRatings(json: JsonObject): readonly Rating[] | undefined {
  const ratings: Rating[] = [];
  for (const source in json) addRatings(ratings, source, json[source]);
  return ratings.length === 0 ? undefined : sortFew(ratings, bySource);
}

function bySource(a: Rating, b: Rating): number {
  return compareText(a.source, b.source);
}

/** The names of vector and score by CVSS version: 3 first, since that is what severities are made from. */
const cvssMembers = [
  ['V3Vector', 'V3Score'],
  ['V40Vector', 'V40Score'],
  ['V2Vector', 'V2Score'],
] as const;

/** One rating for each CVSS version that the source gave. */
function addRatings(ratings: Rating[], source: string, cvss: unknown): void {
  if (!isObject(cvss)) return;
  for (const [vectorMember, scoreMember] of cvssMembers) {
    const cvssVector = textOf(cvss[vectorMember]);
    const score = cvss[scoreMember];
    if (cvssVector === undefined && typeof score !== 'number') continue;
    const rating: Mutable<Rating> = { source };
    if (cvssVector !== undefined) rating.cvssVector = cvssVector;
    if (typeof score === 'number' && score >= 0 && score <= 10) rating.score = score;
    ratings.push(rating);
  }
}

function formatRatings(ratings: readonly Rating[]): JsonObject {
  const bySource = new Map<string, Record<string, unknown>>();
  for (const { source, cvssVector, score } of [...ratings].sort((a, b) => compareText(a.source, b.source))) {
    const version = cvssVector?.startsWith('CVSS:4') === true ? 'V40' : cvssVector === undefined || cvssVector.startsWith('CVSS:3') ? 'V3' : 'V2';
    const entry = bySource.get(source) ?? {};
    if (cvssVector !== undefined) entry[`${version}Vector`] = cvssVector;
    if (score !== undefined) entry[`${version}Score`] = score;
    bySource.set(source, entry);
  }
  return bySource.size === 0 ? {} : { CVSS: Object.fromEntries(bySource) };
}
