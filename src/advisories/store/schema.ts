import type { AdvisoriesUsed } from '../../foundation/model/report.ts';
import { isObject, textOf, type JsonObject } from './schema-values.ts';

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
