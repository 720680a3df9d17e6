import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';

/** A fact of a feed: either what a vulnerability is, or that it affects a package. Facts only: no titles, no descriptions. */
export type AdvisoryRecord =
  | { readonly kind: 'vulnerability'; readonly id: AdvisoryId; readonly detail: VulnerabilityDetail }
  | { readonly kind: 'affected'; readonly bucket: string; readonly packageName: string; readonly id: AdvisoryId; readonly advisory: StoredAdvisory };

/**
 * That one vulnerability affects one package of one platform, as trivy-db's schema stores it under `<bucket>/<packageName>/<id>`.
 * Distributions give `fixedVersion` (or none, with a status); language ecosystems give ranges.
 * `bucket` is 'debian 12', 'alpine 3.20', 'ubuntu 22.04', 'npm::<source>', 'pip::<source>' …
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/types.go
 */
export interface StoredAdvisory {
  readonly fixedVersion?: string;
  readonly affectedVersion?: string;
  /** Each a range such as '>=1.0.0, <1.2.3': any that holds means affected. */
  readonly vulnerableVersions?: readonly string[];
  readonly patchedVersions?: readonly string[];
  readonly unaffectedVersions?: readonly string[];
  readonly severity?: Severity;
  readonly status?: FixStatus;
  readonly vendorIds?: readonly string[];
}

/** What a vulnerability is, apart from whom it affects. */
export interface VulnerabilityDetail {
  readonly severity?: Severity;
  /** The word of each source that has one: { ubuntu: 'low', nvd: 'high' }. */
  readonly vendorSeverities?: Readonly<Record<string, Severity>>;
  readonly ratings?: readonly Rating[];
  readonly title?: string;
  readonly description?: string;
  readonly references?: readonly string[];
  readonly aliases?: readonly AdvisoryId[];
  readonly publishedAt?: string;
  /** ISO date it was listed as known exploited. */
  readonly kevAddedAt?: string;
  readonly epss?: { readonly probability: number; readonly percentile: number };
  readonly withdrawn?: boolean;
}
