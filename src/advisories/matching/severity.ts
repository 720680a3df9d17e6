import { compareBy, compareText } from '../../foundation/base/order.ts';
import type { Rating, SeverityClaim } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';
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
 * Returns how bad a vulnerability is in one package: what its publisher says of that package, else of the vulnerability, else what the CVSS 3 score comes to, else what
 * anybody says. `rating` is the one that explains it: the source's own, else NVD's.
 */
export function rate(sourceId: string, advisory: { readonly severity?: Severity }, detail: VulnerabilityDetail | undefined): SeverityVerdict {
  const known = (detail?.ratings ?? []).map(withScore);
  const rating = chooseRating(sourceId, known);
  const ratings = known.length < 2 ? known : known.sort(inOrder);
  const severities = claimsOf(sourceId, advisory.severity, detail);
  const byScore = rating?.score === undefined ? undefined : severityOfScore(rating.score);
  const claims: readonly (SeverityClaim | undefined)[] = [
    claimOf(sourceId, severities.find(({ source }) => source === sourceId)?.severity),
    claimOf('cvss', rating !== undefined && isCvss3(rating) ? byScore : undefined),
    claimOf(UNNAMED, detail?.severity),
    severities.find(({ source }) => source === 'nvd') ?? severities[0],
    // Nobody has a word for it. The scale of version 4 is that of 3.
    claimOf('cvss', rating?.cvssVector?.startsWith('CVSS:4') === true ? byScore : undefined),
  ];
  const claim = claims.find((candidate) => candidate !== undefined);
  const verdict: Mutable<SeverityVerdict> = { severity: claim?.severity ?? 'unknown', severities, ratings };
  if (claim !== undefined) verdict.severitySource = claim.source;
  if (rating !== undefined) verdict.rating = rating;
  return verdict;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Everybody's word, the publisher's for this package in place of its general one. */
function claimsOf(sourceId: string, own: Severity | undefined, detail: VulnerabilityDetail | undefined): readonly SeverityClaim[] {
  const claims: SeverityClaim[] = isKnown(own) ? [{ source: sourceId, severity: own }] : [];
  for (const [source, severity] of Object.entries(detail?.vendorSeverities ?? {})) {
    if (isKnown(severity) && !(source === sourceId && isKnown(own))) claims.push({ source, severity });
  }
  return claims.length < 2 ? claims : claims.sort((a, b) => compareText(a.source, b.source));
}

function claimOf(source: string, severity: Severity | undefined): SeverityClaim | undefined {
  return isKnown(severity) ? { source, severity } : undefined;
}

const inOrder = compareBy<Rating>(
  (a, b) => compareText(a.source, b.source),
  (a, b) => compareText(a.cvssVector ?? '', b.cvssVector ?? ''),
);

function isKnown(severity: Severity | undefined): severity is Severity {
  return severity !== undefined && severity !== 'unknown';
}

/** CVSS 3 ratings first, the source's own before NVD's before anybody's. */
function chooseRating(sourceId: string, ratings: readonly Rating[]): Rating | undefined {
  if (ratings.length < 2) return ratings[0];
  const bySource = [sourceId, 'nvd', 'ghsa'].flatMap((source) => ratings.filter((rating) => rating.source === source));
  const chosen = [...bySource, ...ratings];
  return chosen.find(isCvss3) ?? chosen[0];
}

function scoreOf(vector: string): number | undefined {
  return scoreCvss3(vector) ?? scoreCvss4(vector) ?? scoreCvss2(vector);
}

/** A missing score is computed from the vector. */
function withScore(rating: Rating): Rating {
  const score = rating.score ?? (rating.cvssVector === undefined ? undefined : scoreOf(rating.cvssVector));
  return score === undefined ? rating : { ...rating, score };
}

function isCvss3(rating: Rating): boolean {
  return rating.cvssVector?.startsWith('CVSS:3') ?? rating.score !== undefined;
}
