import { bucketSource } from '../../store/buckets.ts';
import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { ParseProblem, Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { cveOf, factsIn, toId } from '../facts.ts';
import { databaseOf, isErratum, isMereUpdate } from './databases.ts';
import { toDetails } from './details.ts';
import type { ErratumFacts } from './distribution-record.ts';
import { toDistributionRecords } from './distribution-record.ts';
import { placeOf } from './ecosystems.ts';
import { packageNameOf, toLanguageRecords } from './language-record.ts';
import type { ReadAffected } from './language-record.ts';
import { severityOfWord } from '../vendor-words.ts';

/** The newest version of the schema whose fields are known; later ones of the same first number only add some. */
const KNOWN_SCHEMA = 1;

export interface OsvOptions {
  /** Named in problems. */
  readonly file: string;
  /** Where packages of languages go, whatever the record's id: 'Company Advisories'. */
  readonly database?: string;
  /** Keep headline and text: they are the user's own. */
  readonly hasOwnText?: true;
}

/**
 * Returns the facts of one advisory in the OSV schema. It is kept under its CVE where it has one, its other ids beside it; one with several CVEs is kept under each. A withdrawn one says no more than that
 * it is. What cannot be read is told with the record's id, and the rest of it is read all the same.
 * @see https://ossf.github.io/osv-schema/
 */
export function readOsvRecord(record: unknown, options: OsvOptions): Parsed<readonly AdvisoryRecord[]> {
  const own = isObject(record) ? toId(record.id) : undefined;
  if (!isObject(record) || own === undefined) return { value: [], problems: [{ message: `${options.file}: no OSV record` }] };
  const problems: string[] = [];
  const schema = /^(\d{1,6})\./.exec(textOf(record.schema_version) ?? '1.')?.[1];
  if (Number(schema ?? Number.NaN) !== KNOWN_SCHEMA)
    problems.push(`its schema version ${JSON.stringify(record.schema_version).slice(0, 40)} is not known`);
  const records = isWithdrawn(record) ? [withdrawn(own)] : readActive(own, record, options, problems);
  return { value: records, problems: toProblems(options.file, own, problems) };
}

function isWithdrawn(record: JsonObject): boolean {
  return textOf(record.withdrawn) !== undefined;
}

/** Said of the record's own id only: another source may still stand by the CVE. */
function withdrawn(id: AdvisoryId): AdvisoryRecord {
  return { kind: 'vulnerability', id, detail: { withdrawn: true } };
}

function readActive(own: AdvisoryId, record: JsonObject, options: OsvOptions, problems: string[]): readonly AdvisoryRecord[] {
  const { ids, vendorIds } = chooseIds(own, record);
  // A notice of mended bugs is none of a vulnerability.
  if (isMereUpdate(own) && !ids.some((id) => id.startsWith('CVE-'))) return [];
  const severity = isErratum(own) ? severityOfWord(/^(\w+):/.exec(textOf(record.summary) ?? '')?.[1]) : undefined;
  const erratum: ErratumFacts = { own, ids, vendorIds, severity, record };
  const affected = objectsIn(record.affected);
  const records = affected.flatMap((entry) => {
    const found = readAffected(entry, erratum, options);
    problems.push(...found.problems);
    return found.records;
  });
  const bucket = records.find((found) => found.kind === 'affected')?.bucket;
  const source = bucket === undefined ? sourceOf(own) : bucketSource(bucket).id;
  const details = toDetails(record, ids, source, options.hasOwnText === true);
  return [...records, ...(records.length > 0 ? details : details.filter(hasRating))];
}

function readAffected(affected: JsonObject, erratum: ErratumFacts, options: OsvOptions): ReadAffected {
  const ecosystem = isObject(affected.package) ? textOf(affected.package.ecosystem) : undefined;
  // Without a package there are only commits, which no image has.
  if (ecosystem === undefined) return { records: [], problems: [] };
  const name = packageNameOf(affected);
  if (name === undefined) return { records: [], problems: ['a package has no name'] };
  const place = placeOf(ecosystem);
  switch (place?.kind) {
    case undefined:
      return { records: [], problems: [`its ecosystem ${JSON.stringify(ecosystem.slice(0, 80))} is not known`] };
    case 'elsewhere':
      return { records: [], problems: [] };
    case 'distribution':
      return toDistributionRecords(place, name, erratum, affected);
    case 'language': {
      const database = options.database ?? databaseOf(erratum.own, place.ecosystem, place.supplier);
      const bucket = `${place.supplier}${place.ecosystem.prefix}::${database}`;
      return toLanguageRecords(bucket, place.ecosystem.toName(name), erratum.ids, erratum.vendorIds, affected);
    }
  }
}

/** `upstream` names the flaw that a distribution's record is about, and so do a notice's `related` when it has nothing else. */
function chooseIds(own: AdvisoryId, record: JsonObject): { ids: readonly AdvisoryId[]; vendorIds: readonly AdvisoryId[] } {
  const named = [own, ...idsIn(record.aliases), ...idsIn(record.upstream)];
  const cves = cvesIn(named);
  const ids = cves.length > 0 ? cves : isErratum(own) ? cvesIn(idsIn(record.related)) : [];
  const chosen = ids.length > 0 ? ids : [own];
  return { ids: chosen, vendorIds: [...new Set(named)].filter((id) => !chosen.includes(id) && cveOf(id) === undefined).sort() };
}

function idsIn(value: unknown): readonly AdvisoryId[] {
  return factsIn(value).flatMap((text) => toId(text) ?? []);
}

function cvesIn(ids: readonly AdvisoryId[]): readonly AdvisoryId[] {
  return [...new Set(ids.flatMap((id) => cveOf(id) ?? []))];
}

function hasRating(record: AdvisoryRecord): boolean {
  return record.kind === 'vulnerability' && (record.detail.ratings !== undefined || record.detail.vendorSeverities !== undefined);
}

/** Of a record that has no package of ours. */
function sourceOf(id: AdvisoryId): string {
  return id.startsWith('GHSA-') ? 'ghsa' : 'osv';
}

/** One problem of each kind is enough: a record has thousands of packages. */
function toProblems(file: string, id: string, problems: readonly string[]): readonly ParseProblem[] {
  return [...new Set(problems)].slice(0, MAX_PROBLEMS).map((problem) => ({ message: `${file}: ${id}: ${problem}` }));
}

const MAX_PROBLEMS = 20;
