import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FindingMatch, FixStatus, Rating, SeverityClaim } from '../../foundation/model/finding.ts';
import type { Distro } from '../../foundation/model/image.ts';
import { isSystemType, type InstalledPackage, type PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { severityRank } from '../../foundation/model/severity.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { describeMatches } from './describe-match.ts';
import { isDistroOwned } from './distro-owned.ts';
import type { EndOfLife } from './end-of-life.ts';
import type { PaidFix } from './match-candidate.ts';
import { countUncovered, matchLanguage } from './match-language.ts';
import { matchSystem } from './match-system.ts';

/** One vulnerability of one installed package. */
export interface Vulnerability {
  readonly package: InstalledPackage;
  /** The CVE where there is one, else the source's own id. */
  readonly id: AdvisoryId;
  /** Every other name of it, `vendorIds` among them; sorted. */
  readonly aliases: readonly AdvisoryId[];
  /** What the publisher of the record calls it, sorted: DSA-5678-1, USN-6000-1, RHSA-2024:1234, KB5031364. Absent when it has no such name. */
  readonly vendorIds?: readonly string[];
  readonly severity: Severity;
  /** Whose word `severity` is: a source of `severities`; 'cvss' when it was made from the score of `rating`. Absent when it is unknown. */
  readonly severitySource?: string;
  /** What every source calls it, sorted by source; the publisher's word for this very package goes before its general one. */
  readonly severities: readonly SeverityClaim[];
  /** The one that explains the severity: the source's own, else NVD's. */
  readonly rating?: Rating;
  /** Every rating that is known, sorted by source. */
  readonly ratings: readonly Rating[];
  /** In the scheme of the package; for a distribution's package, the version of its source package. */
  readonly fixedVersion?: string;
  /** A fix that there is for those only who pay for it, where nobody else has a newer version to go to. */
  readonly paidFix?: PaidFix;
  readonly status: FixStatus;
  readonly kev?: boolean;
  /** ISO date on which it was listed as known to be exploited. */
  readonly kevAddedAt?: string;
  /** 0 to 1. */
  readonly epss?: number;
  readonly epssPercentile?: number;
  readonly references: readonly string[];
  readonly title?: string;
  readonly description?: string;
  /** 'malware': the package itself does harm. */
  readonly category: 'os-vulnerability' | 'application-vulnerability' | 'malware';
  /** Who says so: 'Debian Security Tracker', 'GitHub Security Advisory npm' … */
  readonly source: string;
  /** Why it matched. */
  readonly matchedBy: FindingMatch;
}

export interface MatchInput {
  readonly packages: readonly InstalledPackage[];
  readonly distro?: Distro;
  readonly store: AdvisoryStore;
  /** A vulnerability listed as exploited after it is not yet, and a release ends when its day has come; so that a report can be made again as of its day. */
  readonly now: Date;
}

export interface MatchResult {
  /** Sorted: severity, then id, then package. */
  readonly vulnerabilities: readonly Vulnerability[];
  /** What could not be matched: never taken for clean. */
  readonly problems: readonly Problem[];
  /** How many packages are of types that no advisory database covers, that the starter set has nothing on, or that others than the distribution built; sorted by type. */
  readonly uncovered: readonly { readonly type: PackageType; readonly packages: number }[];
  /** Set when the distribution's release gets no more fixes: what its advisories do not name may be open all the same. */
  readonly endOfLife?: EndOfLife;
}

/**
 * Returns the vulnerabilities of installed packages. A distribution's package is looked up in its own release's advisories only, by the rules of its family; a language's package by
 * name in every source for that language, unless the distribution installed it. One vulnerability of one package is one, whatever names it goes by.
 * @throws {AdvisoryStoreError} when the database is damaged
 */
export function matchPackages(input: MatchInput): MatchResult {
  const system = input.packages.filter((installed) => isSystemType(installed.type) && installed.configOnly !== true);
  const language = input.packages.filter((installed) => !isSystemType(installed.type) && !isDistroOwned(installed, system));
  const ofSystem = matchSystem(system, input);
  const problems = [...ofSystem.problems];
  const matches = [...ofSystem.matches, ...matchLanguage(language, input.store, problems, input.distro?.id === 'windows' ? 'windows' : 'linux')];
  return {
    vulnerabilities: withoutTwins(describeMatches(matches, input)).sort(inReportOrder),
    problems,
    uncovered: addForeign(countUncovered(language, input.store), ofSystem.foreign),
    ...(ofSystem.endOfLife !== undefined && { endOfLife: ofSystem.endOfLife }),
  };
}

/** A distribution may file one flaw under two ids that are aliases: the one with the fix is kept, else the first, under all of the names. */
function withoutTwins(found: readonly Vulnerability[]): Vulnerability[] {
  const places = new Map<InstalledPackage, Map<AdvisoryId, number>>();
  const kept: Vulnerability[] = [];
  for (const vulnerability of found) {
    let ofPackage = places.get(vulnerability.package);
    if (ofPackage === undefined) places.set(vulnerability.package, (ofPackage = new Map<AdvisoryId, number>()));
    const place = ofPackage.get(vulnerability.id) ?? kept.length;
    ofPackage.set(vulnerability.id, place);
    const twin = kept[place];
    kept[place] = twin === undefined ? vulnerability : uniteTwins(twin, vulnerability);
  }
  return kept;
}

function uniteTwins(a: Vulnerability, b: Vulnerability): Vulnerability {
  const [first, second] = a.fixedVersion === undefined && b.fixedVersion !== undefined ? [b, a] : [a, b];
  const vendorIds = [...new Set([...(first.vendorIds ?? []), ...(second.vendorIds ?? [])])].sort(compareText);
  return {
    ...first,
    aliases: [...new Set([...first.aliases, ...second.aliases])].sort(compareText),
    ...(vendorIds.length > 0 && { vendorIds }),
  };
}

function addForeign(uncovered: MatchResult['uncovered'], foreign: ReadonlyMap<PackageType, number>): MatchResult['uncovered'] {
  const added = [...foreign].map(([type, packages]) => ({ type, packages }));
  return [...uncovered, ...added].sort((a, b) => compareText(a.type, b.type));
}

function inReportOrder(a: Vulnerability, b: Vulnerability): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    compareText(a.id, b.id) ||
    compareText(a.package.name, b.package.name) ||
    compareText(a.package.purl, b.package.purl) ||
    compareText(a.package.files[0] ?? '', b.package.files[0] ?? '')
  );
}
