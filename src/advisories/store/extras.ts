import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { VulnerabilityDetail } from './record.ts';

/** What is known of vulnerabilities from lists that change by the day, and so lie beside the database. */
export interface AdvisoryExtras {
  /** ISO date on which CISA listed it as known to be exploited. */
  kevAddedAt(id: AdvisoryId): string | undefined;
  epss(id: AdvisoryId): VulnerabilityDetail['epss'];
}

/** Returns what the database says together with what the lists say, which are newer. */
export function withExtras(id: AdvisoryId, detail: VulnerabilityDetail | undefined, extras: AdvisoryExtras): VulnerabilityDetail | undefined {
  const kevAddedAt = extras.kevAddedAt(id);
  const epss = extras.epss(id);
  if (kevAddedAt === undefined && epss === undefined) return detail;
  return { ...detail, ...(kevAddedAt !== undefined && { kevAddedAt }), ...(epss !== undefined && { epss }) };
}
