import { compareBy, compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { Distro } from '../../foundation/model/image.ts';
import { isSystemType, type InstalledPackage, type PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { severityRank } from '../../foundation/model/severity.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { describeMatch } from './describe-match.ts';
import { isDistroOwned } from './distro-owned.ts';
import { countUncovered, matchLanguage } from './match-language.ts';
import { matchSystem } from './match-system.ts';

/** One vulnerability of one installed package. */
export interface Vulnerability {
  readonly package: InstalledPackage;
  /** The CVE where there is one, else the source's own id. */
  readonly id: AdvisoryId;
  readonly aliases: readonly AdvisoryId[];
  readonly severity: Severity;
  readonly rating?: Rating;
  /** In the scheme of the package; for a distribution's package, the version of its source package. */
  readonly fixedVersion?: string;
  readonly status: FixStatus;
  readonly kev?: boolean;
  /** 0 to 1. */
  readonly epss?: number;
  readonly references: readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly category: 'os-vulnerability' | 'application-vulnerability';
  /** Who says so: 'Debian Security Tracker', 'GitHub Security Advisory npm' … */
  readonly source: string;
}

export interface MatchInput {
  readonly packages: readonly InstalledPackage[];
  readonly distro?: Distro;
  readonly store: AdvisoryStore;
  /** A vulnerability listed as exploited after it is not yet; so that a report can be made again as of its day. */
  readonly now: Date;
}

export interface MatchResult {
  /** Sorted: severity, then id, then package. */
  readonly vulnerabilities: readonly Vulnerability[];
  /** What could not be matched: never taken for clean. */
  readonly problems: readonly Problem[];
  /** How many packages are of types that no advisory database covers, or that the starter set has nothing on; sorted by type. */
  readonly uncovered: readonly { readonly type: PackageType; readonly packages: number }[];
}

/**
 * Returns the vulnerabilities of installed packages. A distribution's package is looked up under its source package, by the source version, in its own release's
 * advisories only; a language's package by name in every source for that language, unless the distribution installed it.
 * @throws {AdvisoryStoreError} when the database is damaged
 */
export function matchPackages(input: MatchInput): MatchResult {
  const system = input.packages.filter((installed) => isSystemType(installed.type) && installed.configOnly !== true);
  const language = input.packages.filter((installed) => !isSystemType(installed.type) && !isDistroOwned(installed, system));
  const problems: Problem[] = [];
  const matches = [...matchSystem(system, input, problems), ...matchLanguage(language, input.store, problems)];
  return {
    vulnerabilities: matches.flatMap((match) => describeMatch(match, input) ?? []).sort(inReportOrder),
    problems,
    uncovered: countUncovered(language, input.store),
  };
}

const inReportOrder = compareBy<Vulnerability>(
  (a, b) => severityRank(a.severity) - severityRank(b.severity),
  (a, b) => compareText(a.id, b.id),
  (a, b) => compareText(a.package.name, b.package.name),
  (a, b) => compareText(a.package.purl, b.package.purl),
  (a, b) => compareText(a.package.files[0] ?? '', b.package.files[0] ?? ''),
);
