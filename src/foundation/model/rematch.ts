import type { Platform } from './image.ts';
import type { Problem } from './problem.ts';
import type { AdvisoriesUsed } from './report.ts';
import type { Severity } from './severity.ts';

/** A vulnerability that came. */
export interface NewFinding {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly package: { readonly purl: string; readonly name: string; readonly installedVersion: string; readonly fixedVersion?: string };
  readonly kev?: boolean;
  /** ISO 8601: when it was first found. */
  readonly foundAt: string;
}

/** A vulnerability that the advisories no longer say the package has. */
export interface GoneFinding {
  readonly id: string;
  readonly package: { readonly purl: string; readonly name: string; readonly installedVersion: string };
  /** ISO 8601: when that was noticed. */
  readonly goneAt: string;
}

export interface RematchedImage {
  readonly reference?: string;
  readonly digest?: string;
  readonly platform: Platform;
  /** ISO 8601, of its last scan. */
  readonly scannedAt: string;
  /** How many vulnerabilities there are now, the new ones included. */
  readonly vulnerabilities: number;
  /** Worst first. */
  readonly new: readonly NewFinding[];
  readonly gone: readonly GoneFinding[];
  /** What could not be matched. */
  readonly problems: readonly Problem[];
}

/** What `plimsoll rematch --format json` prints. */
export interface RematchResult {
  readonly schemaVersion: 1;
  readonly advisories: AdvisoriesUsed;
  /** As it was asked for. */
  readonly since?: string;
  /** Every image that was scanned and is remembered, sorted by name. */
  readonly images: readonly RematchedImage[];
}
