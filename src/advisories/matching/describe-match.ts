import { isSystemType } from '../../foundation/model/package.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FindingMatch } from '../../foundation/model/finding.ts';
import { bucketSource, type BucketSource } from '../store/buckets.ts';
import type { VulnerabilityDetail } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { aliasesOf, toNames, type Match } from './match-candidate.ts';
import type { MatchInput, Vulnerability } from './match.ts';
import { recordPage, referencesOf } from './references.ts';
import { rate } from './severity.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Who publishes what a bucket holds: as we know them, and by the name that the database has for them. */
interface Publisher extends BucketSource {
  readonly nameInStore: string;
}

/** Returns matches as they are reported, without those of advisories that were withdrawn. */
export function describeMatches(matches: readonly Match[], { store, now }: MatchInput): Vulnerability[] {
  const publishers = new Map<string, Publisher>();
  const described: Vulnerability[] = [];
  for (const match of matches) {
    let publisher = publishers.get(match.bucket);
    if (publisher === undefined) publishers.set(match.bucket, (publisher = publisherOf(match.bucket, store)));
    const vulnerability = describeMatch(match, publisher, store, now);
    if (vulnerability !== undefined) described.push(vulnerability);
  }
  return described;
}

function publisherOf(bucket: string, store: AdvisoryStore): Publisher {
  const source = bucketSource(bucket);
  return { ...source, nameInStore: store.dataSource(bucket)?.name ?? source.name };
}

/** What may be absent is assigned and not spread: an image has thousands of them, and that takes a tenth of the time. */
function describeMatch(match: Match, publisher: Publisher, store: AdvisoryStore, now: Date): Vulnerability | undefined {
  const { installed, advisory, fixedVersion, paidFix } = match;
  const own = store.detail(match.id);
  const aliases = aliasesOf(match, own);
  const id = isCve(match.id) ? match.id : (aliases.find(isCve) ?? match.id);
  const detail = detailOf(match, id === match.id ? own : store.detail(id), id, store);
  if (detail.withdrawn === true) return undefined;
  const verdict = rate(publisher.id, match.severity ?? advisory.severity, detail);
  const found: Mutable<Vulnerability> = {
    package: installed,
    id,
    aliases: id === match.id ? aliases : toNames([match.id, ...aliases], id),
    severity: verdict.severity,
    severities: verdict.severities,
    ratings: verdict.ratings,
    status: fixedVersion !== undefined ? 'fixed' : (match.status ?? advisory.status ?? 'affected'),
    references: referencesOf(id, publisher.id, detail.references),
    category: categoryOf(match),
    source: publisher.name,
    matchedBy: matchedBy(match, publisher),
  };
  if (verdict.severitySource !== undefined) found.severitySource = verdict.severitySource;
  if (verdict.rating !== undefined) found.rating = verdict.rating;
  const vendorIds = vendorIdsOf(match, id);
  if (vendorIds.length > 0) found.vendorIds = vendorIds;
  if (fixedVersion !== undefined) found.fixedVersion = fixedVersion;
  if (paidFix !== undefined) found.paidFix = paidFix;
  if (detail.kevAddedAt !== undefined && !(Date.parse(detail.kevAddedAt) > now.getTime())) {
    found.kev = true;
    found.kevAddedAt = detail.kevAddedAt;
  }
  if (detail.epss !== undefined) {
    found.epss = detail.epss.probability;
    found.epssPercentile = detail.epss.percentile;
  }
  if (detail.title !== undefined) found.title = detail.title;
  if (detail.description !== undefined) found.description = detail.description;
  return found;
}

function isCve(id: string): boolean {
  return id.startsWith('CVE-');
}

/** What is known of a CVE (exploited, its score) holds for the advisory that goes by another name; what the advisory says itself goes first. */
function detailOf(match: Match, general: VulnerabilityDetail | undefined, id: AdvisoryId, store: AdvisoryStore): VulnerabilityDetail {
  const recordId = detailId(match);
  const specific = recordId === id ? undefined : store.detail(recordId);
  if (general === undefined || specific === undefined) return general ?? specific ?? {};
  return { ...general, ...specific };
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
  return toNames(vendorIds ?? advisory.vendorIds ?? [], id).filter((other) => !isCve(other));
}

function matchedBy(match: Match, publisher: Publisher): FindingMatch {
  const { installed, bucket, id, recordId = id, packageName = installed.name, version = installed.version, fixedVersion, affected } = match;
  const found: Mutable<FindingMatch> = {
    packageName,
    installedVersion: version,
    affected: affected ?? (fixedVersion === undefined ? 'all versions' : `< ${fixedVersion}`),
    recordId,
    bucket,
    source: publisher.nameInStore,
  };
  const url = recordPage(recordId, publisher.id);
  if (url !== undefined) found.url = url;
  return found;
}
