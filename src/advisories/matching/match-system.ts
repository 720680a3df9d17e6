import { compareText } from '../../foundation/base/order.ts';
import type { Distro } from '../../foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import { endOfLifeOf, type EndOfLife } from './end-of-life.ts';
import { families } from './families.generated.ts';
import type { FamilyPlan, LookUp } from './family.ts';
import { judge, type FoundEntry } from './judge-entries.ts';
import { unmatched, type Match } from './match-candidate.ts';
import type { MatchInput } from './match.ts';
import { findEntries } from './system-entries.ts';

export interface SystemMatches {
  readonly matches: readonly Match[];
  readonly problems: readonly Problem[];
  /** Packages that others than the distribution built, by type: its advisories are not about them. */
  readonly foreign: ReadonlyMap<PackageType, number>;
  readonly endOfLife?: EndOfLife;
}

/** Returns what the distribution's own advisories say of its packages; a distribution or a release that nothing is known of is a problem. */
export function matchSystem(packages: readonly InstalledPackage[], { distro, store, now }: MatchInput): SystemMatches {
  const foreign = new Map<PackageType, number>();
  if (distro === undefined) {
    const why = 'the image does not say which distribution it is (no readable etc/os-release)';
    return { matches: [], foreign, problems: packages.length === 0 ? [] : [unmatched('unknown-distro', packages.length, why)] };
  }
  const family = families.find((candidate) => candidate.covers(distro));
  const plan = family?.plan(distro, store, packages);
  if (plan === undefined) return { matches: [], foreign, problems: [notSupported(distro, packages.length, family !== undefined)] };
  const endOfLife = endOfLifeOf(plan.release, now);
  const ended = endOfLife === undefined ? {} : { endOfLife };
  const checked = [
    ...packages.filter(({ type }) => plan.packageTypes.some((known) => known === type)),
    ...(plan.systemPackage === undefined ? [] : [plan.systemPackage]),
  ];
  const problems = otherManagers(packages, plan, distro);
  const known = new Set(plan.buckets.flatMap((bucket) => store.buckets(bucket)));
  if (!plan.buckets.some((bucket) => known.has(bucket))) {
    return { matches: [], foreign, problems: [...problems, notInStore(distro, checked.length, store)], ...ended };
  }
  const unknown = new Map<string, number>();
  const matches: Match[] = [];
  for (const installed of checked) {
    const lookUps = isForeign(installed, plan) ? ({ kind: 'foreign' } as const) : plan.lookUp(installed);
    if (!('kind' in lookUps)) matches.push(...matchPackage(installed, plan, lookUps, store));
    else if (lookUps.kind === 'foreign') foreign.set(installed.type, (foreign.get(installed.type) ?? 0) + 1);
    else unknown.set(lookUps.why, (unknown.get(lookUps.why) ?? 0) + 1);
  }
  for (const [why, count] of [...unknown].sort(([a], [b]) => compareText(a, b))) problems.push(unmatched('no-advisories', count, why));
  if (plan.caveat !== undefined && checked.length > 0) problems.push({ code: 'no-advisories', message: plan.caveat });
  return { matches, foreign, problems, ...ended };
}

function matchPackage(installed: InstalledPackage, plan: FamilyPlan, lookUps: readonly LookUp[], store: AdvisoryStore): Match[] {
  const found = new Map<string, FoundEntry[]>();
  for (const lookUp of lookUps) {
    for (const entry of findEntries(installed, plan, lookUp, store)) {
      const same = found.get(entry.id);
      if (same === undefined) found.set(entry.id, [entry]);
      else same.push(entry);
    }
  }
  return [...found.values()].flatMap((entries) => {
    const [{ lookUp } = { lookUp: undefined }] = entries;
    const scheme = lookUp === undefined ? undefined : schemeOfBucket(lookUp.bucket);
    return scheme === undefined ? [] : (judge(installed, entries, scheme, plan) ?? []);
  });
}

/** Built by others than the distribution: its advisories do not speak of such a package, though one of its own may have the name. */
function isForeign({ vendor, thirdParty }: InstalledPackage, { vendors }: FamilyPlan): boolean {
  if (thirdParty === true) return true;
  return vendor !== undefined && vendors !== undefined && !vendors.some((known) => vendor.startsWith(known));
}

/** Packages of a second package manager, such as apk's in an image of Debian, have no advisories there. */
function otherManagers(packages: readonly InstalledPackage[], plan: FamilyPlan, distro: Distro): Problem[] {
  const others = packages.filter(({ type }) => !plan.packageTypes.some((known) => known === type));
  const types = [...new Set(others.map(({ type }) => type))].sort();
  return types.map((type) => {
    const count = others.filter((installed) => installed.type === type).length;
    return unmatched('no-advisories', count, `the advisories for ${nameOf(distro)} are not about ${type} packages`);
  });
}

function notSupported(distro: Distro, packages: number, isKnown: boolean): Problem {
  const name = nameOf(distro);
  if (isKnown)
    return unmatched('unknown-distro', packages, `the image does not say which release of ${name} it is; name it as VERSION_ID in etc/os-release`);
  return packages === 0
    ? {
        code: 'unknown-distro',
        message: `The system packages of ${name} were not checked for vulnerabilities: neither its package database nor its advisories are read by this version`,
      }
    : unmatched('unknown-distro', packages, `advisories for ${name} are not supported`);
}

function notInStore(distro: Distro, packages: number, store: AdvisoryStore): Problem {
  const advice = store.used.full
    ? 'if it is a new release, update the database with `plimsoll db update`'
    : 'get the full database with `plimsoll db update`';
  return unmatched('no-advisories', packages, `the advisory database (${store.used.source}) holds nothing on ${nameOf(distro)}; ${advice}`);
}

function nameOf(distro: Distro): string {
  return distro.prettyName ?? `${distro.id} ${distro.versionId}`.trim();
}
