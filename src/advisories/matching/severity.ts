import type { Rating } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { StoredAdvisory, VulnerabilityDetail } from '../store/record.ts';
import { scoreCvss3, severityOfScore } from './cvss.ts';

/**
 * Returns how bad a vulnerability is in one package: what its distribution says of that package, else of the vulnerability, else what the CVSS 3 score comes to, else what
 * anybody says. `rating` is the one that explains it: the source's own, else NVD's.
 */
export function rate(
  sourceId: string,
  advisory: StoredAdvisory,
  detail: VulnerabilityDetail | undefined,
): { readonly severity: Severity; readonly rating?: Rating } {
  const rating = chooseRating(sourceId, detail?.ratings ?? []);
  const vendors = detail?.vendorSeverities ?? {};
  const candidates = [
    advisory.severity,
    vendors[sourceId],
    rating?.score === undefined || !isCvss3(rating) ? undefined : severityOfScore(rating.score),
    detail?.severity,
    vendors.nvd,
    ...Object.values(vendors),
  ];
  const severity = candidates.find((candidate) => candidate !== undefined && candidate !== 'unknown') ?? 'unknown';
  return rating === undefined ? { severity } : { severity, rating };
}

/** CVSS 3 ratings first, the source's own before NVD's before anybody's; a missing score is computed from the vector. */
function chooseRating(sourceId: string, ratings: readonly Rating[]): Rating | undefined {
  const bySource = [sourceId, 'nvd', 'ghsa'].flatMap((source) => ratings.filter((rating) => rating.source === source));
  const inOrder = [...bySource, ...ratings];
  const chosen = inOrder.find(isCvss3) ?? inOrder[0];
  if (chosen?.cvssVector === undefined || chosen.score !== undefined) return chosen;
  const score = scoreCvss3(chosen.cvssVector);
  return score === undefined ? chosen : { ...chosen, score };
}

function isCvss3(rating: Rating): boolean {
  return rating.cvssVector?.startsWith('CVSS:3') ?? rating.score !== undefined;
}
