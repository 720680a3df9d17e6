import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { StoredAdvisory, VulnerabilityDetail } from './record.ts';

/**
 * The JSON of trivy-db's schema 2, to and from our records. Severities and statuses are numbers there; what the schema has no word for (negligible, known exploited, EPSS,
 * aliases, withdrawn) stands in fields of our own, which its other readers pass over.
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/types.go
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/status.go
 */
export const SCHEMA_VERSION = 2;
export const VULNERABILITY_BUCKET = 'vulnerability';
export const DATA_SOURCE_BUCKET = 'data-source';
/** Ours: key 'metadata' says what the file is, so that one file is enough. */
export const PLIMSOLL_BUCKET = 'plimsoll';
export const METADATA_KEY = 'metadata';

const severityNumbers: readonly Severity[] = ['unknown', 'low', 'medium', 'high', 'critical'];
/** Index = number. `undefined` is not_affected: such an advisory is none. */
const statusNumbers: readonly (FixStatus | undefined)[] = [
  'unknown',
  undefined,
  'affected',
  'fixed',
  'under-investigation',
  'will-not-fix',
  // fix_deferred: they will fix it, some day.
  'affected',
  'end-of-life',
];

type JsonObject = Readonly<Record<string, unknown>>;

/** Returns an advisory as stored, undefined when it says that the package is not affected or is no advisory at all. */
export function parseAdvisory(json: unknown): StoredAdvisory | undefined {
  if (!isObject(json)) return undefined;
  const fixedVersion = textOf(json.FixedVersion);
  const statusNumber = typeof json.Status === 'number' ? json.Status : 0;
  const status = fixedVersion === undefined ? statusNumbers[statusNumber] : 'fixed';
  if (fixedVersion === undefined && statusNumber in statusNumbers && status === undefined) return undefined;
  const affectedVersion = textOf(json.AffectedVersion);
  const severity = json.Negligible === true ? 'negligible' : severityOf(json.Severity);
  return {
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...(affectedVersion !== undefined && { affectedVersion }),
    ...optionalList('vulnerableVersions', json.VulnerableVersions),
    ...optionalList('patchedVersions', json.PatchedVersions),
    ...optionalList('unaffectedVersions', json.UnaffectedVersions),
    ...optionalList('vendorIds', json.VendorIDs),
    ...(severity !== undefined && { severity }),
    ...(status !== undefined && status !== 'unknown' && { status }),
  };
}

/** Returns the JSON of an advisory; its `status` is written only where no fixed version says the same. */
export function formatAdvisory(advisory: StoredAdvisory): JsonObject {
  return {
    ...(advisory.vendorIds !== undefined && { VendorIDs: advisory.vendorIds }),
    ...(advisory.status !== undefined && advisory.fixedVersion === undefined && { Status: statusNumbers.indexOf(advisory.status) }),
    ...formatSeverity(advisory.severity),
    ...(advisory.fixedVersion !== undefined && { FixedVersion: advisory.fixedVersion }),
    ...(advisory.affectedVersion !== undefined && { AffectedVersion: advisory.affectedVersion }),
    ...(advisory.vulnerableVersions !== undefined && { VulnerableVersions: advisory.vulnerableVersions }),
    ...(advisory.patchedVersions !== undefined && { PatchedVersions: advisory.patchedVersions }),
    ...(advisory.unaffectedVersions !== undefined && { UnaffectedVersions: advisory.unaffectedVersions }),
  };
}

/** Returns what a stored vulnerability says, as far as it says it in the schema's terms. */
export function parseDetail(json: unknown): VulnerabilityDetail | undefined {
  if (!isObject(json)) return undefined;
  const severity = json.Negligible === true ? 'negligible' : severityOf(severityNumbers.findIndex((name) => name.toUpperCase() === json.Severity));
  const vendorSeverities = isObject(json.VendorSeverity) ? parseVendorSeverities(json.VendorSeverity, json.NegligibleFor) : {};
  const ratings = isObject(json.CVSS) ? Object.entries(json.CVSS).flatMap(([source, cvss]) => parseRatings(source, cvss)) : [];
  const title = textOf(json.Title);
  const description = textOf(json.Description);
  const publishedAt = textOf(json.PublishedDate);
  const kevAddedAt = textOf(json.KnownExploitedSince);
  const [probability, percentile] = Array.isArray(json.Epss) ? (json.Epss as unknown[]) : [];
  return {
    ...(severity !== undefined && { severity }),
    ...(Object.keys(vendorSeverities).length > 0 && { vendorSeverities }),
    ...(ratings.length > 0 && { ratings: ratings.sort((a, b) => compareText(a.source, b.source)) }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...optionalList('references', json.References),
    ...(isTextList(json.Aliases) && { aliases: json.Aliases.map(toAdvisoryId) }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(kevAddedAt !== undefined && { kevAddedAt }),
    ...(typeof probability === 'number' && typeof percentile === 'number' && { epss: { probability, percentile } }),
    ...(json.Withdrawn === true && { withdrawn: true }),
  };
}

/** Returns the JSON of a vulnerability. */
export function formatDetail(detail: VulnerabilityDetail): JsonObject {
  return {
    ...(detail.title !== undefined && { Title: detail.title }),
    ...(detail.description !== undefined && { Description: detail.description }),
    ...(detail.severity !== undefined && { Severity: severityNumbers[severityNumber(detail.severity)]?.toUpperCase() }),
    ...(detail.severity === 'negligible' && { Negligible: true }),
    ...formatVendorSeverities(detail.vendorSeverities ?? {}),
    ...formatRatings(detail.ratings ?? []),
    ...(detail.references !== undefined && { References: detail.references }),
    ...(detail.publishedAt !== undefined && { PublishedDate: detail.publishedAt }),
    ...(detail.aliases !== undefined && { Aliases: detail.aliases }),
    ...(detail.kevAddedAt !== undefined && { KnownExploitedSince: detail.kevAddedAt }),
    ...(detail.epss !== undefined && { Epss: [detail.epss.probability, detail.epss.percentile] }),
    ...(detail.withdrawn === true && { Withdrawn: true }),
  };
}

/** What a database says of itself; `version` is the schema's. */
export interface StoreMetadata {
  readonly version: number;
  readonly used: AdvisoriesUsed;
}

/** Returns our own metadata, undefined when it is none. */
export function parseOwnMetadata(json: unknown): StoreMetadata | undefined {
  if (!isObject(json) || typeof json.Version !== 'number') return undefined;
  return { version: json.Version, used: { source: textOf(json.Source) ?? 'unnamed', builtAt: textOf(json.BuiltAt) ?? '', full: json.Full === true } };
}

export function formatOwnMetadata(used: AdvisoriesUsed): JsonObject {
  return { Version: SCHEMA_VERSION, BuiltAt: used.builtAt, Source: used.source, Full: used.full };
}

/** Returns what trivy-db's metadata.json says, undefined when the JSON is something else. `source` is how the caller knows the file. */
export function parseTrivyMetadata(json: unknown, source: string): StoreMetadata | undefined {
  if (!isObject(json) || typeof json.Version !== 'number') return undefined;
  return { version: json.Version, used: { source, builtAt: textOf(json.UpdatedAt) ?? '', full: true } };
}

function parseVendorSeverities(json: JsonObject, negligibleFor: unknown): Record<string, Severity> {
  const found = Object.entries(json).flatMap(([source, number]) => {
    const severity = isTextList(negligibleFor) && negligibleFor.includes(source) ? 'negligible' : severityOf(number);
    return severity === undefined ? [] : [[source, severity] as const];
  });
  return Object.fromEntries(found);
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

/** One rating for each CVSS version that the source gave: 3 first, since that is what severities are made from. */
function parseRatings(source: string, cvss: unknown): Rating[] {
  if (!isObject(cvss)) return [];
  return ['V3', 'V40', 'V2'].flatMap((version) => {
    const cvssVector = textOf(cvss[`${version}Vector`]);
    const score = cvss[`${version}Score`];
    if (cvssVector === undefined && typeof score !== 'number') return [];
    return [{ ...(cvssVector !== undefined && { cvssVector }), ...(typeof score === 'number' && score >= 0 && score <= 10 && { score }), source }];
  });
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

function formatSeverity(severity: Severity | undefined): JsonObject {
  if (severity === undefined || severity === 'unknown') return {};
  return severity === 'negligible' ? { Severity: 1, Negligible: true } : { Severity: severityNumber(severity) };
}

/** The schema has nothing below low. */
function severityNumber(severity: Severity): number {
  return severity === 'negligible' ? 1 : severityNumbers.indexOf(severity);
}

/** 0 is unknown, which is the same as nothing said. */
function severityOf(number: unknown): Severity | undefined {
  return typeof number === 'number' && number > 0 ? severityNumbers[number] : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function optionalList<Name extends string>(name: Name, value: unknown): Partial<Record<Name, readonly string[]>> {
  return isTextList(value) && value.length > 0 ? ({ [name]: value } as Partial<Record<Name, readonly string[]>>) : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
