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
  const ratings = (detail?.ratings ?? []).map(withScore);
  const rating = chooseRating(sourceId, ratings);
  const vendors = { ...detail?.vendorSeverities, ...(isKnown(advisory.severity) && { [sourceId]: advisory.severity }) };
  const byScore = rating?.score === undefined || !isCvss3(rating) ? undefined : severityOfScore(rating.score);
  const severities = Object.entries(vendors)
    .filter(([, severity]) => isKnown(severity))
    .map(([source, severity]) => ({ source, severity }))
    .sort((a, b) => compareText(a.source, b.source));
  const claims: readonly (readonly [source: string, severity: Severity | undefined])[] = [
    [sourceId, vendors[sourceId]],
    ['cvss', byScore],
    [UNNAMED, detail?.severity],
    ['nvd', vendors.nvd],
    ...severities.map(({ source, severity }) => [source, severity] as const),
    // Nobody has a word for it. The scale of version 4 is that of 3.
    ['cvss', rating?.score !== undefined && rating.cvssVector?.startsWith('CVSS:4') === true ? severityOfScore(rating.score) : undefined],
  ];
  const [severitySource, severity] = claims.find(([, claim]) => isKnown(claim)) ?? [];
  return {
    severity: severity ?? 'unknown',
    ...(severitySource !== undefined && { severitySource }),
    severities,
    ...(rating !== undefined && { rating }),
    ratings: ratings.toSorted(
      compareBy(
        (a, b) => compareText(a.source, b.source),
        (a, b) => compareText(a.cvssVector ?? '', b.cvssVector ?? ''),
      ),
    ),
  };
}

function isKnown(severity: Severity | undefined): severity is Severity {
  return severity !== undefined && severity !== 'unknown';
}

/** CVSS 3 ratings first, the source's own before NVD's before anybody's. */
function chooseRating(sourceId: string, ratings: readonly Rating[]): Rating | undefined {
  const bySource = [sourceId, 'nvd', 'ghsa'].flatMap((source) => ratings.filter((rating) => rating.source === source));
  const inOrder = [...bySource, ...ratings];
  return inOrder.find(isCvss3) ?? inOrder[0];
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
