import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord, VulnerabilityDetail } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, readYamlDocument, textOf, unreadable } from '../documents.ts';
import { factsIn, toDate, toFact, toRating, toScoreRating } from '../facts.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * The Ruby community's database: a YAML file for each advisory under gems/<name>/, with the numbers of its ids (`cve`, `ghsa`, `osvdb`) and requirements that clear a version: `patched_versions`,
 * `unaffected_versions`. One without either affects every version. What `related` names may be no more than like it: those CVEs are the advisory's own where it has none, where its own is among them, or where its text has a section on each, and it is then
 * kept under every one of them. Advisories on Ruby itself (rubies/) are passed over: no gem is installed with it.
 * @see https://github.com/rubysec/ruby-advisory-db
 */
export const feed: AdvisoryFeed = {
  id: 'rubysec',
  source: { name: 'Ruby Advisory Database', url: 'https://github.com/rubysec/ruby-advisory-db', licence: 'public domain; facts only' },
  wants: (name) => /(?:^|\/)gems\/[^/]+\/[^/]+\.yml$/.test(name) && !isCompanyFile(name),
  *read(file) {
    const { value, problems } = readYamlDocument(file);
    if (problems.length > 0) {
      yield { value: [], problems };
      return;
    }
    const packageName = isObject(value) ? toFact(value.gem) : undefined;
    const ids = isObject(value) ? idsOf(value) : [];
    if (!isObject(value) || packageName === undefined || ids.length === 0) yield unreadable(file, 'no gem or id of an advisory');
    else yield { value: toRecords(packageName.toLowerCase(), ids, value), problems: [] };
  },
};

/** Its own CVE first, or else those of the software that the gem carries with it. */
function idsOf(advisory: JsonObject): readonly AdvisoryId[] {
  const own = toIds('CVE-', [advisory.cve]);
  return [...new Set([...own, ...relatedCves(advisory, own), ...otherIds(advisory)])];
}

/** Ids of it that are no CVEs. */
function otherIds(advisory: JsonObject): readonly AdvisoryId[] {
  return [...toIds('GHSA-', [advisory.ghsa]), ...toIds('OSVDB-', [advisory.osvdb])];
}

function relatedCves(advisory: JsonObject, [own]: readonly AdvisoryId[]): readonly AdvisoryId[] {
  const related = isObject(advisory.related) ? toIds('CVE-', factsIn(advisory.related.cve)) : [];
  if (own === undefined || related.includes(own)) return related;
  const headings = new Set((textOf(advisory.description) ?? '').split('\n').map((line) => line.trim()));
  return headings.has(own) ? related.filter((id) => headings.has(id)) : [];
}

function toIds(prefix: string, values: readonly unknown[]): readonly AdvisoryId[] {
  return values.flatMap((value) => {
    const number = /^(?:CVE-|GHSA-|OSVDB-)?([\da-z]+(?:-[\da-z]+)*)$/.exec(toFact(value) ?? '')?.[1];
    return number === undefined ? [] : [toAdvisoryId(`${prefix}${number}`)];
  });
}

function toRecords(packageName: string, ids: readonly AdvisoryId[], advisory: JsonObject): readonly AdvisoryRecord[] {
  const cves = ids.filter((id) => id.startsWith('CVE-'));
  const kept = cves.length > 0 ? cves : ids.slice(0, 1);
  const patchedVersions = factsIn(advisory.patched_versions);
  const unaffectedVersions = factsIn(advisory.unaffected_versions);
  const others = ids.filter((id) => !kept.includes(id)).sort();
  // The other ids are those of its own CVE, not of what is listed with it.
  const vendorIdsOf = (id: AdvisoryId): readonly AdvisoryId[] => (advisory.cve === undefined || id === kept[0] ? others : []);
  return kept.flatMap((id): AdvisoryRecord[] => [
    {
      kind: 'affected',
      bucket: `rubygems::${feed.source.name}`,
      packageName,
      id,
      advisory: {
        ...(patchedVersions.length === 0 && unaffectedVersions.length === 0 && { vulnerableVersions: ['>=0'] }),
        ...(patchedVersions.length > 0 && { patchedVersions }),
        ...(unaffectedVersions.length > 0 && { unaffectedVersions }),
        ...(vendorIdsOf(id).length > 0 && { vendorIds: vendorIdsOf(id) }),
      },
    },
    { kind: 'vulnerability', id, detail: toDetail(advisory) },
  ]);
}

/** Scores of version 3 are numbers, of version 4 mostly too; those of version 2 say less than either. */
function toDetail(advisory: JsonObject): VulnerabilityDetail {
  const source = 'ruby-advisory-db';
  const rating = toRating(advisory.cvss_v3, source) ?? toScoreRating(advisory.cvss_v3, source) ?? toRating(advisory.cvss_v4, source);
  const publishedAt = toDate(advisory.date);
  return { ...(rating !== undefined && { ratings: [rating] }), ...(publishedAt !== undefined && { publishedAt }) };
}
