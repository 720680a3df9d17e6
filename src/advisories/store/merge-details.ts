import { unite } from './merge-advisories.ts';
import type { VulnerabilityDetail } from './record.ts';

/** Returns what two records of one vulnerability say together: lists are united, and where both name the same thing `b` counts. */
export function mergeDetails(a: VulnerabilityDetail, b: VulnerabilityDetail): VulnerabilityDetail {
  const ratings = [...(a.ratings ?? []), ...(b.ratings ?? [])];
  const distinct = [...new Map(ratings.map((rating) => [`${rating.source} ${rating.cvssVector?.slice(0, 6) ?? ''}`, rating])).values()];
  const vendorSeverities = { ...a.vendorSeverities, ...b.vendorSeverities };
  return {
    ...a,
    ...b,
    ...(distinct.length > 0 && { ratings: distinct }),
    ...(Object.keys(vendorSeverities).length > 0 && { vendorSeverities }),
    ...unite('references', a.references, b.references),
    ...unite('aliases', a.aliases, b.aliases),
    ...unite('cweIds', a.cweIds, b.cweIds),
  };
}
