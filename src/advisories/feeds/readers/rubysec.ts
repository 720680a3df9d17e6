import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord, VulnerabilityDetail } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, readYamlDocument, unreadable } from '../documents.ts';
import { factsIn, toDate, toFact, toRating, toScoreRating } from '../facts.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * The Ruby community's database: a YAML file for each advisory under gems/<name>/, with the numbers of its ids (`cve`, `ghsa`, `osvdb`) and requirements that clear a version: `patched_versions`,
 * `unaffected_versions`. One without either affects every version. Advisories on Ruby itself (rubies/) are passed over: no gem is installed with it.
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

/** The first is the one that the advisory is kept under. */
function idsOf(advisory: JsonObject): readonly AdvisoryId[] {
  const related = isObject(advisory.related) ? advisory.related : {};
  const numbers: readonly (readonly [prefix: string, values: readonly unknown[]])[] = [
    ['CVE-', [advisory.cve]],
    ['GHSA-', [advisory.ghsa]],
    ['OSVDB-', [advisory.osvdb]],
    // Flaws of other software that the gem carries with it.
    ['CVE-', advisory.cve === undefined ? factsIn(related.cve) : []],
  ];
  return numbers.flatMap(([prefix, values]) =>
    values.flatMap((value) => {
      const number = /^(?:CVE-|GHSA-|OSVDB-)?([\da-z]+(?:-[\da-z]+)*)$/.exec(toFact(value) ?? '')?.[1];
      return number === undefined ? [] : [toAdvisoryId(`${prefix}${number}`)];
    }),
  );
}

function toRecords(packageName: string, ids: readonly AdvisoryId[], advisory: JsonObject): readonly AdvisoryRecord[] {
  const [id = toAdvisoryId(''), ...others] = [...ids].sort((a, b) => Number(b.startsWith('CVE-')) - Number(a.startsWith('CVE-')));
  const patchedVersions = factsIn(advisory.patched_versions);
  const unaffectedVersions = factsIn(advisory.unaffected_versions);
  const vendorIds = others.filter((other) => !other.startsWith('CVE-')).sort();
  return [
    {
      kind: 'affected',
      bucket: `rubygems::${feed.source.name}`,
      packageName,
      id,
      advisory: {
        ...(patchedVersions.length === 0 && unaffectedVersions.length === 0 && { vulnerableVersions: ['>=0'] }),
        ...(patchedVersions.length > 0 && { patchedVersions }),
        ...(unaffectedVersions.length > 0 && { unaffectedVersions }),
        ...(vendorIds.length > 0 && { vendorIds }),
      },
    },
    { kind: 'vulnerability', id, detail: toDetail(advisory) },
  ];
}

/** Scores of version 3 are numbers, of version 4 mostly too; those of version 2 say less than either. */
function toDetail(advisory: JsonObject): VulnerabilityDetail {
  const source = 'ruby-advisory-db';
  const rating = toRating(advisory.cvss_v3, source) ?? toScoreRating(advisory.cvss_v3, source) ?? toRating(advisory.cvss_v4, source);
  const publishedAt = toDate(advisory.date);
  return { ...(rating !== undefined && { ratings: [rating] }), ...(publishedAt !== undefined && { publishedAt }) };
}
