import type { Digest } from './brand.ts';
import type { Finding, FindingCategory } from './finding.ts';
import type { Distro, ImageConfig, Layer, Platform } from './image.ts';
import type { InstalledPackage, PackageType } from './package.ts';
import type { Problem } from './problem.ts';
import type { Severity } from './severity.ts';

/** What the findings were made against. */
export interface AdvisoriesUsed {
  /** 'starter set', or the file or artefact the database came from. */
  readonly source: string;
  /** ISO 8601; when the database was built from its feeds. */
  readonly builtAt: string;
  /** False for the bundled starter set: known-exploited and critical ones only, not complete coverage. */
  readonly full: boolean;
  /** Packages of the image that no advisory database covers, or that the starter set has nothing on: they are listed, and were not checked. Sorted by type; absent when there are none. */
  readonly uncovered?: readonly { readonly type: PackageType; readonly packages: number }[];
}

/** That a distribution's release gets no more fixes from its makers: what its advisories do not name may be open all the same. */
export interface ReleaseEnd {
  /** 'Debian 10' */
  readonly name: string;
  /** YYYY-MM-DD, the last day with fixes for everybody. */
  readonly endedAt: string;
  /** YYYY-MM-DD, the last day with fixes for those who pay, where that lies ahead. */
  readonly paidUntil?: string;
  /** Where the dates stand. */
  readonly source: string;
}

/** Who says that a finding can be ignored, and why. */
export interface IgnoredBy {
  /** An entry of `.plimsoll.yaml`, or a statement of a VEX document. */
  readonly kind: 'configuration' | 'vex';
  /** The file, as it was named. */
  readonly source: string;
  /** 1-based line of the entry in a configuration. */
  readonly line?: number;
  /** In words: the entry's reason, or the impact statement of a VEX document. */
  readonly reason?: string;
  /** Of a VEX document: what it says of the product. */
  readonly status?: 'not_affected' | 'fixed';
  /** Of a VEX document, its own word: 'vulnerable_code_not_present' … */
  readonly justification?: string;
  /** Of a VEX document: who made the statement. */
  readonly author?: string;
  /** Of a VEX document, ISO 8601: when the statement was made. */
  readonly timestamp?: string;
  /** YYYY-MM-DD, the last day on which the entry counts. */
  readonly expires?: string;
}

/** A finding that somebody says can be ignored. It is in no other list and in no count. */
export interface IgnoredFinding {
  readonly finding: Finding;
  readonly by: IgnoredBy;
}

/** What was left out of a report because nobody asked for it: then "not in it" does not mean "not found". */
export interface ReportFilter {
  /** Only these were looked for; absent when all were. */
  readonly categories?: readonly FindingCategory[];
  readonly minimumSeverity?: Severity;
  readonly ignoreUnfixed?: boolean;
}

/** Where a report that was not made here comes from. */
export interface ReportOrigin {
  /** The artifact in the registry: 'registry.example.com/team/app@sha256:…'. */
  readonly reference: string;
  /** `theirs`: its vulnerabilities are those found when it was made, for its advisories are at least as new as ours; `ours`: its packages were matched with our advisories. */
  readonly matched: 'theirs' | 'ours';
}

/** The one result shape of CLI, language server and webview. Scripts depend on it: extend, don't break. */
export interface ScanReport {
  readonly schemaVersion: 1;
  readonly image: {
    readonly reference?: string;
    /** Digest of the manifest when known, else of the config (the image id). */
    readonly digest?: Digest;
    readonly platform: Platform;
    readonly distro?: Distro;
    /** Absent while the distribution's release gets fixes, and when its dates are not known. */
    readonly endOfLife?: ReleaseEnd;
    readonly config: ImageConfig;
    /** Of the image's manifest: `org.opencontainers.image.base.name` and `.digest` name the base image. Labels are in `config`. */
    readonly annotations?: Readonly<Record<string, string>>;
    /** What else the same name holds images for: each is pulled, and judged, for itself. Absent when it is the only one. */
    readonly otherPlatforms?: readonly Platform[];
    readonly layers: readonly Layer[];
  };
  readonly packages: readonly InstalledPackage[];
  /** Sorted: severity, then id, then location. */
  readonly findings: readonly Finding[];
  /** What was found and is not among `findings`, because an entry of the configuration or a VEX document says that it can be ignored; sorted as they are. Absent when there is none. A registry's policy does not heed it. */
  readonly ignored?: readonly IgnoredFinding[];
  /** What of the ignore entries and VEX documents was not heeded, and why: an entry that has expired, a statement that names no product. The report is complete all the same. Absent when there is none. */
  readonly notices?: readonly Problem[];
  readonly advisories: AdvisoriesUsed;
  /** Absent when nothing was left out. */
  readonly filtered?: ReportFilter;
  /** Absent when the image was looked at here. */
  readonly origin?: ReportOrigin;
  /** What could not be read; not empty means status 'partial'. */
  readonly problems: readonly Problem[];
  readonly status: 'complete' | 'partial';
  /** Milliseconds by phase. */
  readonly timings: Readonly<Record<string, number>>;
}
