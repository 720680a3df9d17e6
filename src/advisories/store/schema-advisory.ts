import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { AdvisoryEntry, StoredAdvisory } from './record.ts';
import { assign, formatSeverity, isObject, listOf, severityOfEntry, textOf, type JsonObject, type Mutable } from './schema-values.ts';

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

/** Returns an advisory as stored, undefined when it says that the package is not affected or is no advisory at all. */
export function parseAdvisory(json: unknown): StoredAdvisory | undefined {
  if (!isObject(json)) return undefined;
  if (Array.isArray(json.Entries) && json.Entries.length > 0) {
    const entries = (json.Entries as unknown[]).flatMap((entry) => (isObject(entry) ? (parseEntry(entry) ?? []) : []));
    return entries.length > 0 ? { entries } : undefined;
  }
  return parseEntry(json);
}

/** Only what is there is looked at: a look-up reads hundreds of entries, most of them with two or three of these fields. */
function parseEntry(json: JsonObject): AdvisoryEntry | undefined {
  const entry: Mutable<AdvisoryEntry> = {};
  let statusNumber = 0;
  for (const name in json) {
    const value = json[name];
    switch (name) {
      case 'FixedVersion':
        assign(entry, 'fixedVersion', textOf(value));
        break;
      case 'Status':
        if (typeof value === 'number') statusNumber = value;
        break;
      case 'AffectedVersion':
        assign(entry, 'affectedVersion', textOf(value));
        break;
      case 'Severity':
      case 'Negligible':
        assign(entry, 'severity', severityOfEntry(json));
        break;
      case 'Service':
        assign(entry, 'service', textOf(value));
        break;
      case 'Arches':
        assign(entry, 'architectures', listOf(value));
        break;
      case 'VendorIDs':
        assign(entry, 'vendorIds', listOf(value));
        break;
      case 'VulnerableVersions':
        assign(entry, 'vulnerableVersions', listOf(value));
        break;
      case 'PatchedVersions':
        assign(entry, 'patchedVersions', listOf(value));
        break;
      case 'UnaffectedVersions':
        assign(entry, 'unaffectedVersions', listOf(value));
        break;
      case 'OSes':
        assign(entry, 'operatingSystems', listOf(value));
        break;
      case 'Symbols':
        assign(entry, 'symbols', listOf(value));
        break;
      case 'FiledUnder':
        if (value === 'source' || value === 'binary') entry.filedUnder = value;
        break;
      case 'Cves':
        if (Array.isArray(value)) entry.cves = (value as unknown[]).flatMap((cve) => parseCve(cve) ?? []);
        break;
      case 'Affected':
        if (Array.isArray(value)) entry.cpeNumbers = parseNumbers(value);
        break;
      default:
    }
  }
  const status = entry.fixedVersion === undefined ? statusNumbers[statusNumber] : 'fixed';
  if (status === undefined && statusNumber in statusNumbers) return undefined;
  if (status !== undefined && status !== 'unknown') entry.status = status;
  return entry;
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
