import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { Rating } from '../../../foundation/model/finding.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import type { AdvisoryRecord, VulnerabilityDetail } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { cveOf, cweIdsIn, toDate, toFact, toRating } from '../facts.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Returns what a record says of the vulnerabilities themselves, each with the record's source. A notice on several of them rates the worst, and so its rating is of none; Ubuntu's gives the ratings of
 * each beside the packages.
 */
export function toDetails(record: JsonObject, ids: readonly AdvisoryId[], source: string, hasOwnText: boolean): readonly AdvisoryRecord[] {
  const publishedAt = toDate(record.published);
  const apart = ratingsApart(record);
  const shared = ids.length === 1 ? [record, ...objectsIn(record.affected)].flatMap((part) => objectsIn(part.severity)) : [];
  const specific = isObject(record.database_specific) ? record.database_specific : {};
  const cweIds = cweIdsIn(specific.cwe_ids);
  return ids.map((id) => {
    const severities = [...shared, ...(apart.get(id) ?? [])];
    const word = wordOf(severities) ?? (ids.length === 1 ? severityOfWord(textOf(specific.severity)) : undefined) ?? malwareWord(id);
    const detail: VulnerabilityDetail = {
      ...ratingsOf(severities, source),
      ...(word !== undefined && { vendorSeverities: { [source]: word } }),
      ...(ids.length === 1 && cweIds.length > 0 && { cweIds }),
      ...(publishedAt !== undefined && { publishedAt }),
      ...(hasOwnText && ownText(record)),
    };
    return { kind: 'vulnerability', id, detail };
  });
}

function ratingsOf(severities: readonly JsonObject[], source: string): { readonly ratings?: readonly Rating[] } {
  const ratings = severities.flatMap(({ score }) => toRating(score, source) ?? []);
  const distinct = [...new Map(ratings.map((rating) => [rating.cvssVector, rating])).values()];
  return distinct.length === 0 ? {} : { ratings: distinct };
}

/** A severity that is a word and no vector: Ubuntu's priority. */
function wordOf(severities: readonly JsonObject[]): Severity | undefined {
  return severities.map(({ score }) => severityOfWord(textOf(score))).find((severity) => severity !== undefined);
}

/** Whoever installed malware has lost; the records of it do not say so in a field. */
function malwareWord(id: AdvisoryId): Severity | undefined {
  return id.startsWith('MAL-') ? 'critical' : undefined;
}

/** By CVE what Ubuntu's notices say of it: `database_specific.cves_map.cves`. */
function ratingsApart(record: JsonObject): ReadonlyMap<string, readonly JsonObject[]> {
  const found = new Map<string, readonly JsonObject[]>();
  for (const { database_specific: specific } of objectsIn(record.affected)) {
    const map = isObject(specific) && isObject(specific.cves_map) ? specific.cves_map : {};
    for (const cve of objectsIn(map.cves)) {
      const id = cveOf(toFact(cve.id) ?? '');
      if (id !== undefined && !found.has(id)) found.set(id, objectsIn(cve.severity));
    }
  }
  return found;
}

function ownText(record: JsonObject): Pick<VulnerabilityDetail, 'title' | 'description'> {
  const [title, description] = [record.summary, record.details].map((text) =>
    typeof text === 'string' ? text.trim().slice(0, MAX_TEXT_LENGTH) : '',
  );
  return { ...(title && { title }), ...(description && { description }) };
}

const MAX_TEXT_LENGTH = 4096;
