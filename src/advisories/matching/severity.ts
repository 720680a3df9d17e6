import { compareText } from '../../foundation/base/order.ts';
import type { Rating, SeverityClaim } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { sortFew } from '../sort-few.ts';
import type { VulnerabilityDetail } from '../store/record.ts';
import { scoreCvss3, severityOfScore } from './cvss.ts';
import { scoreCvss2 } from './cvss2.ts';
import { scoreCvss4 } from './cvss4.ts';

/** How bad a vulnerability is in one package, and who says what. */
export interface SeverityVerdict {
  readonly severity: Severity;
  /** Whose word it is; 'cvss' when it was made from the score of `rating`. Absent when it is unknown. */
  readonly severitySource?: string;
  /** Everybody's word, sorted by source. */
  readonly severities: readonly SeverityClaim[];
  readonly rating?: Rating;
  /** Everybody's rating, sorted by source. */
  readonly ratings: readonly Rating[];
}

/** Where the word of a source nobody named is filed: the database's own choice among those it knew. */
const UNNAMED = 'database';

/**
 * Returns how bad a vulnerability is in one package: what its publisher says of that package (`own`), else of the vulnerability, else what the CVSS 3 score comes to, else what
 * anybody says. `rating` is the one that explains it: the source's own, else NVD's.
 */
export function rate(sourceId: string, own: Severity | undefined, detail: VulnerabilityDetail | undefined): SeverityVerdict {
  const ratings = ratingsOf(detail);
  const rating = chooseRating(sourceId, ratings);
  sortFew(ratings, inOrder);
  const severities = claimsOf(sourceId, own, detail);
  const claim = chooseClaim(sourceId, severities, rating, detail);
  const verdict: Mutable<SeverityVerdict> = { severity: claim?.severity ?? 'unknown', severities, ratings };
  if (claim !== undefined) verdict.severitySource = claim.source;
  if (rating !== undefined) verdict.rating = rating;
  return verdict;
}

function chooseClaim(
  sourceId: string,
  severities: readonly SeverityClaim[],
  rating: Rating | undefined,
  detail: VulnerabilityDetail | undefined,
): SeverityClaim | undefined {
  return (
    claimBy(sourceId, severities) ??
    (rating !== undefined && isCvss3(rating) ? claimByScore(rating) : undefined) ??
    (isKnown(detail?.severity) ? { source: UNNAMED, severity: detail.severity } : undefined) ??
    claimBy('nvd', severities) ??
    severities[0] ??
    // Nobody has a word for it. The scale of version 4 is that of 3.
    (rating?.cvssVector?.startsWith('CVSS:4') === true ? claimByScore(rating) : undefined)
  );
}

function claimBy(source: string, severities: readonly SeverityClaim[]): SeverityClaim | undefined {
  for (const claim of severities) if (claim.source === source) return claim;
  return undefined;
}

function claimByScore({ score }: Rating): SeverityClaim | undefined {
  return score === undefined ? undefined : { source: 'cvss', severity: severityOfScore(score) };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Everybody's word, the publisher's for this package in place of its general one. */
function claimsOf(sourceId: string, own: Severity | undefined, detail: VulnerabilityDetail | undefined): readonly SeverityClaim[] {
  const claims: SeverityClaim[] = isKnown(own) ? [{ source: sourceId, severity: own }] : [];
  const said = detail?.vendorSeverities ?? {};
  for (const source in said) {
    const severity = said[source];
    if (isKnown(severity) && !(source === sourceId && isKnown(own))) claims.push({ source, severity });
  }
  return sortFew(claims, bySource);
}

function bySource(a: { readonly source: string }, b: { readonly source: string }): number {
  return compareText(a.source, b.source);
}

function inOrder(a: Rating, b: Rating): number {
  return bySource(a, b) || compareText(a.cvssVector ?? '', b.cvssVector ?? '');
}

function isKnown(severity: Severity | undefined): severity is Severity {
  return severity !== undefined && severity !== 'unknown';
}

/** CVSS 3 ratings first, the source's own before NVD's before anybody's. */
function chooseRating(sourceId: string, ratings: readonly Rating[]): Rating | undefined {
  if (ratings.length < 2) return ratings[0];
  const cvss3 = ratings.filter(isCvss3);
  const counted = cvss3.length === 0 ? ratings : cvss3;
  return ratingBy(sourceId, counted) ?? ratingBy('nvd', counted) ?? ratingBy('ghsa', counted) ?? counted[0];
}

function ratingBy(source: string, ratings: readonly Rating[]): Rating | undefined {
  return ratings.find((rating) => rating.source === source);
}

function scoreOf(vector: string): number | undefined {
  return scoreCvss3(vector) ?? scoreCvss4(vector) ?? scoreCvss2(vector);
}

/** A missing score is computed from the vector. */
function ratingsOf(detail: VulnerabilityDetail | undefined): Rating[] {
  const ratings: Rating[] = [];
  for (const rating of detail?.ratings ?? []) {
    const score = rating.score ?? (rating.cvssVector === undefined ? undefined : scoreOf(rating.cvssVector));
    ratings.push(rating.score === score || score === undefined ? rating : { ...rating, score });
  }
  return ratings;
}

function isCvss3(rating: Rating): boolean {
  return rating.cvssVector?.startsWith('CVSS:3') ?? rating.score !== undefined;
}
