import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { Rating } from '../../../foundation/model/finding.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import { scoreCvss3 } from '../../matching/cvss.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isInRange } from '../../versions/range.ts';
import { toRangeExpressions } from '../../versions/osv-range.ts';
import { schemeOfBucket } from '../../versions/scheme-of-bucket.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, readYamlDocument, textOf, textsIn, unreadable } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * Advisories in the OSV schema, one a file, as JSON or YAML, for PyPI and npm: PyPA's database, GitHub's, osv.dev's. A withdrawn record gives nothing. An advisory is kept
 * under its CVE where it has one, its other ids beside it; one with several CVEs is kept under each.
 * @see https://ossf.github.io/osv-schema/
 */
export const feed: AdvisoryFeed = {
  id: 'osv',
  source: { name: 'Open Source Vulnerability', url: 'https://osv.dev/', licence: "each database's own; PyPA's is CC-BY-4.0" },
  wants: (name) => /(?:^|\/)(?:PYSEC|GHSA|OSV|MAL)-[^/]*\.(?:json|ya?ml)$/.test(name),
  *read(file) {
    const { value, problems } = readYamlDocument(file);
    const id = isObject(value) ? textOf(value.id) : undefined;
    if (problems.length > 0) yield { value: [], problems };
    else yield isObject(value) && id !== undefined ? { value: toRecords(id, value), problems: [] } : unreadable(file, 'no OSV record');
  },
};

const ecosystems: Readonly<Record<string, { prefix: string; ghsaName: string }>> = {
  PyPI: { prefix: 'pip', ghsaName: 'pip' },
  npm: { prefix: 'npm', ghsaName: 'npm' },
};

const ghsaSeverities: Readonly<Record<string, Severity>> = { CRITICAL: 'critical', HIGH: 'high', MODERATE: 'medium', LOW: 'low' };

function toRecords(id: string, record: JsonObject): readonly AdvisoryRecord[] {
  if (textOf(record.withdrawn) !== undefined) return [];
  const names = [...new Set([id, ...textsIn(record.aliases), ...textsIn(record.upstream)])];
  const cves = names.filter((name) => name.startsWith('CVE-'));
  const ids = cves.length > 0 ? cves : [id];
  const vendorIds = names.filter((name) => !ids.includes(name)).sort();
  const affected = objectsIn(record.affected);
  return ids.flatMap((primary) => {
    const records = affected.flatMap((entry) => toAffected(id, primary, vendorIds, entry));
    return records.length === 0 ? [] : [...records, { kind: 'vulnerability', id: toAdvisoryId(primary), detail: toDetail(id, record) }];
  });
}

function toAffected(id: string, primary: string, vendorIds: readonly string[], affected: JsonObject): AdvisoryRecord[] {
  const ecosystem = isObject(affected.package) ? ecosystems[textOf(affected.package.ecosystem) ?? ''] : undefined;
  const name = isObject(affected.package) ? textOf(affected.package.name) : undefined;
  if (ecosystem === undefined || name === undefined) return [];
  const bucket = `${ecosystem.prefix}::${databaseOf(id, ecosystem.ghsaName)}`;
  const lower = name.toLowerCase();
  const ranges = objectsIn(affected.ranges).filter((range) => range.type !== 'GIT');
  const scheme = schemeOfBucket(bucket);
  if (scheme === undefined) return [];
  const found = ranges.flatMap((range) => toExpressions(scheme, objectsIn(range.events)));
  const apart = textsIn(affected.versions).filter((version) => !found.some((expression) => isInRange(scheme, version, expression)));
  const vulnerableVersions = [...found, ...apart.map((version) => `=${version}`)];
  if (vulnerableVersions.length === 0) return [];
  const patchedVersions = ranges.flatMap((range) => objectsIn(range.events).flatMap((event) => textOf(event.fixed) ?? []));
  return [
    {
      kind: 'affected',
      bucket,
      packageName: ecosystem.prefix === 'pip' ? lower.replaceAll(/[-_.]+/g, '-') : lower,
      id: toAdvisoryId(primary),
      advisory: { vulnerableVersions, ...(patchedVersions.length > 0 && { patchedVersions }), ...(vendorIds.length > 0 && { vendorIds }) },
    },
  ];
}

/** Bucket names as trivy-db has them, so that both kinds of database are looked up alike. */
function databaseOf(id: string, ghsaName: string): string {
  if (id.startsWith('GHSA-')) return `GitHub Security Advisory ${ghsaName}`;
  return id.startsWith('PYSEC-') ? 'PyPA Advisory Database' : feed.source.name;
}

function toExpressions(scheme: VersionScheme, events: readonly JsonObject[]): readonly string[] {
  return toRangeExpressions(
    scheme,
    events.map((event) => {
      const [introduced, fixed, lastAffected, limit] = [event.introduced, event.fixed, event.last_affected, event.limit].map(textOf);
      return {
        ...(introduced !== undefined && { introduced }),
        ...(fixed !== undefined && { fixed }),
        ...(lastAffected !== undefined && { lastAffected }),
        ...(limit !== undefined && { limit }),
      };
    }),
  );
}

function toDetail(id: string, record: JsonObject): Extract<AdvisoryRecord, { kind: 'vulnerability' }>['detail'] {
  const source = id.startsWith('GHSA-') ? 'ghsa' : id.startsWith('PYSEC-') ? 'pypa' : 'osv';
  const severities = [record, ...objectsIn(record.affected)].flatMap((part) => objectsIn(part.severity));
  const vectors = new Set(severities.flatMap(({ score }) => textOf(score) ?? []));
  const ratings = [...vectors].map((cvssVector): Rating => {
    const score = scoreCvss3(cvssVector);
    return { cvssVector, source, ...(score !== undefined && { score }) };
  });
  const word = isObject(record.database_specific) ? ghsaSeverities[textOf(record.database_specific.severity) ?? ''] : undefined;
  const publishedAt = textOf(record.published);
  return {
    ...(ratings.length > 0 && { ratings }),
    ...(word !== undefined && { vendorSeverities: { [source]: word } }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}
