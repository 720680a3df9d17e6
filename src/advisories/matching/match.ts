import { compareBy, compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { Distro } from '../../foundation/model/image.ts';
import { isSystemType, type InstalledPackage, type PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { severityRank } from '../../foundation/model/severity.ts';
import { bucketRank, bucketSource } from '../store/buckets.ts';
import type { StoredAdvisory } from '../store/record.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import { isDistroOwned } from './distro-owned.ts';
import { findFixedVersion, isAffected } from './language-advisory.ts';
import { distroBucket, languagePrefix } from './platform.ts';
import { referencesOf } from './references.ts';
import { rate } from './severity.ts';

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

/** What was found of one package in one bucket, before it is described. */
interface Match {
  readonly installed: InstalledPackage;
  readonly bucket: string;
  readonly id: AdvisoryId;
  readonly advisory: StoredAdvisory;
  readonly fixedVersion?: string;
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
    vulnerabilities: matches.flatMap((match) => describe(match, input) ?? []).sort(inReportOrder),
    problems,
    uncovered: countUncovered(language, input.store),
  };
}

/**
 * True for packages that no advisory database covers, and for those that the starter set has nothing on: it says of itself that it is not complete. That the full database lacks a language it should have is a failure instead.
 */
function isUncovered(type: PackageType, store: AdvisoryStore): boolean {
  return languagePrefix(type) === undefined || (!store.used.full && bucketsOf(type, store).length === 0);
}

/** Returns the names of the buckets with advisories for a language's packages, those believed first. */
function bucketsOf(type: PackageType, store: AdvisoryStore): readonly string[] {
  const prefix = languagePrefix(type);
  return prefix === undefined ? [] : [...store.buckets(prefix)].sort(compareBy((a, b) => bucketRank(a) - bucketRank(b), compareText));
}

/** What is not covered is no failure of this scan, and the next one will fare no better: it is told as a fact, not as a problem. */
function countUncovered(packages: readonly InstalledPackage[], store: AdvisoryStore): MatchResult['uncovered'] {
  const counts = new Map<PackageType, number>();
  for (const { type } of packages) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .filter(([type]) => isUncovered(type, store))
    .map(([type, count]) => ({ type, packages: count }))
    .sort((a, b) => compareText(a.type, b.type));
}

const inReportOrder = compareBy<Vulnerability>(
  (a, b) => severityRank(a.severity) - severityRank(b.severity),
  (a, b) => compareText(a.id, b.id),
  (a, b) => compareText(a.package.name, b.package.name),
  (a, b) => compareText(a.package.purl, b.package.purl),
  (a, b) => compareText(a.package.files[0] ?? '', b.package.files[0] ?? ''),
);

function matchSystem(packages: readonly InstalledPackage[], { distro, store }: MatchInput, problems: Problem[]): Match[] {
  if (distro === undefined) {
    if (packages.length > 0)
      problems.push(unmatched('unknown-distro', packages.length, 'the image does not say which distribution it is (no readable etc/os-release)'));
    return [];
  }
  const bucket = distroBucket(distro);
  const scheme = bucket === undefined ? undefined : schemeOfBucket(bucket);
  const name = distro.prettyName ?? `${distro.id} ${distro.versionId}`.trim();
  if (bucket === undefined || scheme === undefined) {
    problems.push(
      packages.length === 0
        ? {
            code: 'unknown-distro',
            message: `The system packages of ${name} were not checked for vulnerabilities: neither its package database nor its advisories are read by this version`,
          }
        : unmatched('unknown-distro', packages.length, `advisories for ${name} are not supported`),
    );
    return [];
  }
  if (!store.buckets(bucket).includes(bucket)) {
    problems.push(unmatched('no-advisories', packages.length, `the advisory database (${store.used.source}) holds nothing on ${name}`));
    return [];
  }
  return packages.flatMap((installed) => matchSystemPackage(installed, bucket, scheme, store));
}

function matchSystemPackage(installed: InstalledPackage, bucket: string, scheme: VersionScheme, store: AdvisoryStore): Match[] {
  const { name, version } = installed.sourcePackage ?? installed;
  return store.advisories(bucket, name).flatMap(({ id, advisory }) => {
    const { fixedVersion, affectedVersion } = advisory;
    // Alpine writes 0 for "was never affected".
    if (fixedVersion === '0') return [];
    if (fixedVersion !== undefined && scheme.compare(version, fixedVersion) >= 0) return [];
    if (affectedVersion !== undefined && scheme.compare(version, affectedVersion) < 0) return [];
    return [{ installed, bucket, id, advisory, ...(fixedVersion !== undefined && { fixedVersion }) }];
  });
}

function matchLanguage(packages: readonly InstalledPackage[], store: AdvisoryStore, problems: Problem[]): Match[] {
  const types = [...new Set(packages.map((installed) => installed.type))].sort();
  return types.flatMap((type) => {
    const ofType = packages.filter((installed) => installed.type === type);
    if (isUncovered(type, store)) return [];
    const buckets = bucketsOf(type, store);
    if (buckets.length === 0) {
      problems.push(unmatched('no-advisories', ofType.length, `the advisory database (${store.used.source}) holds nothing on ${type} packages`));
    }
    return ofType.flatMap((installed) =>
      withoutTwins(
        buckets.flatMap((bucket) => matchLanguagePackage(installed, bucket, store, problems)),
        store,
      ),
    );
  });
}

function matchLanguagePackage(installed: InstalledPackage, bucket: string, store: AdvisoryStore, problems: Problem[]): Match[] {
  const scheme = schemeOfBucket(bucket);
  if (scheme === undefined) return [];
  const found = namesInStore(installed.type, installed.name).flatMap((name) => store.advisories(bucket, name));
  if (found.length > 0 && !scheme.isValid(installed.version)) {
    problems.push(unreadable(installed, `its version ${JSON.stringify(installed.version)} is none`));
    return [];
  }
  return found.flatMap(({ id, advisory }) => {
    const affected = isAffected(scheme, installed.version, advisory);
    if (affected === undefined) problems.push(unreadable(installed, `the range of ${id} cannot be read`));
    if (affected !== true) return [];
    const fixedVersion = findFixedVersion(scheme, installed.version, advisory);
    return [{ installed, bucket, id, advisory, ...(fixedVersion !== undefined && { fixedVersion }) }];
  });
}

/** The names under which a store may keep a package: PyPI's normal form, and trivy-db's, which leaves dots alone. Each once. */
function namesInStore(type: PackageType, name: string): readonly string[] {
  const lower = name.toLowerCase();
  const names = type === 'pypi' ? [lower.replaceAll(/[-_.]+/g, '-'), lower.replaceAll('_', '-')] : [name, lower];
  return [...new Set(names)];
}

/** Two sources tell of one vulnerability under one id, or under ids that are aliases: the source believed first is kept. */
function withoutTwins(matches: readonly Match[], store: AdvisoryStore): Match[] {
  const seen = new Set<string>();
  return matches.filter((match) => {
    const ids = [match.id, ...aliasesOf(match, store)];
    const isTwin = ids.some((id) => seen.has(id));
    for (const id of ids) seen.add(id);
    return !isTwin;
  });
}

/** trivy-db keeps the aliases of a language advisory as its vendor ids. */
function aliasesOf({ id, advisory }: Match, store: AdvisoryStore): readonly AdvisoryId[] {
  const aliases = [...(store.detail(id)?.aliases ?? []), ...(advisory.vendorIds ?? []).map(toAdvisoryId)];
  return [...new Set(aliases)].filter((alias) => alias !== id).sort(compareText);
}

/** Undefined for an advisory that was withdrawn. */
function describe(match: Match, { store, now }: MatchInput): Vulnerability | undefined {
  const { installed, bucket, advisory, fixedVersion } = match;
  const aliases = aliasesOf(match, store);
  const id = match.id.startsWith('CVE-') ? match.id : (aliases.find((alias) => alias.startsWith('CVE-')) ?? match.id);
  // What is known of a CVE (exploited, its score) holds for the advisory that goes by another name; what the advisory says itself goes first.
  const detail = { ...store.detail(id), ...store.detail(match.id) };
  if (detail.withdrawn === true) return undefined;
  const source = bucketSource(bucket);
  const kev = detail.kevAddedAt !== undefined && !(Date.parse(detail.kevAddedAt) > now.getTime());
  return {
    package: installed,
    id,
    aliases: [...new Set([match.id, ...aliases])].filter((alias) => alias !== id),
    ...rate(source.id, advisory, detail),
    ...(fixedVersion !== undefined && { fixedVersion }),
    status: fixedVersion !== undefined ? 'fixed' : (advisory.status ?? 'affected'),
    ...(kev && { kev }),
    ...(detail.epss !== undefined && { epss: detail.epss.probability }),
    references: referencesOf(id, source.id, detail.references),
    ...(detail.title !== undefined && { title: detail.title }),
    ...(detail.description !== undefined && { description: detail.description }),
    category: isSystemType(installed.type) ? 'os-vulnerability' : 'application-vulnerability',
    source: source.name,
  };
}

function unmatched(code: 'unknown-distro' | 'no-advisories', count: number, why: string): Problem {
  const packages = count === 1 ? '1 package was' : `${count} packages were`;
  return { code, message: `${packages} not checked for vulnerabilities: ${why}` };
}

function unreadable(installed: InstalledPackage, why: string): Problem {
  const path = installed.files[0];
  return {
    code: 'malformed',
    message: `${installed.type} package ${installed.name} was not checked for every vulnerability: ${why}`,
    ...(path !== undefined && { path }),
  };
}
