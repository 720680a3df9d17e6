import type { Purl } from './brand.ts';
import type { Severity } from './severity.ts';
import type { TextRange } from './text-range.ts';

export const findingCategories = ['os-vulnerability', 'application-vulnerability', 'baseline', 'malware', 'sensitive-file', 'build-command'] as const;
export type FindingCategory = (typeof findingCategories)[number];

/** What the distribution or maintainer says of a fix. */
export type FixStatus = 'fixed' | 'affected' | 'will-not-fix' | 'end-of-life' | 'under-investigation' | 'unknown';

/** Their rating, as opposed to `severity`, which is ours. */
export interface Rating {
  readonly cvssVector?: string;
  /** 0.0 to 10.0 */
  readonly score?: number;
  /** Who rated: nvd, ghsa, debian, ubuntu, redhat, … */
  readonly source: string;
}

export interface FindingLocation {
  /** Index into ScanReport.image.layers. */
  readonly layer?: number;
  /** ImagePath of the file. */
  readonly path?: string;
  /** 1-based line in `path`. */
  readonly line?: number;
  /** The history entry that made the layer, as stored in the image. */
  readonly createdBy?: string;
  /** Index into image.config.history. */
  readonly historyIndex?: number;
  /** Set when the Dockerfile was given and the instruction found in it. */
  readonly dockerfileRange?: TextRange;
  /** True when a later layer deleted or replaced the file: it is still in the image's bytes. */
  readonly deletedLater?: boolean;
}

/** What puts it right. `command` is one shell line to run in the image's build; `dockerfile` is lines to put in the Dockerfile; `manual` is prose. */
export interface Remediation {
  readonly kind: 'command' | 'dockerfile' | 'manual';
  readonly text: string;
  /** One line saying what it does. */
  readonly description?: string;
}

/** One reported result. */
export interface Finding {
  /** CVE-2024-3094, PL1003, secret:aws-access-key-id, malware:eicar, baseline:setuid-file … */
  readonly id: string;
  readonly category: FindingCategory;
  readonly severity: Severity;
  readonly title: string;
  readonly description?: string;
  readonly references: readonly string[];
  readonly package?: {
    readonly purl: Purl;
    readonly name: string;
    readonly installedVersion: string;
    readonly fixedVersion?: string;
    readonly status: FixStatus;
  };
  readonly location: FindingLocation;
  readonly rating?: Rating;
  /** Known to be exploited (CISA KEV). */
  readonly kev?: boolean;
  /** Probability of exploitation in 30 days, 0 to 1 (FIRST EPSS). */
  readonly epss?: number;
  /** What an attacker gains and needs, from the CVSS vector, in words. */
  readonly impact?: string;
  readonly remediation: readonly Remediation[];
  readonly compliance: readonly string[];
}
