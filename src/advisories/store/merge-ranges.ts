import { MAX_ADVISORY_RANGE_CHECKS, MAX_ADVISORY_RANGE_PRODUCTS } from '../../foundation/base/limits.ts';
import { isAffected } from '../matching/language-advisory.ts';
import { isEveryVersion, toSubject } from '../matching/language-ranges.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import type { AdvisoryEntry } from './record.ts';

const EVERY_VERSION = '>=0';

/** What an entry says of versions. */
export type Ranges = Pick<AdvisoryEntry, 'vulnerableVersions' | 'patchedVersions' | 'unaffectedVersions'>;

/** Returns whether an entry says something of versions in ranges. */
export function hasRanges({ vulnerableVersions, patchedVersions, unaffectedVersions }: Ranges): boolean {
  return vulnerableVersions !== undefined || patchedVersions !== undefined || unaffectedVersions !== undefined;
}

/**
 * Returns ranges that hold for a version exactly when those of `a` or those of `b` do, undefined where no lists of ranges say that: what clears a version of one must not clear it of the other.
 * They do where both name what is vulnerable, and clear single versions at most: each is still cleared unless the other calls it vulnerable.
 */
export function uniteRanges(scheme: VersionScheme | undefined, a: Ranges, b: Ranges): Ranges | undefined {
  if (keyOfRanges(a) === keyOfRanges(b)) return toRanges(a.vulnerableVersions, a.patchedVersions, a.unaffectedVersions);
  if (isEverything(a) || isEverything(b)) return { vulnerableVersions: [EVERY_VERSION] };
  if (scheme === undefined || !clearsSingleVersions(scheme, [a, b]) || isTooLong([a, b])) return undefined;
  const isOpen = (version: string, other: Ranges): boolean => isAffected(toSubject(scheme, toVersion(version)), other) === false;
  const clearing = (name: 'patchedVersions' | 'unaffectedVersions'): readonly string[] => [
    ...(a[name] ?? []).filter((version) => isOpen(version, b)),
    ...(b[name] ?? []).filter((version) => isOpen(version, a)),
  ];
  const vulnerable = [...(a.vulnerableVersions ?? []), ...(b.vulnerableVersions ?? [])];
  return toRanges(vulnerable, clearing('patchedVersions'), clearing('unaffectedVersions'));
}

/**
 * Returns ranges that come as near to "any of these holds" as lists of ranges can, and never miss a version: for readers that know no entries. Requirements that clear a version must all be met by one
 * that is cleared; where that cannot be written, nothing clears.
 */
export function approximateUnion(scheme: VersionScheme | undefined, all: readonly Ranges[]): Ranges {
  if (all.every(({ vulnerableVersions }) => vulnerableVersions === undefined)) {
    const cleared = all.map(({ patchedVersions = [], unaffectedVersions = [] }) => [...patchedVersions, ...unaffectedVersions]);
    // What npm makes of a bound depends on what stands beside it.
    const together = scheme?.id === 'semver' ? undefined : meetAll(cleared);
    return together === undefined ? { vulnerableVersions: [EVERY_VERSION] } : { patchedVersions: together };
  }
  const vulnerable = all.flatMap(({ vulnerableVersions = [EVERY_VERSION] }) => vulnerableVersions);
  if (scheme === undefined || isTooLong(all) || all.some(namesBuilds)) return toRanges(vulnerable);
  const fixes = all.flatMap(({ patchedVersions = [] }) => patchedVersions).filter((range) => isSingle(scheme, range));
  const isCleared = (version: string): boolean => all.every((ranges) => isAffected(toSubject(scheme, toVersion(version)), ranges) === false);
  return toRanges(vulnerable, fixes.filter(isCleared));
}

/** '>= 1.2' of one and '< 2 or >= 3' of another are met by '>= 1.2, < 2' and '>= 1.2, >= 3'. */
function meetAll(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  const products = lists.reduce((count, list) => count * list.length, 1);
  if (products > MAX_ADVISORY_RANGE_PRODUCTS || lists.some((list) => list.some((range) => /[|[\]()]/.test(range) || range.trim() === '')))
    return undefined;
  const met = lists.reduce<readonly (readonly string[])[]>((known, list) => known.flatMap((parts) => list.map((range) => [...parts, range])), [[]]);
  return sorted(met.map((parts) => sorted(parts).join(', ')));
}

/** Only then can it be asked of each version that is cleared. */
function clearsSingleVersions(scheme: VersionScheme, all: readonly Ranges[]): boolean {
  return all.every((ranges) => {
    const { vulnerableVersions, patchedVersions = [], unaffectedVersions = [] } = ranges;
    if (vulnerableVersions === undefined || namesBuilds(ranges)) return false;
    return [...patchedVersions, ...unaffectedVersions].every((range) => isSingle(scheme, range));
  });
}

/** A build behind a '+' may be the same version to one range and another to the next. */
function namesBuilds({ vulnerableVersions = [], patchedVersions = [], unaffectedVersions = [] }: Ranges): boolean {
  return [vulnerableVersions, patchedVersions, unaffectedVersions].some((list) => list.some((range) => range.includes('+')));
}

/** A version that stands alone, '1.2.3' or '=1.2.3'. With fewer numbers it is a series to npm. */
function isSingle(scheme: VersionScheme, range: string): boolean {
  const version = toVersion(range);
  if (!/^\d[^\s,|<>=!~^*[\]()+]*$/.test(version) || !scheme.isValid(version)) return false;
  return scheme.id !== 'semver' || /^\d+\.\d+\.\d+/.test(version);
}

function toVersion(range: string): string {
  return range.trim().replace(/^={1,2}\s*/, '');
}

/** Whether asking of every version that is cleared whether it lies in every range would take too long. */
function isTooLong(all: readonly Ranges[]): boolean {
  const vulnerable = all.reduce((count, { vulnerableVersions = [] }) => count + vulnerableVersions.length, 0);
  const clearing = all.reduce(
    (count, { patchedVersions = [], unaffectedVersions = [] }) => count + patchedVersions.length + unaffectedVersions.length,
    0,
  );
  return (vulnerable + clearing) * clearing > MAX_ADVISORY_RANGE_CHECKS;
}

/** Whether every version is affected, and none cleared. */
function isEverything({ vulnerableVersions = [], patchedVersions = [], unaffectedVersions = [] }: Ranges): boolean {
  return patchedVersions.length + unaffectedVersions.length === 0 && vulnerableVersions.some(isEveryVersion);
}

/** Returns a text that two entries share whose ranges are the same lists. */
export function keyOfRanges({ vulnerableVersions, patchedVersions, unaffectedVersions }: Ranges): string {
  return JSON.stringify([vulnerableVersions, patchedVersions, unaffectedVersions].map((list) => (list === undefined ? null : sorted(list))));
}

function toRanges(vulnerable: readonly string[] | undefined, patched: readonly string[] = [], unaffected: readonly string[] = []): Ranges {
  if (patched.length + unaffected.length === 0 && vulnerable?.some(isEveryVersion) === true) return { vulnerableVersions: [EVERY_VERSION] };
  return {
    ...(vulnerable !== undefined && { vulnerableVersions: sorted(vulnerable) }),
    ...(patched.length > 0 && { patchedVersions: sorted(patched) }),
    ...(unaffected.length > 0 && { unaffectedVersions: sorted(unaffected) }),
  };
}

function sorted(list: readonly string[]): readonly string[] {
  return [...new Set(list)].sort();
}
