import type { Purl } from './brand.ts';
import type { Severity } from './severity.ts';
import type { TextRange } from './text-range.ts';

export const findingCategories = ['os-vulnerability', 'application-vulnerability', 'baseline', 'malware', 'sensitive-file', 'build-command'] as const;
export type FindingCategory = (typeof findingCategories)[number];
/** Those that come of packages alone. */
export const vulnerabilityCategories: readonly FindingCategory[] = ['os-vulnerability', 'application-vulnerability'];

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

/** How bad one source calls it, in our words: 'nvd', 'ghsa', 'debian', 'redhat' … */
export interface SeverityClaim {
  readonly source: string;
  readonly severity: Severity;
}

/** Why a vulnerability was reported: what was looked up, where, and what made it match. */
export interface FindingMatch {
  /** What was looked up: the source package of a distribution's package, else the package itself. */
  readonly packageName: string;
  /** The version that was compared. */
  readonly installedVersion: string;
  /** The condition that held, as the record states it: '< 1.2.3', '>=1.0.0, <1.2.3', 'all versions'. */
  readonly affected: string;
  /** The record's own id, which may differ from the finding's: DSA-5678-1, GHSA-…, RHSA-2024:1234. */
  readonly recordId: string;
  /** The table of the advisory database that holds it: 'debian 12', 'npm::GitHub Security Advisory npm'. */
  readonly bucket: string;
  /** Who publishes it, by name: 'Debian Security Tracker'. */
  readonly source: string;
  /** The record's own page, where the publisher has one. */
  readonly url?: string;
}

/** What a VEX document says of a finding that stays in the list. */
export interface VexClaim {
  readonly status: 'affected' | 'under_investigation';
  /** The document, as it was named. */
  readonly source: string;
  readonly author?: string;
  /** What to do or what is known, in the author's words. */
  readonly text?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
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
    /** A fix that only those get who pay for it: of Ubuntu Pro, of extended support. */
    readonly paidFix?: { readonly service: string; readonly version: string };
  };
  readonly location: FindingLocation;
  readonly rating?: Rating;
  /** Other names of the same vulnerability, sorted: CVE-…, GHSA-…, DSA-…, USN-…, RHSA-… Absent when it has none. */
  readonly aliases?: readonly string[];
  /** Every rating that is known, `rating` among them, sorted by source. Absent when there is none. */
  readonly ratings?: readonly Rating[];
  /** What each source calls its severity, sorted by source. Absent when no source has a word for it. */
  readonly severities?: readonly SeverityClaim[];
  /** Whose word `severity` is: a source of `severities`, or 'cvss' when it was made from the score of `rating`. */
  readonly severitySource?: string;
  /** Why it was reported. Absent for what is no vulnerability of a package. */
  readonly match?: FindingMatch;
  /** Known to be exploited (CISA KEV). */
  readonly kev?: boolean;
  /** ISO date on which CISA listed it as known to be exploited. */
  readonly kevAddedAt?: string;
  /** Probability of exploitation in 30 days, 0 to 1 (FIRST EPSS). */
  readonly epss?: number;
  /** Part of all scored vulnerabilities whose probability is the same or lower, 0 to 1. */
  readonly epssPercentile?: number;
  /** What a VEX document says of it, other than that it can be ignored. */
  readonly vex?: VexClaim;
  /** What an attacker gains and needs, from the CVSS vector, in words. */
  readonly impact?: string;
  readonly remediation: readonly Remediation[];
  readonly compliance: readonly string[];
}
