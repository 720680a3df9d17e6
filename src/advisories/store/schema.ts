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
/** As trivy-db's archive names it, and as we keep it. */
export const DATABASE_FILE = 'trivy.db';
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

/** Fields are assigned and not spread: a look-up reads hundreds of entries, most of them with two or three fields. */
function parseEntry(json: JsonObject): AdvisoryEntry | undefined {
  const fixedVersion = textOf(json.FixedVersion);
  const statusNumber = typeof json.Status === 'number' ? json.Status : 0;
  const status = fixedVersion === undefined ? statusNumbers[statusNumber] : 'fixed';
  if (fixedVersion === undefined && statusNumber in statusNumbers && status === undefined) return undefined;
  const entry: Mutable<AdvisoryEntry> = {};
  if (fixedVersion !== undefined) entry.fixedVersion = fixedVersion;
  if (status !== undefined && status !== 'unknown') entry.status = status;
  assign(entry, 'affectedVersion', textOf(json.AffectedVersion));
  assign(entry, 'severity', severityOfEntry(json));
  assign(entry, 'service', textOf(json.Service));
  assign(entry, 'architectures', listOf(json.Arches));
  assign(entry, 'vendorIds', listOf(json.VendorIDs));
  assign(entry, 'vulnerableVersions', listOf(json.VulnerableVersions));
  assign(entry, 'patchedVersions', listOf(json.PatchedVersions));
  assign(entry, 'unaffectedVersions', listOf(json.UnaffectedVersions));
  assign(entry, 'operatingSystems', listOf(json.OSes));
  assign(entry, 'symbols', listOf(json.Symbols));
  if (json.FiledUnder === 'source' || json.FiledUnder === 'binary') entry.filedUnder = json.FiledUnder;
  if (Array.isArray(json.Cves)) entry.cves = (json.Cves as unknown[]).flatMap((cve) => parseCve(cve) ?? []);
  if (Array.isArray(json.Affected)) entry.cpeNumbers = parseNumbers(json.Affected);
  return entry;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function assign<T, Key extends keyof T>(target: Mutable<T>, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
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
  const detail: Mutable<VulnerabilityDetail> = {};
  assign(detail, 'severity', json.Negligible === true ? 'negligible' : severityOfName(json.Severity));
  if (isObject(json.VendorSeverity)) assign(detail, 'vendorSeverities', parseVendorSeverities(json.VendorSeverity, json.NegligibleFor));
  if (isObject(json.CVSS)) assign(detail, 'ratings', parseAllRatings(json.CVSS));
  assign(detail, 'title', textOf(json.Title));
  assign(detail, 'description', textOf(json.Description));
  assign(detail, 'references', listOf(json.References));
  if (isTextList(json.Aliases)) detail.aliases = json.Aliases.map(toAdvisoryId);
  assign(detail, 'publishedAt', textOf(json.PublishedDate));
  assign(detail, 'kevAddedAt', textOf(json.KnownExploitedSince));
  const [probability, percentile] = Array.isArray(json.Epss) ? (json.Epss as unknown[]) : [];
  if (typeof probability === 'number' && typeof percentile === 'number') detail.epss = { probability, percentile };
  assign(detail, 'ssvc', parseSsvc(json.Ssvc));
  assign(detail, 'cweIds', listOf(json.CweIDs));
  if (json.Withdrawn === true) detail.withdrawn = true;
  return detail;
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

function parseSsvc(json: unknown): VulnerabilityDetail['ssvc'] {
  const [exploitation, automatable, technicalImpact] = Array.isArray(json) ? (json as unknown[]) : [];
  if (exploitation !== 'none' && exploitation !== 'poc' && exploitation !== 'active') return undefined;
  if (typeof automatable !== 'boolean' || (technicalImpact !== 'partial' && technicalImpact !== 'total')) return undefined;
  return { exploitation, automatable, technicalImpact };
}

/** Undefined when there is none. */
function parseVendorSeverities(json: JsonObject, negligibleFor: unknown): Record<string, Severity> | undefined {
  const found: (readonly [source: string, severity: Severity])[] = [];
  for (const [source, number] of Object.entries(json)) {
    const severity = isTextList(negligibleFor) && negligibleFor.includes(source) ? 'negligible' : severityOf(number);
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
  const ratings = Object.entries(json).flatMap(([source, cvss]) => parseRatings(source, cvss));
  return ratings.length === 0 ? undefined : ratings.sort((a, b) => compareText(a.source, b.source));
}

/** One rating for each CVSS version that the source gave: 3 first, since that is what severities are made from. */
function parseRatings(source: string, cvss: unknown): Rating[] {
  if (!isObject(cvss)) return [];
  const ratings: Rating[] = [];
  for (const version of ['V3', 'V40', 'V2']) {
    const rating: Mutable<Rating> = { source };
    assign(rating, 'cvssVector', textOf(cvss[`${version}Vector`]));
    const score = cvss[`${version}Score`];
    if (rating.cvssVector === undefined && typeof score !== 'number') continue;
    if (typeof score === 'number' && score >= 0 && score <= 10) rating.score = score;
    ratings.push(rating);
  }
  return ratings;
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

function severityOfName(name: unknown): Severity | undefined {
  return severityOf(severityNumbers.findIndex((known) => known.toUpperCase() === name));
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

/** Undefined for what is no list of texts, or has none. */
function listOf(value: unknown): readonly string[] | undefined {
  return isTextList(value) && value.length > 0 ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
