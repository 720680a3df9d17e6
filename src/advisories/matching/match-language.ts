import { compareBy, compareText } from '../../foundation/base/order.ts';
import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { bucketRank } from '../store/buckets.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import { findFixedVersion, isAffected } from './language-advisory.ts';
import { aliasesOf, unmatched, type Match } from './match-candidate.ts';
import type { MatchResult } from './match.ts';
import { languagePrefix } from './platform.ts';

/** Returns what every source for a language says of its packages, each vulnerability once. */
export function matchLanguage(packages: readonly InstalledPackage[], store: AdvisoryStore, problems: Problem[]): Match[] {
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
export function countUncovered(packages: readonly InstalledPackage[], store: AdvisoryStore): MatchResult['uncovered'] {
  const counts = new Map<PackageType, number>();
  for (const { type } of packages) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .filter(([type]) => isUncovered(type, store))
    .map(([type, count]) => ({ type, packages: count }))
    .sort((a, b) => compareText(a.type, b.type));
}

function unreadable(installed: InstalledPackage, why: string): Problem {
  const path = installed.files[0];
  return {
    code: 'malformed',
    message: `${installed.type} package ${installed.name} was not checked for every vulnerability: ${why}`,
    ...(path !== undefined && { path }),
  };
}
