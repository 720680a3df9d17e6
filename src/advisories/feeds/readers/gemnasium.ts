import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { VulnerabilityDetail, AdvisoryRecord } from '../../store/record.ts';
import { severityOfScore } from '../../matching/cvss.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, readYamlDocument, unreadable } from '../documents.ts';
import { cweIdsIn, factsIn, toDate, toFact, toId, toRating } from '../facts.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * GitLab's advisory database: a YAML file for each advisory under <ecosystem>/<name>/, with `package_slug`, `affected_range`, `fixed_versions`, `identifiers` and CVSS vectors. Ranges are written as the
 * ecosystem writes them. An empty range stands beside the words "All versions": every version is affected that no fixed one clears.
 * @see https://gitlab.com/gitlab-org/advisories-community
 */
export const feed: AdvisoryFeed = {
  id: 'gemnasium',
  source: { name: 'GitLab Advisory Database (Open Source Edition)', url: 'https://gitlab.com/gitlab-org/advisories-community', licence: 'MIT' },
  wants: (name) =>
    /(?:^|\/)(?:cargo|conan|gem|go|maven|npm|nuget|packagist|pypi|swift)\/(?:[^/]+\/)+(?!PYSEC-)[^/]+\.yml$/.test(name) && !isCompanyFile(name),
  *read(file) {
    const { value, problems } = readYamlDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    else if (!isObject(value)) yield unreadable(file, 'no advisory');
    else yield readAdvisory(value) ?? unreadable(file, 'no package, range or id of an advisory');
  },
};

/** What its ecosystems are called in buckets, and how names are written there. */
const ecosystems: ReadonlyMap<string, { readonly prefix: string; toName(name: string): string }> = new Map([
  ['cargo', { prefix: 'cargo', toName: toLower }],
  ['conan', { prefix: 'conan', toName: toLower }],
  ['gem', { prefix: 'rubygems', toName: toLower }],
  ['go', { prefix: 'go', toName: (name) => name }],
  // group/artifact
  ['maven', { prefix: 'maven', toName: (name) => name.toLowerCase().replace(/\/(?=[^/]*$)/, ':') }],
  ['npm', { prefix: 'npm', toName: toLower }],
  ['nuget', { prefix: 'nuget', toName: toLower }],
  ['packagist', { prefix: 'composer', toName: toLower }],
  ['pypi', { prefix: 'pip', toName: (name) => name.toLowerCase().replaceAll(/[-_.]+/g, '-') }],
  ['swift', { prefix: 'swift', toName: toLower }],
]);

function toLower(name: string): string {
  return name.toLowerCase();
}

function readAdvisory(advisory: JsonObject): { value: readonly AdvisoryRecord[]; problems: [] } | undefined {
  const [, slug = '', name = ''] = /^([^/]+)\/(.+)$/.exec(toFact(advisory.package_slug) ?? '') ?? [];
  const ecosystem = ecosystems.get(slug);
  const ids = [...new Set([advisory.identifier, ...factsIn(advisory.identifiers)].flatMap((id) => toId(id) ?? []))];
  const id = ids.find((candidate) => candidate.startsWith('CVE-')) ?? ids[0];
  if (ecosystem === undefined || id === undefined || typeof advisory.affected_range !== 'string') return undefined;
  const range = toRange(advisory.affected_range);
  if (range === undefined) return undefined;
  const others = ids.filter((other) => other !== id).sort();
  const patchedVersions = factsIn(advisory.fixed_versions);
  const affected: AdvisoryRecord = {
    kind: 'affected',
    bucket: `${ecosystem.prefix}::${feed.source.name}`,
    packageName: ecosystem.toName(name),
    id,
    advisory: {
      vulnerableVersions: [range],
      ...(patchedVersions.length > 0 && { patchedVersions }),
      ...(others.length > 0 && { vendorIds: others }),
    },
  };
  return { value: [affected, toVulnerability(id, advisory)], problems: [] };
}

/** A range of many alternatives is longer than other facts are. */
function toRange(text: string): string | undefined {
  const range = text.trim() || EVERY_VERSION;
  return range.length > MAX_RANGE_LENGTH || /[\u0000-\u001f\u007f\ufffd]/.test(range) ? undefined : range;
}

const MAX_RANGE_LENGTH = 16_384;
const EVERY_VERSION = '>=0';

function toVulnerability(id: AdvisoryId, advisory: JsonObject): AdvisoryRecord {
  const ratings = [advisory.cvss_v3, advisory.cvss_v4, advisory.cvss_v2].flatMap((vector) => toRating(vector, 'glad') ?? []);
  const score = ratings.find((rating) => rating.cvssVector?.startsWith('CVSS:3') === true)?.score;
  const publishedAt = toDate(advisory.pubdate);
  // Two entries stand for "vulnerable software" and "none of the top ten" on every advisory.
  const cweIds = cweIdsIn(advisory.cwe_ids).filter((cwe) => cwe !== 'CWE-1035' && cwe !== 'CWE-937');
  const detail: VulnerabilityDetail = {
    ...(score !== undefined && { vendorSeverities: { glad: severityOfScore(score) } }),
    ...(ratings.length > 0 && { ratings }),
    ...(cweIds.length > 0 && { cweIds }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
  return { kind: 'vulnerability', id, detail };
}
