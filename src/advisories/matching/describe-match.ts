import { isSystemType } from '../../foundation/model/package.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FindingMatch } from '../../foundation/model/finding.ts';
import { bucketSource } from '../store/buckets.ts';
import { aliasesOf, type Match } from './match-candidate.ts';
import type { MatchInput, Vulnerability } from './match.ts';
import { recordPage, referencesOf } from './references.ts';
import { rate } from './severity.ts';

/** Returns a match as it is reported; undefined for an advisory that was withdrawn. */
export function describeMatch(match: Match, { store, now }: MatchInput): Vulnerability | undefined {
  const { installed, bucket, advisory, fixedVersion, paidFix } = match;
  const aliases = aliasesOf(match, store);
  const id = match.id.startsWith('CVE-') ? match.id : (aliases.find((alias) => alias.startsWith('CVE-')) ?? match.id);
  // What is known of a CVE (exploited, its score) holds for the advisory that goes by another name; what the advisory says itself goes first.
  const detail = { ...store.detail(id), ...store.detail(detailId(match)) };
  if (detail.withdrawn === true) return undefined;
  const source = bucketSource(bucket);
  const kev = detail.kevAddedAt !== undefined && !(Date.parse(detail.kevAddedAt) > now.getTime());
  const others = [...new Set([match.id, ...aliases])].filter((alias) => alias !== id).sort(compareText);
  const vendorIds = vendorIdsOf(match, id);
  return {
    package: installed,
    id,
    aliases: others,
    ...(vendorIds.length > 0 && { vendorIds }),
    ...rate(source.id, { severity: match.severity ?? advisory.severity ?? 'unknown' }, detail),
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...(paidFix !== undefined && { paidFix }),
    status: fixedVersion !== undefined ? 'fixed' : (match.status ?? advisory.status ?? 'affected'),
    ...(kev && { kev, kevAddedAt: detail.kevAddedAt }),
    ...(detail.epss !== undefined && { epss: detail.epss.probability, epssPercentile: detail.epss.percentile }),
    references: referencesOf(id, source.id, detail.references),
    ...(detail.title !== undefined && { title: detail.title }),
    ...(detail.description !== undefined && { description: detail.description }),
    category: categoryOf(match),
    source: source.name,
    matchedBy: matchedBy(match, store),
  };
}

/** A language's record is told by the id that it has in the store: GHSA-…, PYSEC-…; an erratum says nothing of one flaw. */
function detailId({ id, recordId = id, installed }: Match): AdvisoryId {
  return isSystemType(installed.type) ? id : recordId;
}

function categoryOf({ installed, isMalware }: Match): Vulnerability['category'] {
  if (isSystemType(installed.type)) return 'os-vulnerability';
  return isMalware === true ? 'malware' : 'application-vulnerability';
}

function vendorIdsOf({ vendorIds, advisory, installed }: Match, id: AdvisoryId): readonly string[] {
  // A language's advisory keeps its aliases there: its publisher is GitHub or the like, and those are no names of a vendor's.
  if (!isSystemType(installed.type)) return [];
  return [...new Set(vendorIds ?? advisory.vendorIds ?? [])].filter((other) => other !== id && !other.startsWith('CVE-')).sort(compareText);
}

function matchedBy(match: Match, store: MatchInput['store']): FindingMatch {
  const { installed, bucket, id, recordId = id, packageName = installed.name, version = installed.version, fixedVersion, affected } = match;
  const url = recordPage(recordId, bucketSource(bucket).id);
  return {
    packageName,
    installedVersion: version,
    affected: affected ?? (fixedVersion === undefined ? 'all versions' : `< ${fixedVersion}`),
    recordId,
    bucket,
    source: store.dataSource(bucket)?.name ?? bucketSource(bucket).name,
    ...(url !== undefined && { url }),
  };
}
