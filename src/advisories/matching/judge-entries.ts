import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { AdvisoryEntry } from '../store/record.ts';
import { evaluateRange } from '../versions/range.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import type { FamilyPlan, LookUp } from './family.ts';
import type { Match } from './match-candidate.ts';

/** An entry that speaks of a package, and how it was found. */
export interface FoundEntry {
  readonly id: AdvisoryId;
  readonly recordId: AdvisoryId;
  readonly lookUp: LookUp;
  readonly entry: AdvisoryEntry;
  readonly vendorIds: readonly string[];
  readonly severity?: Severity;
}

/** A version that was never affected, in Alpine's words; Debian's and others' feeds have learnt it. */
const NEVER_AFFECTED = '0';

/**
 * Returns the match that all entries of one vulnerability in one package make together, undefined when the package is not affected:
 * a fix that everybody can install goes first, the highest of several; a package at that version is clean, whatever else is said of it. Then the status, where there is no such
 * fix. A fix that has to be paid for clears a package that has it, and else is told beside.
 */
export function judge(installed: InstalledPackage, entries: readonly FoundEntry[], scheme: VersionScheme, plan: FamilyPlan): Match | undefined {
  const concerned = entries.filter((found) => isInReach(found, scheme, plan));
  if (plan.isFixed !== undefined && concerned.some((found) => isFixed(found, scheme, plan))) return undefined;
  const isFree = (found: FoundEntry): boolean => serviceOf(found, plan) === undefined;
  const freeFixes = highestFixes(concerned.filter(isFree), scheme, plan);
  const freeFix = freeFixes.find((found) => !isFixed(found, scheme, plan));
  if (freeFix !== undefined) return toMatch(installed, freeFix, concerned, freeFix);
  if (freeFixes.length > 0) return undefined;
  const paidFixes = highestFixes(
    concerned.filter((found) => !isFree(found)),
    scheme,
    plan,
  );
  const paid = paidFixes.find((found) => !isFixed(found, scheme, plan)) ?? paidFixes[0];
  if (paid !== undefined && isFixed(paid, scheme, plan)) return undefined;
  const unfixed = concerned.find((found) => isFree(found) && found.entry.fixedVersion === undefined) ?? paid ?? concerned[0];
  return unfixed === undefined
    ? undefined
    : toMatch(installed, unfixed, concerned, undefined, paid === undefined ? undefined : toPaidFix(paid, plan));
}

function toMatch(
  installed: InstalledPackage,
  from: FoundEntry,
  concerned: readonly FoundEntry[],
  fix: FoundEntry | undefined,
  paidFix?: Match['paidFix'],
): Match {
  const { lookUp, entry, id, recordId } = from;
  const fixedVersion = fix?.entry.fixedVersion;
  const severity = from.severity ?? concerned.find((found) => found.severity !== undefined)?.severity;
  const vendorIds = [...new Set(concerned.flatMap((found) => found.vendorIds))].filter((other) => other !== id).sort(compareText);
  return {
    installed,
    bucket: lookUp.bucket,
    id,
    advisory: entry,
    vendorIds,
    recordId,
    packageName: lookUp.packageName,
    version: lookUp.version,
    affected: affectedIn(entry, fixedVersion ?? paidFix?.version),
    status: fixedVersion !== undefined ? 'fixed' : ((entry.fixedVersion === undefined ? entry.status : undefined) ?? 'affected'),
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...(paidFix !== undefined && { paidFix }),
    ...(severity !== undefined && { severity }),
  };
}

function affectedIn(entry: FoundEntry['entry'], fixedVersion: string | undefined): string {
  const ranges = entry.vulnerableVersions ?? [];
  if (ranges.length > 0) return ranges.join(' || ');
  const bounds = [
    ...(entry.affectedVersion === undefined ? [] : [`>= ${entry.affectedVersion}`]),
    ...(fixedVersion === undefined ? [] : [`< ${fixedVersion}`]),
  ];
  return bounds.length === 0 ? 'all versions' : bounds.join(', ');
}

function toPaidFix({ entry, lookUp }: FoundEntry, plan: FamilyPlan): Match['paidFix'] {
  const service = serviceOf({ entry, lookUp }, plan);
  return service === undefined || entry.fixedVersion === undefined ? undefined : { service, version: entry.fixedVersion };
}

/** The service that has to be paid for first; undefined when none has, or when the image has it. */
function serviceOf({ entry, lookUp }: Pick<FoundEntry, 'entry' | 'lookUp'>, { services = [] }: FamilyPlan): string | undefined {
  const service = entry.service ?? lookUp.service;
  if (service === undefined) return undefined;
  // 'esm' alone stands for any of its services: the record does not say which.
  return services.some((own) => own === service || own.startsWith(`${service}-`)) ? undefined : service;
}

/** Whether the version is one of which the entry speaks at all; a range that cannot be read clears nobody. */
function isInReach({ entry, lookUp }: FoundEntry, scheme: VersionScheme, plan: FamilyPlan): boolean {
  const { fixedVersion, affectedVersion, vulnerableVersions = [], unaffectedVersions = [] } = entry;
  if (fixedVersion === NEVER_AFFECTED) return false;
  if (affectedVersion !== undefined && compare(scheme, plan, lookUp, affectedVersion) < 0) return false;
  const isIn = (range: string): boolean | undefined =>
    evaluateRange(scheme, lookUp.version, lookUp.ignoresEpoch === true ? range.replaceAll(/(?<![\w.+~^-])\d+:/g, '') : range);
  if (unaffectedVersions.some((range) => isIn(range) === true)) return false;
  return vulnerableVersions.length === 0 || vulnerableVersions.some((range) => isIn(range) !== false);
}

/** The highest fix of each kind of package, a source's and a binary one's: the versions of the two are not each other's. */
function highestFixes(found: readonly FoundEntry[], scheme: VersionScheme, plan: FamilyPlan): readonly FoundEntry[] {
  return ([undefined, 'binary', 'source'] as const).flatMap(
    (kind) =>
      highest(
        found.filter(({ entry }) => entry.filedUnder === kind),
        scheme,
        plan,
      ) ?? [],
  );
}

function highest(found: readonly FoundEntry[], scheme: VersionScheme, plan: FamilyPlan): FoundEntry | undefined {
  return found
    .filter(({ entry }) => entry.fixedVersion !== undefined)
    .reduce<FoundEntry | undefined>(
      (best, next) =>
        best === undefined || compare(scheme, plan, { version: next.entry.fixedVersion ?? '' }, best.entry.fixedVersion ?? '') > 0 ? next : best,
      undefined,
    );
}

function isFixed({ entry, lookUp }: FoundEntry, scheme: VersionScheme, plan: FamilyPlan): boolean {
  return plan.isFixed?.(entry) ?? (entry.fixedVersion !== undefined && compare(scheme, plan, lookUp, entry.fixedVersion) >= 0);
}

function compare(
  scheme: VersionScheme,
  { toComparable = same }: FamilyPlan,
  { version, ignoresEpoch }: Pick<LookUp, 'version' | 'ignoresEpoch'>,
  other: string,
): number {
  const [a, b] = ignoresEpoch === true ? [withoutEpoch(version), withoutEpoch(other)] : [version, other];
  return scheme.compare(toComparable(a), toComparable(b));
}

function same(version: string): string {
  return version;
}

function withoutEpoch(version: string): string {
  return version.replace(/^\d+:/, '');
}
