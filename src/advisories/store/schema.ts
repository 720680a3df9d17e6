import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryEntry, StoredAdvisory, VulnerabilityDetail } from './record.ts';

/**
 * The JSON of trivy-db's schema 2, to and from our records. Severities and statuses are numbers there; what the schema has no word for (negligible, known exploited, EPSS,
 * aliases, withdrawn, paid services, source packages) stands in fields of our own, which its other readers pass over. Three shapes of advisory share one of ours: the plain one; Rocky's and
 * Oracle's, whose `Entries` differ by architecture and build (a `FixedVersion` beside them is for readers that know no entries); and Red Hat's, whose `Entries` name CVEs and
 * products. Of our own are `Entries` of a language's advisory, whose ranges are to be judged each for itself, with ranges beside them for readers that know no entries.
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/types.go
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/status.go
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/vulnsrc/redhat-csaf/types.go
 */
export const SCHEMA_VERSION = 2;
export const VULNERABILITY_BUCKET = 'vulnerability';
/** Under each bucket's name, who publishes what is in it. */
export const DATA_SOURCE_BUCKET = 'data-source';
/** Holds `repository` and `nvr`: names to lists of product numbers; and `cpe`: product numbers, as text, to CPE names. */
export const REDHAT_CPE_BUCKET = 'Red Hat CPE';
export const REDHAT_CPE_NAMES = 'cpe';
/** Ours: key 'metadata' says what the file is, so that one file is enough. */
export const PLIMSOLL_BUCKET = 'plimsoll';
export const METADATA_KEY = 'metadata';
/** trivy-db's own file, beside the database. */
export const METADATA_FILE = 'metadata.json';
/** Ours, beside it: where a downloaded database came from. */
export const ORIGIN_FILE = 'origin.json';
/** Names that no platform's bucket may have. */
export const reservedBuckets: ReadonlySet<string> = new Set([VULNERABILITY_BUCKET, DATA_SOURCE_BUCKET, REDHAT_CPE_BUCKET, PLIMSOLL_BUCKET]);

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
  if (Array.isArray(json.Entries) && json.Entries.length > 0) {
    const entries = (json.Entries as unknown[]).flatMap((entry) => (isObject(entry) ? (parseEntry(entry) ?? []) : []));
    return entries.length > 0 ? { entries } : undefined;
  }
  return parseEntry(json);
}

function parseEntry(json: JsonObject): AdvisoryEntry | undefined {
  const fixedVersion = textOf(json.FixedVersion);
  const statusNumber = typeof json.Status === 'number' ? json.Status : 0;
  const status = fixedVersion === undefined ? statusNumbers[statusNumber] : 'fixed';
  if (fixedVersion === undefined && statusNumber in statusNumbers && status === undefined) return undefined;
  const affectedVersion = textOf(json.AffectedVersion);
  const severity = severityOfEntry(json);
  const service = textOf(json.Service);
  return {
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...(affectedVersion !== undefined && { affectedVersion }),
    ...optionalList('architectures', json.Arches),
    ...optionalList('vendorIds', json.VendorIDs),
    ...(severity !== undefined && { severity }),
    ...(status !== undefined && status !== 'unknown' && { status }),
    ...(service !== undefined && { service }),
    ...((json.FiledUnder === 'source' || json.FiledUnder === 'binary') && { filedUnder: json.FiledUnder }),
    ...(Array.isArray(json.Cves) && { cves: (json.Cves as unknown[]).flatMap((cve) => parseCve(cve) ?? []) }),
    ...(Array.isArray(json.Affected) && { cpeNumbers: parseNumbers(json.Affected) }),
    ...optionalList('vulnerableVersions', json.VulnerableVersions),
    ...optionalList('patchedVersions', json.PatchedVersions),
    ...optionalList('unaffectedVersions', json.UnaffectedVersions),
    ...optionalList('operatingSystems', json.OSes),
    ...optionalList('symbols', json.Symbols),
  };
}

/** Of an entry that is CVE-… itself, Red Hat leaves the id out: only the severity is there. */
function parseCve(json: unknown): { id: AdvisoryId; severity?: Severity } | undefined {
  if (!isObject(json)) return undefined;
  const severity = severityOfEntry(json);
  return { id: toAdvisoryId(textOf(json.ID) ?? ''), ...(severity !== undefined && { severity }) };
}

/** Returns the whole numbers of a list, none when it is no list: product numbers, which is all that the tables of 'Red Hat CPE' hold. */
export function parseNumbers(json: unknown): readonly number[] {
  return Array.isArray(json) ? json.filter((item): item is number => Number.isSafeInteger(item)) : [];
}

/**
 * Returns the JSON of an advisory; a `status` is written only where no fixed version says the same. `numberOfCpe` gives the number under which this store keeps a product's
 * name; an entry's own numbers, which are another store's, are not written.
 */
export function formatAdvisory(advisory: StoredAdvisory, numberOfCpe: (cpe: string) => number | undefined = () => undefined): JsonObject {
  const own = formatEntry(advisory, numberOfCpe);
  return advisory.entries === undefined ? own : { ...own, Entries: advisory.entries.map((entry) => formatEntry(entry, numberOfCpe)) };
}

function formatEntry(entry: AdvisoryEntry, numberOfCpe: (cpe: string) => number | undefined): JsonObject {
  return {
    ...(entry.vendorIds !== undefined && { VendorIDs: entry.vendorIds }),
    ...(entry.architectures !== undefined && { Arches: entry.architectures }),
    ...(entry.status !== undefined && entry.fixedVersion === undefined && { Status: statusNumbers.indexOf(entry.status) }),
    ...formatSeverity(entry.severity),
    ...(entry.fixedVersion !== undefined && { FixedVersion: entry.fixedVersion }),
    ...(entry.affectedVersion !== undefined && { AffectedVersion: entry.affectedVersion }),
    ...(entry.service !== undefined && { Service: entry.service }),
    ...(entry.filedUnder !== undefined && { FiledUnder: entry.filedUnder }),
    ...(entry.cves !== undefined && { Cves: entry.cves.map(({ id, severity }) => ({ ...(id !== '' && { ID: id }), ...formatSeverity(severity) })) }),
    ...(entry.cpes !== undefined && { Affected: toNumbers(entry.cpes, numberOfCpe) }),
    ...(entry.vulnerableVersions !== undefined && { VulnerableVersions: entry.vulnerableVersions }),
    ...(entry.patchedVersions !== undefined && { PatchedVersions: entry.patchedVersions }),
    ...(entry.unaffectedVersions !== undefined && { UnaffectedVersions: entry.unaffectedVersions }),
    ...(entry.operatingSystems !== undefined && { OSes: entry.operatingSystems }),
    ...(entry.symbols !== undefined && { Symbols: entry.symbols }),
  };
}

function toNumbers(cpes: readonly string[], numberOfCpe: (cpe: string) => number | undefined): readonly number[] {
  return cpes.flatMap((cpe) => numberOfCpe(cpe) ?? []).sort((a, b) => a - b);
}

/** Who publishes what a bucket holds. */
export interface DataSource {
  readonly id: string;
  readonly name: string;
  readonly url?: string;
}

/** Returns the source that a database names for a bucket, undefined when it names none. */
export function parseDataSource(json: unknown): DataSource | undefined {
  if (!isObject(json)) return undefined;
  const [id, name, url] = [textOf(json.ID), textOf(json.Name), textOf(json.URL)];
  return id === undefined || name === undefined ? undefined : { id, name, ...(url !== undefined && { url }) };
}

export function formatDataSource({ id, name, url }: DataSource): JsonObject {
  return { ID: id, Name: name, ...(url !== undefined && { URL: url }) };
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
    ...parseSsvc(json.Ssvc),
    ...optionalList('cweIds', json.CweIDs),
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
    ...(detail.ssvc !== undefined && { Ssvc: [detail.ssvc.exploitation, detail.ssvc.automatable, detail.ssvc.technicalImpact] }),
    ...(detail.cweIds !== undefined && { CweIDs: detail.cweIds }),
    ...(detail.withdrawn === true && { Withdrawn: true }),
  };
}

/** What a database says of itself; `version` is the schema's. */
export interface StoreMetadata {
  readonly version: number;
  readonly used: AdvisoriesUsed;
  /** Its values lie together in blocks: see CompactShelves. */
  readonly compact?: boolean;
}

/** Returns our own metadata, undefined when it is none. */
export function parseOwnMetadata(json: unknown): StoreMetadata | undefined {
  if (!isObject(json) || typeof json.Version !== 'number') return undefined;
  const used = { source: textOf(json.Source) ?? 'unnamed', builtAt: textOf(json.BuiltAt) ?? '', full: json.Full === true };
  return { version: json.Version, used, ...(json.Compact === true && { compact: true }) };
}

export function formatOwnMetadata(used: AdvisoriesUsed, compact = false): JsonObject {
  return { Version: SCHEMA_VERSION, BuiltAt: used.builtAt, Source: used.source, Full: used.full, ...(compact && { Compact: true }) };
}

/** Where a downloaded database came from: the reference, and the digest of the layer that it was unpacked from. */
export interface StoreOrigin {
  readonly source?: string;
  readonly digest?: string;
}

export function parseOrigin(json: unknown): StoreOrigin | undefined {
  if (!isObject(json)) return undefined;
  const [source, digest] = [textOf(json.source), textOf(json.digest)];
  return { ...(source !== undefined && { source }), ...(digest !== undefined && { digest }) };
}

/** Returns what trivy-db's metadata.json says, undefined when the JSON is something else. `source` is how the caller knows the file. */
export function parseTrivyMetadata(json: unknown, source: string): StoreMetadata | undefined {
  if (!isObject(json) || typeof json.Version !== 'number') return undefined;
  return { version: json.Version, used: { source, builtAt: textOf(json.UpdatedAt) ?? '', full: true } };
}

function parseSsvc(json: unknown): Pick<VulnerabilityDetail, 'ssvc'> {
  const [exploitation, automatable, technicalImpact] = Array.isArray(json) ? (json as unknown[]) : [];
  if (exploitation !== 'none' && exploitation !== 'poc' && exploitation !== 'active') return {};
  if (typeof automatable !== 'boolean' || (technicalImpact !== 'partial' && technicalImpact !== 'total')) return {};
  return { ssvc: { exploitation, automatable, technicalImpact } };
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

function severityOfEntry(json: JsonObject): Severity | undefined {
  return json.Negligible === true ? 'negligible' : severityOf(json.Severity);
}

/** 0 is unknown, which is the same as nothing said. */
function severityOf(number: unknown): Severity | undefined {
  return typeof number === 'number' && number > 0 ? severityNumbers[number] : undefined;
}

/** Returns a text that is not empty. */
export function parseText(json: unknown): string | undefined {
  return textOf(json);
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
