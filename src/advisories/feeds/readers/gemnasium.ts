import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { scoreCvss3, severityOfScore } from '../../matching/cvss.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, readYamlDocument, textOf, textsIn, unreadable } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * GitLab's advisory database: a YAML file for each advisory under npm/<name>/ or pypi/<name>/, with `package_slug`, `affected_range`, `fixed_versions`, `identifiers`, `cvss_v3`.
 * An empty range affects nothing. Other ecosystems are passed over.
 * @see https://gitlab.com/gitlab-org/advisories-community
 */
export const feed: AdvisoryFeed = {
  id: 'gemnasium',
  source: { name: 'GitLab Advisory Database (Open Source Edition)', url: 'https://gitlab.com/gitlab-org/advisories-community', licence: 'MIT' },
  wants: (name) => /(?:^|\/)(?:npm|pypi)\/.+\.ya?ml$/.test(name),
  *read(file) {
    const { value, problems } = readYamlDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    else yield isObject(value) ? { value: toRecords(value) ?? [], problems: [] } : unreadable(file, 'no advisory');
  },
};

const prefixes: Readonly<Record<string, string>> = { npm: 'npm', pypi: 'pip' };

function toRecords(advisory: JsonObject): readonly AdvisoryRecord[] | undefined {
  const [, ecosystem = '', packageName = ''] = /^([^/]+)\/(.+)$/.exec(textOf(advisory.package_slug) ?? '') ?? [];
  const prefix = prefixes[ecosystem];
  const range = textOf(advisory.affected_range);
  const ids = [textOf(advisory.identifier), ...textsIn(advisory.identifiers)].filter((id) => id !== undefined);
  const id = ids.find((candidate) => candidate.startsWith('CVE-')) ?? ids[0];
  if (prefix === undefined || range === undefined || id === undefined) return undefined;
  const others = [...new Set(ids)].filter((other) => other !== id).sort();
  const patchedVersions = textsIn(advisory.fixed_versions);
  const cvssVector = textOf(advisory.cvss_v3);
  const score = cvssVector === undefined ? undefined : scoreCvss3(cvssVector);
  return [
    {
      kind: 'affected',
      bucket: `${prefix}::${feed.source.name}`,
      packageName: packageName.toLowerCase(),
      id: toAdvisoryId(id),
      advisory: {
        vulnerableVersions: [range],
        ...(patchedVersions.length > 0 && { patchedVersions }),
        ...(others.length > 0 && { vendorIds: others }),
      },
    },
    {
      kind: 'vulnerability',
      id: toAdvisoryId(id),
      detail: {
        ...(score !== undefined && { vendorSeverities: { glad: severityOfScore(score) } }),
        ...(cvssVector !== undefined && score !== undefined && { ratings: [{ cvssVector, score, source: 'glad' }] }),
        ...optionalDate(textOf(advisory.pubdate)),
      },
    },
  ];
}

function optionalDate(date: string | undefined): { publishedAt?: string } {
  return date === undefined || Number.isNaN(Date.parse(date)) ? {} : { publishedAt: new Date(date).toISOString() };
}
